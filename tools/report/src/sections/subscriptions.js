// Each subscription: sums first, then the table of all of them.
import {choice, controls, search} from '../dom/controls.js';
import {offerLabel, plansWithMoves, shownPlan} from '../data/document.js';
import {h, name} from '../dom/element.js';
import {simpleTable} from '../dom/simple_table.js';
import {DetailDialog} from '../table/detail.js';
import {columnsOf, Rows} from '../table/rows.js';
import {VirtualTable} from '../table/virtual.js';
import {section} from './section.js';

const GROUPS = 12;

export function subscriptions(page) {
    const {data} = page;
    if (!data.subscriptions || data.subscriptions.id.length === 0) {
        return null;
    }
    return section(page, 'subscriptions', sums(page), all(page));
}

// From which offer to which, and what that comes to: a line a kind of move, the dearest first.
function sums(page) {
    const {data, text, format, labels} = page;
    const known = plansWithMoves(data);
    const plan = known.includes(shownPlan(data)) ? shownPlan(data) : known[0];
    const totals = data.plans[plan]?.subscription_totals;
    if (plan === undefined || !data.subscriptions.offer || !totals) {
        return null;
    }
    const {moves} = data.plans[plan];
    const groups = new Map();
    for (let s = 0; s < data.subscriptions.id.length; s += 1) {
        const moved = moves.moves[s] === 1;
        const key = data.subscriptions.offer[s] * 100000 + (moved ? moves.target[s] + 1 : 0);
        let group = groups.get(key);
        if (!group) {
            group = {offer: data.subscriptions.offer[s], target: moved ? moves.target[s] : null, count: 0, seats: 0, total: 0};
            groups.set(key, group);
        }
        group.count += 1;
        group.seats += data.subscriptions.seats[s];
        group.total += totals[s];
    }
    const sorted = [...groups.values()].sort((a, b) => b.total - a.total);
    const columns = [{title: text.t('now_on')}, {title: text.t('goes_to')}, {title: text.t('subscriptions'), numeric: true}, {title: text.t('seats'), numeric: true}, {title: text.t('cost_in', {currency: format.currency}), numeric: true}];
    const rows = sorted.map((group) => [name(offerLabel(data, group.offer)), group.target === null ? text.t('stays') : name(offerLabel(data, group.target)), format.whole(group.count), format.whole(group.seats), format.plain(group.total)]);
    return h('div', {class: 'sums'},
        h('h3', null, text.pieces('sums_title', {plan: name(labels[plan])})),
        simpleTable(columns, rows.slice(0, GROUPS), {caption: text.t('sums_caption')}),
        rows.length > GROUPS && h('details', null, h('summary', null, text.t('more_kinds', {n: rows.length - GROUPS, count: format.whole(rows.length - GROUPS)})), simpleTable(columns, rows.slice(GROUPS), {caption: text.t('sums_caption')})));
}

function all(page) {
    const {data, text, format, labels} = page;
    const rows = new Rows(data);
    const plans = data.plans.map((plan, i) => (plan.moves || plan.subscription_totals ? i : -1)).filter((i) => i >= 0);
    const state = {plan: plans.includes(shownPlan(data)) ? shownPlan(data) : plans[0] ?? 0, sorted: null, descending: false, wanted: '', happens: 'all', explained: false};
    let columns = [];
    const count = h('p', {class: 'note', role: 'status', 'data-figure': 'row-count'});

    const table = new VirtualTable({
        label: text.t('all_subscriptions'),
        onSort: (key) => {
            // Numbers begin with the largest; a second time turns the order over.
            const numeric = columns.find((column) => column.key === key).numeric ?? false;
            state.descending = state.sorted === key ? !state.descending : numeric;
            state.sorted = key;
            refresh();
            table.head.querySelector(`[data-sort="${key}"]`)?.focus();
        },
        onOpen: (s) => dialog.open(s),
    });
    const dialog = new DetailDialog(page, rows, {
        plan: () => state.plan,
        step: (by) => {
            const next = table.active + by;
            if (next < 0 || next >= table.rows.length) {
                return null;
            }
            table.goTo(next);
            return table.rows[next];
        },
    });
    dialog.onClosed = () => table.focus();

    function refresh() {
        const against = data.answer.plan !== state.plan && data.answer.plan !== null ? data.answer.plan : data.answer.against;
        columns = columnsOf(page, state.plan, against);
        if (!columns.some((column) => column.key === state.sorted)) {
            state.sorted = null;
        }
        table.setColumns(columns, state.sorted, state.descending);
        table.setRows(rows.select(state, state.plan, columns.find((column) => column.key === state.sorted), state.descending));
        count.textContent = text.t('shown_of', {count: format.whole(table.rows.length), of: format.whole(rows.count)}) + (rows.details.size > 0 ? ` ${text.t('row_opens')}` : '');
    }
    page.onPaper.push((paper) => table.onPaper(paper));

    const set = (field) => (value) => {
        state[field] = value;
        refresh();
    };
    const box = h('input', {type: 'checkbox', id: 'explained-only', onchange: (event) => set('explained')(event.target.checked)});
    const moves = data.plans[state.plan]?.moves;
    const element = h('div', {class: 'all-rows', 'data-table': 'subscriptions'},
        h('h3', null, text.t('all_subscriptions')),
        controls(
            search(text.t('find_subscription'), set('wanted')),
            plans.length > 1 && choice(text.t('plan'), plans.map((i) => ({value: i, label: labels[i]})), state.plan, (value) => set('plan')(Number(value))),
            moves && choice(text.t('what_happens'), ['all', 'lapses', 'cancels', 'stays'].map((value) => ({value, label: text.t(value)})), 'all', set('happens')),
            data.details.length > 0 && data.details.length < rows.count && h('span', {class: 'control'}, h('label', {for: 'explained-only', class: 'check'}, box, text.t('explained_only')))),
        count,
        table.element,
        rows.count > table.onPaperAtMost && h('p', {class: 'note only-paper'}, text.t('paper_rows')),
        dialog.element);
    refresh();
    return element;
}
