// At which value of an input another strategy gets better: the difference of the two where it was looked at.
import {figure} from './figure.js';
import {grid, key, tip, tooltip, valueAxis} from './look.js';
import {strategyLabel} from './tornado.js';

// A value on an axis: a number, or a day.
function position(value) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
        return Date.parse(`${value}T00:00:00Z`);
    }
    const number = Number(value);
    return Number.isFinite(number) ? number : null;
}

export function thresholdChart(page, threshold, number) {
    const {text, format} = page;
    const [first, second] = threshold.strategies.map((name) => strategyLabel(name, text));
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(threshold.from);
    const from = position(threshold.from);
    const to = position(threshold.to);
    if (from === null || to === null) {
        return null;
    }
    const show = (value) => (isDay ? format.numericDay(value / 86400000) : format.some(value));
    // Which is better over which stretch: between changes nothing changes.
    const stretches = [];
    let start = from;
    for (const change of threshold.changes) {
        const until = position(change.before.value);
        stretches.push({from: start, to: until, better: change.before.better, difference: change.before.difference});
        start = position(change.after.value);
    }
    const last = threshold.changes.at(-1);
    stretches.push({from: start, to, better: last ? last.after.better : null, difference: last?.after.difference ?? null});
    const colour = (better) => (better === null ? 'var(--neutral)' : better === 'equal' ? 'var(--line-strong)' : `var(--plan-${better})`);
    const better = (name) => (name === null ? text.t('not_told') : name === 'equal' ? text.t('equal') : strategyLabel(name, text));
    const base = threshold.base === null ? null : position(threshold.base);
    const says = threshold.changes.length === 0
        ? text.t('threshold_none', {first, second, from: threshold.from, to: threshold.to})
        : threshold.changes.map((change) => text.t('threshold_change', {before: better(change.before.better), upto: change.before.value, after: better(change.after.better), onward: change.after.value})).join(' ');
    return figure(page, {
        name: `threshold${number > 0 ? `-${number + 1}` : ''}`,
        title: text.t('chart_threshold', {input: page.short(threshold.pointer, 70)}),
        says: `${says} ${text.t('threshold_now', {value: threshold.base ?? '–'})}`,
        height: 110,
        rigid: true,
        key: key([...new Set(stretches.map((each) => each.better))].map((name) => ({label: better(name), colour: colour(name)}))),
        option: () => ({
            grid: grid({left: 24, right: 24, top: 26}),
            tooltip: tooltip('item', (point) => tip(better(stretches[point.dataIndex].better), [{label: text.t('from'), value: show(stretches[point.dataIndex].from)}, {label: text.t('to'), value: show(stretches[point.dataIndex].to)}])),
            xAxis: valueAxis(show, {min: from, max: to, splitLine: {show: false}}),
            yAxis: {type: 'category', data: [''], show: false},
            series: [{
                type: 'custom',
                encode: {x: [1, 2], y: 0},
                data: stretches.map((each) => [0, each.from, each.to]),
                renderItem: (params, api) => {
                    const each = stretches[params.dataIndex];
                    const next = stretches[params.dataIndex + 1];
                    const [x, y] = api.coord([each.from, 0]);
                    const [end] = api.coord([next ? next.from : each.to, 0]);
                    const children = [{type: 'rect', shape: {x, y: y - 12, width: Math.max(2, end - x - (next ? 2 : 0)), height: 24}, style: {fill: colour(each.better)}}];
                    if (base !== null && params.dataIndex === stretches.length - 1) {
                        const [now] = api.coord([base, 0]);
                        children.push({type: 'line', shape: {x1: now, y1: y - 20, x2: now, y2: y + 18}, style: {stroke: 'var(--ink)', lineWidth: 2}},
                            {type: 'text', style: {x: now, y: y - 22, text: text.t('now'), align: 'center', verticalAlign: 'bottom', fill: 'var(--ink)', font: '600 12px sans-serif'}});
                    }
                    return {type: 'group', emphasisDisabled: true, children};
                },
            }],
        }),
        table: () => ({
            columns: [{title: text.t('from')}, {title: text.t('to')}, {title: text.t('better')}, {title: text.t('difference_at_end'), numeric: true}],
            rows: stretches.map((each) => [show(each.from), show(each.to), better(each.better), each.difference === null ? '' : format.signed(format.minor(each.difference))]),
        }),
    });
}
