// The answer first: which plan, what it saves against the others, how sure that is, what to do this week.
import {called, planColour, planDoing, planLabel} from '../data/document.js';
import {english, h, name} from '../dom/element.js';
import {simpleTable} from '../dom/simple_table.js';
import {broken} from '../text/sentences.js';

const CONFLICTS = 10;

export function answer(page) {
    const {data, text} = page;
    const plan = data.answer.plan === null ? null : data.plans[data.answer.plan];
    return h('section', {id: 'answer', class: 'answer', 'aria-labelledby': 'headline'},
        h('p', {class: 'kicker'}, text.t('section_answer')),
        plan ? headline(page, plan) : noAnswer(page),
        plan && figures(page, plan),
        comparison(page),
        plan && h('div', {class: 'side-by-side'}, sure(page, plan), thisWeek(page)));
}

function headline(page, plan) {
    const {data, text, format} = page;
    const total = h('strong', {'data-figure': 'total', 'data-minor': plan.total}, format.money(plan.total));
    const label = name(planLabel(plan, text));
    const against = data.answer.against === null ? null : data.plans[data.answer.against];
    const pieces = !against ? text.pieces('headline_alone', {plan: label, total})
        : against.total === plan.total ? text.pieces('headline_equal', {plan: label, total, against: name(planDoing(against, text))})
            : text.pieces('headline', {plan: label, total, saved: h('strong', {'data-figure': 'saved', 'data-minor': against.total - plan.total}, format.money(against.total - plan.total)), against: name(planDoing(against, text))});
    return h('h2', {id: 'headline', class: 'headline'}, pieces);
}

function noAnswer(page) {
    const {data, text, format} = page;
    const conflicts = data.search?.conflicts ?? [];
    return [
        h('h2', {id: 'headline', class: 'headline'}, text.t('headline_none')),
        h('p', null, text.t(conflicts.length > 0 ? 'none_says' : 'none_says_rules')),
        conflicts.length > 0 && h('ul', {class: 'conflicts'}, conflicts.slice(0, CONFLICTS).map((conflict) => h('li', {'data-part': 'conflict'}, why(page, conflict)))),
        conflicts.length === 0 && data.search && h('p', null, text.t(`search_${data.search.status}`, {share: format.finePercent(data.search.avoidable_gap ?? 0)})),
    ];
}

// What leaves no way: whose it is, the engine's reason, and the rules that meet there.
function why(page, conflict) {
    const who = [conflict.customer, conflict.subscription].filter(Boolean);
    return [
        who.length > 0 && [name(who.join(' · ')), ': '],
        english(conflict.reason),
        conflict.rules.length > 0 && h('ul', {class: 'tight'}, conflict.rules.slice(0, CONFLICTS).map((rule) => h('li', null, english(rule.text)))),
        conflict.remedies?.length > 0 && h('p', {class: 'note'}, page.text.t('remedies'), ' ', english(conflict.remedies.slice(0, 3).map((each) => each.text).join('; '))),
    ];
}

function figures(page, plan) {
    const {text, format} = page;
    const entries = [
        [text.t('forfeited'), format.money(plan.forfeited)],
        [text.t('overlap'), text.t('seat_days', {n: plan.overlap_days, count: format.whole(plan.overlap_days)})],
        [text.t('service_gap'), text.t('seat_days', {n: plan.gap_days, count: format.whole(plan.gap_days)})],
        [text.t('moved'), text.t('n_of_m', {count: format.whole(plan.migrated), of: format.whole(plan.migrated + plan.stayed)})],
        [text.t('finished_on'), plan.finished_on === null ? '–' : format.day(plan.finished_on)],
    ];
    return h('dl', {class: 'figures'}, entries.map(([title, value]) => h('div', null, h('dt', null, title), h('dd', null, value))));
}

// Every plan with its total as a bar, and what the recommended one saves against it.
function comparison(page) {
    const {data, text, format} = page;
    const best = data.answer.plan;
    const largest = Math.max(1, ...data.plans.filter((plan) => plan.feasible).map((plan) => plan.total));
    const rest = data.plans.map((_, i) => i).filter((i) => !data.answer.ranking.includes(i));
    return h('div', {class: 'scrolls', tabindex: 0, role: 'region', 'aria-label': text.t('plans_compared')},
        h('table', {class: 'comparison'},
            h('caption', {class: 'hidden'}, text.t('plans_compared')),
            h('thead', null, h('tr', null,
                h('th', {scope: 'col'}, text.t('plan')),
                h('th', {scope: 'col', class: 'number'}, text.t('total_in', {currency: format.currency})),
                h('th', {scope: 'col', class: 'bar-head'}, h('span', {class: 'hidden'}, text.t('as_bar'))),
                h('th', {scope: 'col'}, best === null ? text.t('rules') : text.t('saves')))),
            h('tbody', null, [...data.answer.ranking, ...rest].map((i) => {
                const plan = data.plans[i];
                const share = plan.feasible ? Math.max(0, plan.total) / largest : 0;
                return h('tr', {class: i === best ? 'best' : null, 'data-plan': plan.name},
                    h('th', {scope: 'row'}, h('div', {class: 'plan-name'}, h('span', {class: 'swatch', 'aria-hidden': 'true', style: {background: planColour(data, i)}}),
                        h('span', null, name(planLabel(plan, text)), i === best && h('span', {class: 'badge'}, text.t('recommended'))))),
                    h('td', {class: 'number'}, plan.feasible ? format.plain(plan.total) : `(${format.plain(plan.total)})`),
                    h('td', {class: 'bar-cell', 'aria-hidden': 'true'}, plan.feasible && h('span', {class: 'bar', style: {'inline-size': `${(100 * share).toFixed(2)}%`, background: planColour(data, i)}})),
                    h('td', null, savings(page, plan, i)));
            }))));
}

