// A sweep of one input: the total of each strategy over its values. Sweeps of several stand as tables.
import {dayToTime} from '../text/format.js';
import {figure} from './figure.js';
import {grid, key, tip, timeAxis, tooltip, valueAxis} from './look.js';
import {strategyLabel} from './tornado.js';

const isDay = (value) => /^\d{4}-\d{2}-\d{2}$/.test(value);

export function sweepChart(page, sweep, number) {
    const {text, format} = page;
    const at = Object.fromEntries(sweep.columns.map((column, i) => [column, i]));
    const varied = sweep.columns.filter((column) => column.startsWith('/'));
    const varying = varied.filter((column) => new Set(sweep.rows.map((row) => row[at[column]])).size > 1);
    if (varying.length !== 1 || at.strategy === undefined || at.total === undefined) {
        return null;
    }
    const input = at[varying[0]];
    const days = sweep.rows.every((row) => isDay(row[input]));
    if (!days && !sweep.rows.every((row) => row[input] !== '' && Number.isFinite(Number(row[input])))) {
        return null;
    }
    const place = (row) => (days ? dayToTime(format.isoDay(row[input])) : Number(row[input]));
    const strategies = [...new Set(sweep.rows.map((row) => row[at.strategy]))];
    const amount = at.mean !== undefined && sweep.rows.some((row) => row[at.mean]) ? at.mean : at.total;
    const lines = strategies.map((name) => ({
        name,
        label: strategyLabel(name, text),
        colour: text.has(`plan_${name}`) ? `var(--plan-${name})` : 'var(--plan-file-0)',
        // Only what keeps the rules is an offer.
        points: sweep.rows.filter((row) => row[at.strategy] === name).map((row) => [place(row), row[at.feasible] === 'true' && row[amount] ? format.minor(row[amount]) : null]).sort((a, b) => a[0] - b[0]),
    })).filter((line) => line.points.some((point) => point[1] !== null));
    if (lines.length === 0) {
        return null;
    }
    const show = (value) => (days ? format.numericDay(Math.round(value / 86400000)) : format.some(value));
    return figure(page, {
        name: `sweep${number > 0 ? `-${number + 1}` : ''}`,
        title: text.t('chart_sweep', {input: page.short(varying[0], 70)}),
        says: text.t('chart_sweep_says'),
        height: 260,
        key: key(lines),
        option: () => ({
            grid: grid({top: 16}),
            tooltip: tooltip('axis', (points) => tip(show(points[0].axisValue), points.map((point) => ({label: lines[point.seriesIndex].label, value: point.value[1] === null ? '–' : format.plain(point.value[1]), colour: lines[point.seriesIndex].colour})))),
            xAxis: days ? timeAxis(show) : valueAxis(show, {scale: true, splitLine: {show: false}}),
            yAxis: valueAxis((v) => format.compact(v), {scale: true}),
            series: lines.map((line) => ({type: 'line', data: line.points, symbolSize: 5, showSymbol: line.points.length < 60, emphasis: {disabled: true}, lineStyle: {color: line.colour, width: 2}, itemStyle: {color: line.colour}})),
        }),
        table: () => ({
            columns: [{title: varying[0]}, ...lines.map((line) => ({title: line.label, numeric: true}))],
            rows: lines[0].points.map(([x], i) => [show(x), ...lines.map((line) => (line.points[i]?.[1] == null ? '–' : format.plain(line.points[i][1])))]),
        }),
    });
}
