// One subscription in a dialog: what happens to it, what each day would cost, the alternatives, and where the answer
// would turn.
import {byDayChart} from '../charts/by_day.js';
import {Charts} from '../charts/figure.js';
import {called, offerLabel, wayLabel} from '../data/document.js';
import {clear, english, h, name} from '../dom/element.js';
import {button} from '../dom/controls.js';
import {simpleTable} from '../dom/simple_table.js';
import {ruleLabel} from '../text/sentences.js';
import {breakEven} from './break_even.js';

export class DetailDialog {
    // step(by): the row before or after the one that is shown, or null.
    constructor(page, rows, {plan, step}) {
        this.page = page;
        this.rows = rows;
        this.plan = plan;
        this.step = step;
        this.content = h('div', {class: 'dialog-content'});
        this.element = h('dialog', {class: 'detail', 'aria-labelledby': 'detail-title', onclose: () => this.closed(), onclick: (event) => event.target === this.element && this.element.close()}, this.content);
        this.charts = null;
    }

    open(s) {
        this.charts?.dispose();
        this.charts = new Charts(this.content);
        clear(this.content).append(...this.build({...this.page, charts: this.charts}, s).filter(Boolean));
        if (!this.element.open) {
            this.element.showModal();
        }
        this.content.scrollTop = 0;
        this.content.querySelector('.close').focus();
    }

    closed() {
        this.charts?.dispose();
        this.charts = null;
        clear(this.content);
        this.onClosed?.();
    }

    build(page, s) {
        const {data, text} = page;
        const {customers, subscriptions} = data;
        const at = this.rows.details.get(s);
        const detail = at === undefined ? null : data.details[at];
        const move = (by) => button(text.t(by < 0 ? 'one_back' : 'one_on'), () => {
            const next = this.step(by);
            if (next !== null) {
                this.open(next);
            }
        });
        return [
            h('header', {class: 'dialog-head'},
                h('div', null,
                    h('p', {class: 'kicker'}, subscriptions.customer && name(called(customers.name, customers.id, subscriptions.customer[s]))),
                    h('h2', {id: 'detail-title'}, name(subscriptions.id[s]))),
                h('div', {class: 'controls'}, move(-1), move(1), button(text.t('close'), () => this.element.close(), {class: 'close'}))),
            this.facts(page, s),
            this.costs(page, s),
            ...(detail ? explained(page, detail) : [h('p', {class: 'note'}, this.why(page))]),
        ];
    }

    facts(page, s) {
        const {data, text, format} = page;
        const {subscriptions} = data;
        const moves = data.plans[this.plan()]?.moves ?? null;
        const moved = moves?.moves[s] === 1;
        const day = (value) => (value === null || value === undefined ? '–' : format.weekday(value));
        const parent = subscriptions.parent?.[s] ?? null;
        const entries = [
            subscriptions.offer && [text.t('now_on'), [name(offerLabel(data, subscriptions.offer[s])), ` · ${wayLabel(data, subscriptions.way[s])}`]],
            subscriptions.seats && [text.t('seats'), `${format.whole(subscriptions.seats[s])} × ${format.money(subscriptions.unit_price[s])}`],
            subscriptions.term_end && [text.t('current_term'), `${format.day(subscriptions.term_start[s])} – ${format.day(subscriptions.term_end[s])}`],
            parent !== null && [text.t('add_on_of'), name(subscriptions.id[parent])],
            (subscriptions.move_by?.[s] ?? null) !== null && [text.t('move_by'), day(subscriptions.move_by[s])],
            moves && [text.t('what_happens'), moved ? text.t(moves.cancels[s] ? 'cancels' : 'lapses') : text.t('stays')],
            moved && [text.t('new_contract'), [name(offerLabel(data, moves.target[s])), ` · ${wayLabel(data, moves.way[s])}`]],
            moved && [text.t('provision_on'), day(moves.provision_on[s])],
            moved && moves.reassign_on[s] !== null && [text.t('reassign_on'), day(moves.reassign_on[s])],
            moved && [text.t('hand_over_on'), day(moves.hand_over_on[s])],
            moved && [text.t('old_ends_on'), day(moves.exit_on[s])],
            moved && moves.auto_renew_off_on[s] !== null && [text.t('auto_renew_off_on'), day(moves.auto_renew_off_on[s])],
            moves && moves.overlap_days[s] > 0 && [text.t('overlap'), text.t('seat_days', {n: moves.overlap_days[s], count: format.whole(moves.overlap_days[s])})],
            moves && moves.forfeited[s] > 0 && [text.t('forfeited'), format.money(moves.forfeited[s])],
        ];
        return h('dl', {class: 'facts'}, entries.filter(Boolean).map(([title, value]) => h('div', null, h('dt', null, title), h('dd', null, value))));
    }

