// From one plan's total to another's, component by component.
import {figure} from './figure.js';
import {categoryAxis, grid, label, tip, tooltip, valueAxis} from './look.js';

export function waterfallChart(page, from, to) {
    const {data, text, format, labels} = page;
    const differences = data.component_names
        .map((name, i) => ({label: text.code('component', name), by: data.component_signs[i] * (data.plans[to].components[i] - data.plans[from].components[i])}))
        .filter((step) => step.by !== 0)
        .sort((a, b) => a.by - b.by);

    let sum = data.plans[from].total;
    const steps = [{label: labels[from], at: 0, to: sum, total: true}];
    for (const step of differences) {
        steps.push({label: step.label, at: sum, to: sum + step.by, by: step.by});
        sum += step.by;
    }
    steps.push({label: labels[to], at: 0, to: sum, total: true});

    // The steps are small beside the totals: the axis begins where they can be seen.
    const ends = steps.flatMap((step) => (step.total ? [step.to] : [step.at, step.to]));
    const low = Math.min(...ends);
    const high = Math.max(...ends);
    const room = (high - low || Math.abs(high) || 1) * 0.25;
    const start = low > 0 && low - room > 0 ? low - room : Math.min(0, low);
    const colour = (step) => (step.total ? 'var(--neutral)' : step.by < 0 ? 'var(--saves)' : 'var(--costs)');

    return figure(page, {
        name: 'waterfall',
        title: text.t('chart_waterfall', {from: labels[from], to: labels[to]}),
        says: text.t('chart_waterfall_says') + (start > 0 ? ` ${text.t('axis_not_zero')}` : ''),
        height: 300,
        option: (width) => ({
            grid: grid({top: 28}),
            tooltip: tooltip('item', (point) => {
                const step = steps[point.dataIndex];
                return tip(step.label, [{label: step.total ? text.t('total') : text.t('difference'), value: step.total ? format.plain(step.to) : format.signed(step.by), colour: colour(step)}]);
            }),
            xAxis: categoryAxis(steps.map((step) => step.label), {axisLabel: {interval: 0, width: Math.max(50, (width - 80) / steps.length - 6), overflow: 'break', fontSize: width < 500 ? 10 : 12, lineHeight: width < 500 ? 12 : 15}}),
            yAxis: valueAxis((v) => format.compact(v), {min: start, max: high + room * 0.3, axisLabel: {...label(), formatter: (v) => format.compact(v), showMinLabel: false, showMaxLabel: false}}),
            series: [{
                type: 'custom',
                renderItem: (params, api) => {
                    const step = steps[params.dataIndex];
                    const [x, top] = api.coord([params.dataIndex, Math.max(step.at || start, step.to)]);
                    const [, bottom] = api.coord([params.dataIndex, Math.max(start, Math.min(step.total ? start : step.at, step.to))]);
                    const wide = Math.min(56, api.size([1, 0])[0] * 0.62);
                    const next = api.coord([Math.min(params.dataIndex + 1, steps.length - 1), step.to]);
                    return {
                        type: 'group', emphasisDisabled: true,
                        children: [
                            {type: 'rect', shape: {x: x - wide / 2, y: top, width: wide, height: Math.max(1, bottom - top)}, style: {fill: colour(step)}},
                            {type: 'line', shape: {x1: x + wide / 2, y1: next[1], x2: next[0] - wide / 2, y2: next[1]}, style: {stroke: params.dataIndex < steps.length - 1 ? 'var(--line-strong)' : 'none'}},
                            {type: 'text', style: {x, y: top - 6, text: step.total ? format.compact(step.to) : `${step.by > 0 ? '+' : ''}${format.compact(step.by)}`, align: 'center', verticalAlign: 'bottom', fill: 'var(--ink)', font: '600 12px sans-serif'}},
                        ],
                    };
                },
                data: steps.map((step, i) => [i, step.to]),
            }],
        }),
        table: () => ({
            columns: [{title: text.t('component')}, {title: text.t('difference'), numeric: true}, {title: text.t('total'), numeric: true}],
            rows: steps.map((step) => [step.label, step.total ? '' : format.signed(step.by), format.plain(step.to)]),
        }),
    });
}
