// What provisioning one subscription on another day would cost more than the plan's own day.
import {dayToTime, timeToDay} from '../text/format.js';
import {ruleLabel} from '../text/sentences.js';
import {figure} from './figure.js';
import {grid, tip, timeAxis, tooltip, valueAxis} from './look.js';

const LONGEST_PAUSE = 5;
const AROUND = 7;

export function byDayChart(page, detail) {
    const {data, text, format} = page;
    const {from, difference, rule} = detail.by_day;
    const chosen = detail.alternatives.find((each) => each.name === 'chosen')?.move;
    const known = difference.filter((each) => each !== null).sort((a, b) => a - b);
    if (known.length === 0) {
        return null;
    }
    // Days on which years without service follow would leave nothing to be seen of the others.
    const high = known[Math.floor((known.length - 1) * 0.95)];
    const cut = known.at(-1) > 3 * Math.max(high, 1) ? high * 1.2 : null;
    // Days that are none for a weekend or a holiday do not break the line.
    const points = [];
    let last = -1;
    difference.forEach((each, i) => {
        if (each !== null) {
            if (last >= 0 && i - last > LONGEST_PAUSE) {
                points.push([dayToTime(from + last + 1), null]);
            }
            points.push([dayToTime(from + i), each]);
            last = i;
        }
    });
    const alone = (k) => (points[k - 1]?.[1] ?? null) === null && (points[k + 1]?.[1] ?? null) === null;

    return figure(page, {
        name: 'by-day',
        title: text.t('chart_by_day'),
        says: text.t('chart_by_day_says') + (cut === null ? '' : ` ${text.t('chart_cut')}`),
        height: 240,
        option: (width) => ({
            grid: grid({top: 26}),
            tooltip: tooltip('axis', (over) => {
                const i = timeToDay(over[0].axisValue) - from;
                return tip(format.weekday(from + i), difference[i] === null
                    ? [{label: text.t('no_day'), value: rule[i] === null ? '' : ruleLabel(data.rules[rule[i]], text)}]
                    : [{label: text.t('costs_more'), value: format.signed(difference[i])}]);
            }),
            xAxis: timeAxis((time) => format.shortDay(Math.round(time / 86400000)), {min: points[0][0] - dayToTime(AROUND), max: points.at(-1)[0] + dayToTime(AROUND), splitNumber: Math.max(3, Math.floor(width / 130))}),
            yAxis: valueAxis((v) => format.compact(v), cut === null ? {} : {max: cut}),
            series: [{
                type: 'line',
                data: points,
                // A single day between days that are none is a dot, for it has no line.
                showSymbol: true,
                symbol: (value, point) => (alone(point.dataIndex) ? 'circle' : 'none'),
                symbolSize: 4,
                connectNulls: false,
                emphasis: {disabled: true},
                lineStyle: {color: 'var(--accent)', width: 2},
                itemStyle: {color: 'var(--accent)'},
                areaStyle: {color: 'var(--accent)', opacity: 0.12},
                markLine: chosen?.moves ? {
                    symbol: 'none',
                    silent: true,
                    lineStyle: {color: 'var(--ink)', width: 1.5, type: 'solid'},
                    label: {formatter: text.t('chosen_day'), color: 'var(--ink)', fontSize: 12},
                    data: [{xAxis: dayToTime(chosen.provision_on)}],
                } : undefined,
            }],
        }),
        table: () => ({
            columns: [{title: text.t('day')}, {title: text.t('costs_more'), numeric: true}, {title: text.t('in_the_way')}],
            rows: difference.map((each, i) => [format.day(from + i), each === null ? '' : format.signed(each), rule[i] === null ? '' : ruleLabel(data.rules[rule[i]], text)]),
        }),
    });
}
