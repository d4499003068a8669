// Which inputs do most to the difference of two strategies: a bar an input, from its low value to its high one.
import {figure} from './figure.js';
import {categoryAxis, grid, key, label, tip, tooltip, valueAxis} from './look.js';

export function strategyLabel(name, text) {
    return text.has(`plan_${name}`) ? text.code('plan', name) : name;
}

export function tornadoChart(page, tornado, number) {
    const {text, format} = page;
    const [first, second] = tornado.strategies.map((name) => strategyLabel(name, text));
    const base = format.minor(tornado.base.difference);
    const inputs = tornado.inputs.filter((input) => input.swing !== null && input.low.difference !== null && input.high.difference !== null && input.swing !== '0').slice(0, 15);
    if (base === null || inputs.length === 0) {
        return null;
    }
    const ends = inputs.map((input) => ({input, low: format.minor(input.low.difference), high: format.minor(input.high.difference)}));
    const all = [base, 0, ...ends.flatMap((each) => [each.low, each.high])];
    const flips = inputs.filter((input) => [input.low.better, input.high.better].some((better) => better !== tornado.base.better));
    const shortPointer = (pointer) => pointer.split('/').filter(Boolean).slice(-3).join(' / ');
    return figure(page, {
        name: `tornado${number > 0 ? `-${number + 1}` : ''}`,
        title: text.t('chart_tornado', {first, second}),
        says: text.t('chart_tornado_says', {base: format.signed(base), first, second}) + ' ' + (flips.length === 0 ? text.t('tornado_no_flip') : text.t('tornado_flips', {inputs: format.list(flips.map((input) => page.short(shortPointer(input.pointer), 40)))})),
        height: 50 + 40 * inputs.length,
        key: key([{label: text.t('at_low_value'), colour: 'var(--low)'}, {label: text.t('at_high_value'), colour: 'var(--high)'}]),
        option: (width) => ({
            grid: grid({left: 4, right: 24, top: 4}),
            tooltip: tooltip('item', (point) => {
                const {input, low, high} = ends[point.dataIndex];
                return tip(input.pointer, [
                    {label: `${text.t('as_it_is')}: ${input.base ?? '–'}`, value: format.signed(base)},
                    {label: input.low.value, value: format.signed(low), colour: 'var(--low)'},
                    {label: input.high.value, value: format.signed(high), colour: 'var(--high)'}]);
            }),
            xAxis: valueAxis((v) => format.compact(v), {min: Math.min(...all), max: Math.max(...all), axisLabel: {...label(), formatter: (v) => format.compact(v), showMinLabel: false, showMaxLabel: false}}),
            yAxis: categoryAxis(ends.map(({input}) => page.short(shortPointer(input.pointer), width < 560 ? 18 : 44)), {inverse: true, axisLine: {show: false}, axisLabel: {width: width * 0.4, overflow: 'break', color: 'var(--ink)'}}),
            series: [{
                type: 'custom',
                encode: {x: [1, 2], y: 0},
                data: ends.map(({low, high}, i) => [i, low, high]),
                renderItem: (params, api) => {
                    const {low, high} = ends[params.dataIndex];
                    const at = (value) => api.coord([value, params.dataIndex]);
                    const [middle, y] = at(base);
                    const bar = (value, fill) => ({type: 'rect', shape: {x: Math.min(middle, at(value)[0]), y: y - 8, width: Math.abs(at(value)[0] - middle), height: 16}, style: {fill}});
                    const [zero] = at(0);
                    return {type: 'group', emphasisDisabled: true, children: [
                        bar(low, 'var(--low)'), bar(high, 'var(--high)'),
                        {type: 'line', shape: {x1: middle, y1: y - 20, x2: middle, y2: y + 20}, style: {stroke: 'var(--ink)', lineWidth: 1.5}},
                        {type: 'line', shape: {x1: zero, y1: y - 20, x2: zero, y2: y + 20}, style: {stroke: 'var(--ink-3)', lineDash: [3, 3]}},
                    ]};
                },
            }],
        }),
        table: () => ({
            columns: [{title: text.t('input')}, {title: text.t('as_it_is'), numeric: true}, {title: text.t('low_value'), numeric: true}, {title: text.t('difference'), numeric: true}, {title: text.t('high_value'), numeric: true}, {title: text.t('difference'), numeric: true}, {title: text.t('swing'), numeric: true}],
            rows: tornado.inputs.map((input) => [input.pointer, input.base ?? '', input.low.value, format.signed(format.minor(input.low.difference) ?? 0), input.high.value, format.signed(format.minor(input.high.difference) ?? 0), input.swing ?? '']),
        }),
    });
}
