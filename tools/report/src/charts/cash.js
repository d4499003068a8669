// Cash by month, a line a plan.
import {planColour} from '../data/document.js';
import {monthStarts} from '../text/format.js';
import {planKey} from './components.js';
import {figure} from './figure.js';
import {categoryAxis, grid, tip, tooltip, valueAxis} from './look.js';

export function cashChart(page) {
    const {data, text, format, labels} = page;
    const shown = data.plans.map((plan, i) => (plan.months ? i : -1)).filter((i) => i >= 0);
    if (!data.months || shown.length === 0) {
        return null;
    }
    const months = monthStarts(data.months.first, data.months.count).map((day) => format.month(day));
    return figure(page, {
        name: 'cash',
        title: text.t('chart_cash'),
        says: text.t('chart_cash_says'),
        height: 280,
        key: planKey(page, shown),
        option: () => ({
            grid: grid({top: 16}),
            tooltip: tooltip('axis', (points) => tip(months[points[0].dataIndex],
                shown.map((i) => ({label: labels[i], value: format.plain(data.plans[i].months[points[0].dataIndex]), colour: planColour(data, i)})))),
            xAxis: categoryAxis(months, {axisLabel: {hideOverlap: true}}),
            yAxis: valueAxis((v) => format.compact(v)),
            series: shown.map((i) => ({
                type: 'line',
                data: data.plans[i].months,
                symbol: data.months.count > 40 ? 'none' : 'circle',
                symbolSize: 5,
                emphasis: {disabled: true},
                lineStyle: {color: planColour(data, i), width: i === data.answer.plan ? 3 : 1.75, type: data.plans[i].feasible ? 'solid' : 'dashed'},
                itemStyle: {color: planColour(data, i)},
                z: i === data.answer.plan ? 4 : 2,
            })),
        }),
        table: () => ({
            columns: [{title: text.t('month')}, ...shown.map((i) => ({title: labels[i], numeric: true}))],
            rows: months.map((month, m) => [month, ...shown.map((i) => format.plain(data.plans[i].months[m]))]),
        }),
    });
}
