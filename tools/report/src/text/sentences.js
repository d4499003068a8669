// Sentences about money between plans that several parts of the page say in the same way.
import {planLabel} from '../data/document.js';

// A total; of a plan that breaks rules in brackets, for it is no offer.
export function plainTotalOf(plan, format) {
    return plan.feasible ? format.plain(plan.total) : `(${format.plain(plan.total)})`;
}

// How many rules of which kinds a plan breaks.
export function broken(plan, {text, format}) {
    const kinds = plan.violations.by_rule.map(({rule, count}) => `${ruleLabel(rule, text)} (${format.whole(count)})`);
    return text.t('breaks', {n: plan.violations.count, count: format.whole(plan.violations.count), rules: kinds.join(', ')});
}

export function ruleLabel(rule, text) {
    return text.code('rule', rule);
}

export function labels(data, text) {
    return data.plans.map((plan) => planLabel(plan, text));
}
