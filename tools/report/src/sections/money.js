// Where the money goes.
import {cashChart} from '../charts/cash.js';
import {componentsChart} from '../charts/components.js';
import {planBars} from '../charts/plan_bars.js';
import {waterfallChart} from '../charts/waterfall.js';
import {section, side} from './section.js';

export function money(page) {
    const {data, text, format} = page;
    const {plan, against} = data.answer;
    const any = (what) => data.plans.some((each) => each[what] > 0);
    return section(page, 'money',
        componentsChart(page),
        plan !== null && against !== null && waterfallChart(page, against, plan),
        cashChart(page),
        side(
            any('forfeited') && planBars(page, {name: 'forfeited', title: text.t('chart_forfeited'), says: text.t('chart_forfeited_says'), value: (each) => each.forfeited, show: (n) => format.plain(n)}),
            any('overlap_days') && planBars(page, {name: 'overlap', title: text.t('chart_overlap'), says: text.t('chart_overlap_says'), value: (each) => each.overlap_days, show: (n) => format.whole(n)})));
}
