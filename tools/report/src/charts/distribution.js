// What happens to the totals in an uncertain world: how they spread, and how likely each is not exceeded.
import {planColour} from '../data/document.js';
import {figure} from './figure.js';
import {grid, key, tip, tooltip, valueAxis} from './look.js';

function simulated(page) {
    const {data} = page;
    const {simulation} = data.results;
    return simulation.plans.map((plan, i) => {
        const index = data.answer.simulated?.[i] ?? null;
        return {plan, label: index === null ? plan.name : page.labels[index], colour: index === null ? `var(--plan-file-${i % 5})` : planColour(data, index), best: index === data.answer.plan};
    });
}

function quantities(page, shown) {
    const {text, format} = page;
    const show = (decimal) => (decimal === null ? '' : format.plain(format.minor(decimal)));
    return {
        columns: [{title: text.t('plan')}, ...['as_planned', 'mean', 'half_width', 'p5', 'p50', 'p95', 'cvar95'].map((each) => ({title: text.t(each), numeric: true}))],
        rows: shown.map(({plan, label}) => [label, show(plan.total.planned), show(plan.total.mean), `± ${show(plan.total.half_width)}`, show(plan.total.p5), show(plan.total.p50), show(plan.total.p95), show(plan.total.cvar95)]),
    };
}

export function histogramChart(page) {
    const {data, text, format} = page;
    const shown = simulated(page).filter(({plan}) => plan.histogram);
    if (shown.length === 0) {
        return null;
    }
    const worlds = data.results.simulation.replications;
    const bins = ({plan}) => {
        const from = format.minor(plan.histogram.from);
        const width = format.minor(plan.histogram.width);
        const {counts} = plan.histogram;
        return [[from, 0], ...counts.map((count, i) => [from + i * width, count / worlds]), [from + counts.length * width, 0]];
    };
    return figure(page, {
        name: 'histogram',
        title: text.t('chart_histogram'),
        says: text.t('chart_histogram_says', {worlds: format.whole(worlds)}),
        height: 260,
        key: key(shown),
        option: () => ({
            grid: grid({top: 16}),
            tooltip: tooltip('axis', (points) => tip(text.t('total_from', {amount: format.compact(points[0].axisValue)}),
                points.map((point) => ({label: shown[point.seriesIndex].label, value: format.percent(point.value[1]), colour: shown[point.seriesIndex].colour})), text.t('share_of_worlds'))),
            xAxis: valueAxis((v) => format.compact(v), {scale: true, splitLine: {show: false}, axisLine: {show: true, lineStyle: {color: 'var(--line-strong)'}}}),
            yAxis: valueAxis((v) => format.percent(v)),
            series: shown.map((each) => ({
                type: 'line',
                step: 'end',
                symbol: 'none',
                emphasis: {disabled: true},
                lineStyle: {color: each.colour, width: each.best ? 2.5 : 1.5},
                itemStyle: {color: each.colour},
                areaStyle: {color: each.colour, opacity: 0.16},
                data: bins(each),
            })),
        }),
        table: () => quantities(page, shown),
    });
}

export function likelihoodChart(page) {
    const {data, text, format} = page;
    const shown = simulated(page).filter(({plan}) => plan.histogram);
    if (shown.length === 0) {
        return null;
    }
    const worlds = data.results.simulation.replications;
    const steps = ({plan}) => {
        const from = format.minor(plan.histogram.from);
        const width = format.minor(plan.histogram.width);
        let sum = 0;
        return [[from, 0], ...plan.histogram.counts.map((count, i) => {
            sum += count;
            return [from + (i + 1) * width, sum / worlds];
        })];
    };
    return figure(page, {
        name: 'likelihood',
        title: text.t('chart_likelihood'),
        says: text.t('chart_likelihood_says'),
        height: 260,
        key: key(shown),
        option: () => ({
            grid: grid({top: 16}),
            tooltip: tooltip('axis', (points) => tip(text.t('total_at_most', {amount: format.compact(points[0].axisValue)}),
                points.map((point) => ({label: shown[point.seriesIndex].label, value: format.percent(point.value[1]), colour: shown[point.seriesIndex].colour})))),
            xAxis: valueAxis((v) => format.compact(v), {scale: true, splitLine: {show: false}, axisLine: {show: true, lineStyle: {color: 'var(--line-strong)'}}}),
            yAxis: valueAxis((v) => format.percent(v), {max: 1, interval: 0.25}),
            series: shown.map((each) => ({
                type: 'line',
                symbol: 'none',
                emphasis: {disabled: true},
                lineStyle: {color: each.colour, width: each.best ? 2.5 : 1.5},
                itemStyle: {color: each.colour},
                data: steps(each),
            })),
        }),
        table: () => quantities(page, shown),
    });
}

// How likely a customer is without service for a while, those most likely first.
export function gapsChart(page) {
    const {data, text, format} = page;
    const shown = simulated(page);
    const chosen = shown.find((each) => each.best && each.plan.gap_customers) ?? shown.find((each) => each.plan.gap_customers);
    if (!chosen || chosen.plan.gap_customers.count === 0) {
        return null;
    }
    const {count, first} = chosen.plan.gap_customers;
    const top = first.slice(0, 15);
    const named = (id) => {
        const at = data.customers?.id.indexOf(id) ?? -1;
        return (at >= 0 && data.customers.name?.[at]) || id;
    };
    const interval = ({probability}) => `${format.percent(probability.low)} – ${format.percent(probability.high)}`;
    return figure(page, {
        name: 'gaps',
        title: text.t('chart_gaps'),
        says: text.t('chart_gaps_says', {n: count, count: format.whole(count), shown: format.whole(top.length), plan: chosen.label}),
        height: 40 + 24 * top.length,
        option: (width) => ({
            grid: grid({right: 60, top: 4}),
            tooltip: tooltip('item', (point) => tip(named(top[point.dataIndex].customer), [
                {label: text.t('probability'), value: format.percent(top[point.dataIndex].probability.probability)}, {label: text.t('interval'), value: interval(top[point.dataIndex])}])),
            xAxis: valueAxis((v) => format.percent(v), {min: 0}),
            yAxis: {type: 'category', inverse: true, data: top.map(({customer}) => page.short(named(customer), width < 500 ? 16 : 32)), axisLine: {show: false}, axisTick: {show: false}, axisLabel: {color: 'var(--ink)', fontSize: 12}},
            series: [{type: 'bar', barWidth: 14, emphasis: {disabled: true}, itemStyle: {color: 'var(--gap)'}, data: top.map(({probability}) => probability.probability),
                label: {show: true, position: 'right', color: 'var(--ink)', fontSize: 12, formatter: (point) => format.percent(point.value)}}],
        }),
        table: () => ({
            columns: [{title: text.t('customer')}, {title: text.t('probability'), numeric: true}, {title: text.t('interval'), numeric: true}],
            rows: first.map((each) => [named(each.customer), format.percent(each.probability.probability), interval(each)]),
        }),
    });
}