function savings(page, plan, i) {
    const {data, text, format} = page;
    if (!plan.feasible) {
        return h('span', {class: 'note'}, broken(plan, page));
    }
    if (i === data.answer.plan) {
        return '–';
    }
    const more = plan.more_than_best;
    const share = plan.total > 0 ? ` (${format.percent(more / plan.total)})` : '';
    return more === 0 ? text.t('the_same') : `${format.money(more)}${share}`;
}

function sure(page, plan) {
    const {data, text, format} = page;
    const {search, answer: found, longer_horizon: longer, expected} = data;
    const points = [];
    if (search && search.bound !== null && search.gap !== null && (plan.kind === 'optimal' || plan.name === 'optimal')) {
        points.push(search.gap <= 0 ? text.t('proven_best')
            : text.t('proven_within', {bound: format.money(search.bound), rest: format.money(search.total - search.bound), gap: format.finePercent(search.gap), avoidable: format.finePercent(search.avoidable_gap)}));
    } else if (!search) {
        points.push(text.t('not_searched'));
    }
    const {simulation} = data.results;
    const at = found.simulated?.indexOf(found.plan) ?? -1;
    if (simulation && at >= 0) {
        const {total, probabilities} = simulation.plans[at];
        const money = (decimal) => format.money(format.minor(decimal));
        points.push(text.t('in_worlds', {worlds: format.whole(simulation.replications), mean: money(total.mean), half: money(total.half_width), p5: money(total.p5), p95: money(total.p95)}));
        if (probabilities?.gap) {
            points.push(text.t('gap_in_worlds', {share: format.percent(probabilities.gap.probability), low: format.percent(probabilities.gap.low), high: format.percent(probabilities.gap.high)}));
        }
        const best = simulation.plans.map((each, i) => [each, i]).filter(([each]) => each.feasible && each.total.mean !== null).sort(([a], [b]) => format.minor(a.total.mean) - format.minor(b.total.mean))[0];
        if (best && best[1] !== at) {
            const index = found.simulated[best[1]];
            points.push(h('span', {class: 'caution'}, text.pieces('other_is_safer', {plan: name(index === null ? best[0].name : planLabel(data.plans[index], text)), less: format.money(format.minor(total.mean) - format.minor(best[0].total.mean))})));
        }
    } else if (data.scenario.uncertain) {
        points.push(text.t('not_simulated'));
    }
    if (expected) {
        points.push(text.t('price_of_safety', {amount: format.money(expected.price_of_safety), mean: format.money(expected.mean)}));
    }
    if (longer?.ranking) {
        points.push(h('span', {class: longer.ranking_changes ? 'caution' : null}, text.t(longer.ranking_changes ? 'longer_changes' : 'longer_same', {day: format.day(longer.end)})));
    }
    return h('div', {class: 'card'}, h('h3', null, text.t('how_sure')), h('ul', null, points.map((each) => h('li', null, each))));
}

function thisWeek(page) {
    const {data, text, format} = page;
    const {actions} = data;
    if (!actions) {
        return null;
    }
    const rows = actions.day.map((_, i) => i).filter((i) => actions.day[i] < actions.from + 7);
    const later = actions.day.map((_, i) => i).filter((i) => actions.day[i] >= actions.from + 7);
    const table = (which) => simpleTable([{title: text.t('day'), whole: true}, {title: text.t('action')}, {title: text.t('customer')}, {title: text.t('subscription')}],
        which.map((i) => [
            format.shortDay(actions.day[i]),
            text.code('action', actions.kind[i]),
            name(called(data.customers?.name, data.customers?.id ?? [], actions.customer[i]) ?? ''),
            actions.subscription[i] === null ? '' : name(data.subscriptions.id[actions.subscription[i]])]), {caption: text.t('this_week')});
    const most = 8;
    return h('div', {class: 'card'},
        h('h3', null, text.t('this_week')),
        h('p', null, text.t('week_says', {n: actions.within_7, count: format.whole(actions.within_7), from: format.day(actions.from), to: format.day(actions.from + 6)})),
        rows.length > 0 && table(rows.slice(0, most)),
        rows.length > most && h('details', null, h('summary', null, text.t('more_actions', {n: rows.length - most, count: format.whole(rows.length - most)})), table(rows.slice(most))),
        later.length > 0 && h('details', null, h('summary', null, text.t('weeks_after', {n: later.length, count: format.whole(later.length)})), table(later.slice(0, 200))));
}

