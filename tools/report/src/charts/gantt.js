// Who moves when: two bars a subscription, the old contract above and the new one below it, page by page.
import {button, choice, controls, search} from '../dom/controls.js';
import {h} from '../dom/element.js';
import {called, offerLabel, plansWithMoves, shownPlan} from '../data/document.js';
import {dayToTime, shortName} from '../text/format.js';
import {figure} from './figure.js';
import {categoryAxis, grid, key, tip, timeAxis, tooltip} from './look.js';

const ROWS = 16;
const ROW_HEIGHT = 30;
const AXIS = 44;

// Subscriptions in the order of the chart: customers by their first event, so that a page is a stretch of time.
function order(data, plan, wanted) {
    const {customers, subscriptions} = data;
    const {moves} = plan;
    const needle = wanted.trim().toLowerCase();
    const matches = (s) => needle === '' || subscriptions.id[s].toLowerCase().includes(needle) || customers.id[subscriptions.customer[s]].toLowerCase().includes(needle)
        || (customers.name?.[subscriptions.customer[s]] ?? '').toLowerCase().includes(needle);
    const rows = [];
    const first = new Float64Array(customers.id.length).fill(Infinity);
    for (let s = 0; s < subscriptions.id.length; s += 1) {
        if (matches(s)) {
            rows.push(s);
            const customer = subscriptions.customer[s];
            const day = moves.moves[s] ? Math.min(moves.provision_on[s], moves.exit_on[s]) : Infinity;
            first[customer] = Math.min(first[customer], day);
        }
    }
    // One number a subscription, by which they stand in the order: its customer's first day, then where it stands itself
    // (the subscriptions of a customer follow one another).
    const last = 1e7;
    return Float64Array.from(rows, (s) => Math.min(first[subscriptions.customer[s]], last) * 1e7 + s).sort().map((place) => place % 1e7);
}

