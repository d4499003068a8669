// How busy a team is in each of its weeks or days, against what it can do.
import {shownPlan} from '../data/document.js';
import {choice, controls} from '../dom/controls.js';
import {figure} from './figure.js';
import {categoryAxis, grid, key, tip, tooltip, valueAxis} from './look.js';

export function loadChart(page) {
    const {data, text, format, labels} = page;
    const plans = data.plans.map((plan, i) => (plan.loads?.some(Boolean) ? i : -1)).filter((i) => i >= 0);
    if (plans.length === 0 || data.teams.length === 0) {
        return null;
    }
    const busy = data.teams.map((_, t) => t).filter((t) => plans.some((i) => data.plans[i].loads[t]));
    const state = {plan: plans.includes(shownPlan(data)) ? shownPlan(data) : plans[0], team: busy[0]};
    const team = () => data.teams[state.team];
    const used = () => data.plans[state.plan].loads[state.team] ?? team().buckets.map(() => 0);
    // From the first bucket with work to the last, and one on either side.
    const range = () => {
        const loads = used();
        const first = loads.findIndex((seconds) => seconds > 0);
        if (first < 0) {
            return [0, Math.min(loads.length, 12)];
        }
        return [Math.max(0, first - 1), Math.min(loads.length, loads.findLastIndex((seconds) => seconds > 0) + 2)];
    };
    const over = (b) => team().limit !== null && used()[b] > team().limit[b];
    const hours = (seconds) => `${format.hours(seconds)} ${text.t('hours_short')}`;
    const buckets = () => {
        const [from, to] = range();
        return Array.from({length: to - from}, (_, i) => from + i);
    };

    const element = figure(page, {
        name: 'load',
        title: text.t('chart_load'),
        says: text.t('chart_load_says'),
        height: 250,
        controls: (plans.length > 1 || busy.length > 1) && controls(
            busy.length > 1 && choice(text.t('team'), busy.map((t) => ({value: t, label: data.teams[t].id})), state.team, (value) => {
                state.team = Number(value);
                element.update();
            }),
            plans.length > 1 && choice(text.t('plan'), plans.map((i) => ({value: i, label: labels[i]})), state.plan, (value) => {
                state.plan = Number(value);
                element.update();
            })),
        key: key([{label: text.t('work'), colour: 'var(--work)'}, {label: text.t('too_much'), colour: 'var(--gap)'}, {label: text.t('capacity'), colour: 'var(--ink)', shape: 'line'}]),
        option: () => {
            const shown = buckets();
            return {
                grid: grid({top: 16}),
                tooltip: tooltip('axis', (points) => {
                    const b = shown[points[0].dataIndex];
                    return tip(format.weekday(team().buckets[b]), [
                        {label: text.t('work'), value: hours(used()[b]), colour: 'var(--work)'},
                        ...(team().limit === null ? [] : [{label: text.t('capacity'), value: hours(team().limit[b])}]),
                    ], data.teams[state.team].id);
                }, {pointer: 'shadow'}),
                xAxis: categoryAxis(shown.map((b) => format.shortDay(team().buckets[b])), {axisLabel: {hideOverlap: true}}),
                yAxis: valueAxis((v) => `${format.some(v)} ${text.t('hours_short')}`),
                series: [
                    {type: 'bar', barCategoryGap: '20%', emphasis: {disabled: true}, data: shown.map((b) => ({value: used()[b] / 3600, itemStyle: {color: over(b) ? 'var(--gap)' : 'var(--work)'}}))},
                    ...(team().limit === null ? [] : [{type: 'line', step: 'middle', symbol: 'none', emphasis: {disabled: true}, lineStyle: {color: 'var(--ink)', width: 1.5}, data: shown.map((b) => team().limit[b] / 3600)}]),
                ],
            };
        },
        table: () => ({
            columns: [{title: text.t(team().per === 'day' ? 'day' : 'week_from')}, {title: text.t('work_hours'), numeric: true}, {title: text.t('capacity_hours'), numeric: true}],
            rows: buckets().map((b) => [format.day(team().buckets[b]), format.hours(used()[b]), team().limit === null ? text.t('no_limit') : format.hours(team().limit[b])]),
        }),
    });
    return element;
}
