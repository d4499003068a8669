// What each plan's total is made of: a bar a plan, a colour a component. What comes off stands left of zero.
import {planColour} from '../data/document.js';
import {plainTotalOf} from '../text/sentences.js';
import {shortName} from '../text/format.js';
import {figure} from './figure.js';
import {categoryAxis, grid, key, label, tip, tooltip, valueAxis} from './look.js';

export function componentsChart(page) {
    const {data, text, format, labels} = page;
    const used = data.component_names.map((_, i) => i).filter((i) => data.plans.some((plan) => plan.components[i] !== 0));
    const title = (i) => text.code('component', data.component_names[i]);
    const colour = (i) => `var(--component-${data.component_names[i]})`;
    const value = (plan, i) => data.component_signs[i] * plan.components[i];

    // One absurd plan (years without service) would leave nothing to be seen of the others: its bars end at the edge.
    const totals = data.plans.filter((plan) => plan.feasible).map((plan) => plan.total);
    const positive = (plan) => used.reduce((sum, i) => sum + Math.max(0, value(plan, i)), 0);
    const largest = Math.max(...data.plans.map(positive));
    const usual = Math.max(0, ...data.plans.filter((plan) => plan.feasible).map(positive));
    const cut = totals.length > 0 && largest > 4 * usual ? 1.15 * usual : null;

    return figure(page, {
        name: 'components',
        title: text.t('chart_components'),
        says: text.t('chart_components_says') + (cut === null ? '' : ` ${text.t('chart_cut')}`),
        height: 60 + 52 * data.plans.length,
        key: key(used.map((i) => ({label: title(i), colour: colour(i)}))),
        option: (width) => ({
            grid: grid({right: 24, top: 4}),
            tooltip: tooltip('axis', (points) => {
                const plan = data.plans[points[0].dataIndex];
                return tip(labels[points[0].dataIndex],
                    [...used.map((i) => ({label: title(i), value: format.plain(value(plan, i)), colour: colour(i)})),
                        {label: text.t('total'), value: plainTotalOf(plan, format)}]);
            }, {pointer: 'shadow'}),
            xAxis: valueAxis((v) => format.compact(v), cut === null ? {} : {max: cut, axisLabel: label({formatter: (v) => format.compact(v), hideOverlap: true, showMaxLabel: false})}),
            yAxis: categoryAxis(labels.map((each, i) => `{plan|${shortName(each.replace(/[{}|]/g, ' '), width < 500 ? 14 : 30)}}\n{total|${plainTotalOf(data.plans[i], format)}}`), {inverse: true, axisLabel: {rich: {plan: label({color: 'var(--ink)', fontSize: 13, lineHeight: 18}), total: label({lineHeight: 16})}}}),
            series: used.map((i) => ({
                type: 'bar',
                stack: 'total',
                barWidth: 26,
                emphasis: {disabled: true},
                itemStyle: {color: colour(i), borderColor: 'var(--paper)', borderWidth: 1},
                data: data.plans.map((plan) => value(plan, i)),
            })),
        }),
        table: () => ({
            columns: [{title: text.t('component')}, ...labels.map((each) => ({title: each, numeric: true}))],
            rows: [...used.map((i) => [title(i), ...data.plans.map((plan) => format.plain(value(plan, i)))]),
                [text.t('total'), ...data.plans.map((plan) => plainTotalOf(plan, format))]],
        }),
    });
}

// The colour of a plan in keys of charts that show several.
export const planKey = (page, indices) => key(indices.map((i) => ({label: page.labels[i], colour: planColour(page.data, i)})));
