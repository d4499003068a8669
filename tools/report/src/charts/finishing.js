// How many subscriptions are done by when, a line a plan.
import {planColour} from '../data/document.js';
import {dayToTime} from '../text/format.js';
import {planKey} from './components.js';
import {figure} from './figure.js';
import {grid, timeAxis, tip, tooltip, valueAxis} from './look.js';

// How many are done on a day: the steps are few, the days are many.
function doneBy(curve, day) {
    let low = 0;
    let high = curve.day.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (curve.day[middle] <= day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low === 0 ? 0 : curve.done[low - 1];
}

export function finishingChart(page) {
    const {data, text, format, labels} = page;
    const {start, end} = data.scenario.horizon;
    const shown = data.plans.map((plan, i) => (plan.finishing?.day.length > 0 ? i : -1)).filter((i) => i >= 0);
    if (shown.length === 0) {
        return null;
    }
    const points = (plan) => [[dayToTime(start), 0], ...plan.finishing.day.map((day, i) => [dayToTime(day), plan.finishing.done[i]]), [dayToTime(end), plan.migrated]];
    const last = Math.max(...shown.map((i) => data.plans[i].finished_on ?? start));
    const months = Array.from({length: 24}, (_, i) => Math.round(start + ((last - start) * (i + 1)) / 24));
    return figure(page, {
        name: 'finishing',
        title: text.t('chart_finishing'),
        says: text.t('chart_finishing_says'),
        height: 250,
        key: planKey(page, shown),
        option: (width) => ({
            grid: grid({top: 16}),
            tooltip: tooltip('axis', (over) => {
                const day = Math.floor(over[0].axisValue / 86400000);
                return tip(format.day(day), shown.map((i) => ({label: labels[i], value: format.whole(doneBy(data.plans[i].finishing, day)), colour: planColour(data, i)})));
            }),
            xAxis: timeAxis((time) => format.month(Math.round(time / 86400000)), {min: dayToTime(start), max: dayToTime(end), splitLine: {show: false}, splitNumber: Math.max(3, Math.floor(width / 130))}),
            yAxis: valueAxis((v) => format.whole(v), {minInterval: 1}),
            series: shown.map((i) => ({
                type: 'line',
                step: 'end',
                symbol: 'none',
                emphasis: {disabled: true},
                lineStyle: {color: planColour(data, i), width: i === data.answer.plan ? 3 : 1.75},
                itemStyle: {color: planColour(data, i)},
                z: i === data.answer.plan ? 4 : 2,
                data: points(data.plans[i]),
            })),
        }),
        table: () => ({
            columns: [{title: text.t('day')}, ...shown.map((i) => ({title: labels[i], numeric: true}))],
            rows: [...new Set(months)].map((day) => [format.day(day), ...shown.map((i) => format.whole(doneBy(data.plans[i].finishing, day)))]),
        }),
    });
}