export function ganttChart(page) {
    const {data, text, format, labels} = page;
    const {customers, subscriptions, scenario} = data;
    const withMoves = plansWithMoves(data);
    if (!subscriptions?.customer || withMoves.length === 0) {
        return null;
    }
    const {start, end} = scenario.horizon;
    const note = h('p', {class: 'note only-paper'});
    const state = {rows: ROWS, plan: withMoves.includes(shownPlan(data)) ? shownPlan(data) : withMoves[0], wanted: '', page: 0};
    // Not before somebody looks.
    let ordered = null;
    const rows = () => (ordered ??= order(data, data.plans[state.plan], state.wanted));
    const count = () => (state.wanted === '' ? subscriptions.id.length : rows().length);
    const firstRow = () => state.page * ROWS;
    const visible = () => Array.from(rows().slice(firstRow(), firstRow() + state.rows));
    const blackouts = new Map();
    (customers.blackouts?.customer ?? []).forEach((customer, i) => {
        blackouts.set(customer, [...(blackouts.get(customer) ?? []), [customers.blackouts.from[i], customers.blackouts.to[i]]]);
    });

    const position = h('span', {class: 'position', 'aria-live': 'polite'});
    const back = button('‹', () => turn(-1), {'aria-label': text.t('page_back')});
    const on = button('›', () => turn(1), {'aria-label': text.t('page_on')});
    function say() {
        const pages = Math.max(1, Math.ceil(count() / ROWS));
        position.textContent = text.t('rows_of', {from: format.whole(count() === 0 ? 0 : firstRow() + 1), to: format.whole(Math.min(count(), firstRow() + state.rows)), of: format.whole(count())});
        note.textContent = count() > state.rows ? position.textContent : '';
        back.disabled = state.page === 0;
        on.disabled = state.page >= pages - 1;
    }
    function turn(by) {
        state.page += by;
        say();
        element.update();
    }
    function change() {
        ordered = null;
        state.page = 0;
        say();
        element.update();
    }

    const clip = (day) => dayToTime(Math.max(start, Math.min(end, day)));
    const customerLabel = (s) => called(customers.name, customers.id, subscriptions.customer[s]);
    function spans(s) {
        const moves = data.plans[state.plan].moves;
        const moved = moves.moves[s] === 1;
        return {
            moved,
            oldEnd: moved ? moves.exit_on[s] : end,
            oldStart: subscriptions.term_start[s],
            newStart: moved ? moves.provision_on[s] : null,
            handOver: moved ? moves.hand_over_on[s] : null,
            cancels: moved && moves.cancels[s] === 1,
        };
    }

    function draw(params, api) {
        const s = visible()[params.dataIndex];
        if (s === undefined) {
            return null;
        }
        const {moved, oldEnd, oldStart, newStart, handOver} = spans(s);
        const x = (day) => api.coord([clip(day), params.dataIndex])[0];
        const y = api.coord([clip(start), params.dataIndex])[1];
        const bar = (from, to, top, height, fill) => ({type: 'rect', shape: {x: x(from), y: y + top, width: Math.max(1, x(to) - x(from)), height}, style: {fill}});
        // All of the row answers to the pointer.
        const children = [bar(start, end, -ROW_HEIGHT / 2, ROW_HEIGHT, 'transparent')];
        for (const [from, to] of blackouts.get(subscriptions.customer[s]) ?? []) {
            if (to > start && from < end) {
                children.push(bar(from, to, -ROW_HEIGHT / 2, ROW_HEIGHT, 'var(--blackout)'));
            }
        }
        children.push(bar(Math.max(start, oldStart), oldEnd, -9, 8, 'var(--old)'));
        if (moved) {
            children.push(bar(newStart, end, 1, 8, 'var(--new)'));
            if (oldEnd > newStart) {
                children.push(bar(newStart, oldEnd, -9, 8, 'var(--overlap)'));
            }
            if (handOver > oldEnd) {
                children.push(bar(oldEnd, handOver, -9, 8, 'var(--gap)'));
            }
            const at = x(handOver);
            children.push({type: 'polygon', shape: {points: [[at, y - 6], [at + 6, y], [at, y + 6], [at - 6, y]]}, style: {fill: 'var(--ink)', stroke: 'var(--paper)', lineWidth: 1.5}});
        }
        const by = subscriptions.move_by?.[s] ?? null;
        if (by !== null && by >= start && by <= end) {
            children.push({type: 'line', shape: {x1: x(by), y1: y - 13, x2: x(by), y2: y + 13}, style: {stroke: 'var(--deadline)', lineWidth: 2}});
        }
        return {type: 'group', emphasisDisabled: true, children};
    }

    function details(s) {
        const {moved, oldEnd, newStart, handOver, cancels} = spans(s);
        const moves = data.plans[state.plan].moves;
        const by = subscriptions.move_by?.[s] ?? null;
        return [
            {label: text.t('old_contract'), value: offerLabel(data, subscriptions.offer[s]), colour: 'var(--old)'},
            {label: text.t('term_ends'), value: format.day(subscriptions.term_end[s])},
            ...(moved ? [
                {label: text.t('new_contract'), value: offerLabel(data, moves.target[s]), colour: 'var(--new)'},
                {label: text.t('provision_on'), value: format.day(newStart)},
                {label: text.t('hand_over_on'), value: format.day(handOver)},
                {label: cancels ? text.t('cancelled_on') : text.t('lapses_on'), value: format.day(oldEnd)},
            ] : [{label: text.t('what_happens'), value: text.t('stays')}]),
            ...(by === null ? [] : [{label: text.t('move_by'), value: format.day(by), colour: 'var(--deadline)'}]),
        ];
    }

    const height = () => AXIS + ROW_HEIGHT * Math.max(1, Math.min(state.rows, count() - firstRow()));
    const element = figure(page, {
        name: 'gantt',
        title: text.t('chart_gantt'),
        says: text.t('chart_gantt_says'),
        height,
        // On paper as many rows as fill the page.
        give: (given) => {
            state.rows = given === null ? ROWS : Math.max(1, Math.floor((given - AXIS) / ROW_HEIGHT));
            say();
            return height();
        },
        note,
        key: key([
            {label: text.t('old_contract'), colour: 'var(--old)'},
            {label: text.t('new_contract'), colour: 'var(--new)'},
            {label: text.t('both_paid'), colour: 'var(--overlap)'},
            {label: text.t('grace_or_gap'), colour: 'var(--gap)'},
            {label: text.t('hand_over'), colour: 'var(--ink)', shape: 'diamond'},
            {label: text.t('blackout'), colour: 'var(--blackout)'},
            {label: text.t('move_by'), colour: 'var(--deadline)', shape: 'tick'},
        ]),
        controls: controls(
            withMoves.length > 1 && choice(text.t('plan'), withMoves.map((i) => ({value: i, label: labels[i]})), state.plan, (value) => {
                state.plan = Number(value);
                change();
            }),
            search(text.t('find_customer'), (value) => {
                state.wanted = value;
                change();
            }),
            h('span', {class: 'pager'}, back, position, on)),
        option: (width) => ({
            grid: grid({top: 4, bottom: 4, left: 4}),
            tooltip: tooltip('item', (point) => {
                const s = visible()[point.dataIndex];
                return tip(`${customerLabel(s)} · ${subscriptions.id[s]}`, details(s));
            }),
            xAxis: timeAxis((time) => format.month(Math.round(time / 86400000)), {min: dayToTime(start), max: dayToTime(end), position: 'bottom', splitNumber: Math.max(3, Math.floor(width / 130))}),
            yAxis: categoryAxis(visible().map((s, i, all) => {
                const fresh = i === 0 || subscriptions.customer[all[i - 1]] !== subscriptions.customer[s];
                return width < 560 ? shortName(subscriptions.id[s], 14) : `${fresh ? `{customer|${plainLabel(customerLabel(s), 22)}}  ` : ''}${plainLabel(subscriptions.id[s], 20)}`;
            }), {inverse: true, axisLine: {show: false}, splitLine: {show: true, lineStyle: {color: 'var(--line)'}}, axisLabel: {fontSize: 12, rich: {customer: {color: 'var(--ink)', fontWeight: 600, fontSize: 12}}}}),
            series: [{type: 'custom', renderItem: draw, encode: {x: 0, y: 1}, data: visible().map((_, i) => [dayToTime(start), i])}],
        }),
        table: () => ({
            columns: [{title: text.t('customer')}, {title: text.t('subscription')}, {title: text.t('provision_on')}, {title: text.t('hand_over_on')}, {title: text.t('old_ends_on')}, {title: text.t('what_happens')}],
            rows: visible().map((s) => {
                const {moved, oldEnd, newStart, handOver, cancels} = spans(s);
                return [customerLabel(s), subscriptions.id[s], moved ? format.day(newStart) : '', moved ? format.day(handOver) : '', moved ? format.day(oldEnd) : '', moved ? text.t(cancels ? 'cancels' : 'lapses') : text.t('stays')];
            }),
        }),
    });
    say();
    return element;
}

// A name inside a label with styles: it may not open one of its own.
const plainLabel = (name, most) => shortName(name.replace(/[{}|]/g, ' '), most);
