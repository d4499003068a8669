// One quantity of each plan, as bars with the number at their end.
import {planColour} from '../data/document.js';
import {shortName} from '../text/format.js';
import {figure} from './figure.js';
import {categoryAxis, grid, label, valueAxis} from './look.js';

export function planBars(page, {name, title, says, value, show}) {
    const {data, text, labels} = page;
    const values = data.plans.map(value);
    return figure(page, {
        name,
        title,
        says,
        height: 24 + 36 * data.plans.length,
        option: (width) => ({
            grid: grid({right: 84, top: 4}),
            xAxis: valueAxis(show, {show: false, min: 0, max: Math.max(1, ...values)}),
            yAxis: categoryAxis(labels.map((each) => shortName(each, width < 400 ? 19 : 24)), {inverse: true, axisLine: {show: false}, axisLabel: {color: 'var(--ink)'}}),
            series: [{
                type: 'bar',
                barWidth: 16,
                emphasis: {disabled: true},
                data: values.map((each, i) => ({value: each, itemStyle: {color: planColour(data, i)}})),
                label: label({show: true, position: 'right', color: 'var(--ink)', formatter: (point) => show(point.value)}),
            }],
        }),
        table: () => ({
            columns: [{title: text.t('plan')}, {title, numeric: true}],
            rows: values.map((each, i) => [labels[i], show(each)]),
        }),
    });
}