    // What it costs under each plan.
    costs(page, s) {
        const {data, text, format, labels} = page;
        const known = data.plans.map((plan, i) => (plan.subscription_totals ? i : -1)).filter((i) => i >= 0);
        if (known.length === 0) {
            return null;
        }
        return h('section', null, h('h3', null, text.t('cost_by_plan')),
            simpleTable([{title: text.t('plan')}, {title: text.t('cost_in', {currency: format.currency}), numeric: true}],
                known.map((i) => {
                    const total = format.plain(data.plans[i].subscription_totals[s]);
                    return [name(labels[i]), data.plans[i].feasible ? total : `(${total})`];
                }), {caption: text.t('cost_by_plan')}));
    }

    why(page) {
        const {data, text, format} = page;
        const {why, most, given} = data.detail_limits;
        return text.t(`no_details_${why ?? 'limit'}`, {most: format.whole(most), given: format.whole(given)});
    }
}

function explained(page, detail) {
    const {text} = page;
    const sentences = detail.break_even ? breakEven(page, detail) : [];
    return [
        sentences.length > 0 && h('section', {'data-part': 'break-even'}, h('h3', null, text.t('break_even')), h('ul', null, sentences.map((each) => h('li', null, each)))),
        byDayChart(page, detail),
        alternatives(page, detail),
        detail.takes.length > 0 && takes(page, detail.takes),
    ];
}

function alternatives(page, detail) {
    const {data, text, format} = page;
    const when = (move) => {
        if (!move?.moves) {
            return text.t('stays');
        }
        return [name(offerLabel(data, move.target)), ` · ${wayLabel(data, move.way)} · ${format.day(move.provision_on)} · ${text.t(move.cancels ? 'cancelled_on' : 'lapses_on')} ${format.day(move.exit_on)}`];
    };
    const rows = detail.alternatives.map((each) => [
        text.code('alternative', each.name),
        each.exists ? when(each.move) : english(each.reason ?? ''),
        !each.exists ? '' : each.feasible ? format.signed(each.difference) : `(${format.signed(each.difference)})`,
        each.exists && each.violations.length > 0 ? h('ul', {class: 'tight'}, each.violations.slice(0, 3).map((violation) => h('li', null, `${ruleLabel(violation.rule, text)}: `, english(violation.message)))) : '',
    ]);
    return h('section', {'data-part': 'alternatives'}, h('h3', null, text.t('alternatives')),
        simpleTable([{title: text.t('alternative')}, {title: text.t('move')}, {title: text.t('costs_more_in', {currency: format.currency}), numeric: true}, {title: text.t('breaks_rules')}], rows, {caption: text.t('alternatives')}));
}

function takes(page, list) {
    const {text, format} = page;
    return h('section', null, h('h3', null, text.t('takes')),
        simpleTable([{title: text.t('limit')}, {title: text.t('takes_much'), numeric: true}, {title: text.t('worth'), numeric: true}],
            list.map((each) => [name(each.limit), each.seconds === undefined ? format.money(each.cash) : `${format.hours(each.seconds)} ${text.t('hours_short')}`, format.money(each.worth)]), {caption: text.t('takes')}));
}
