// The subscriptions as rows of a table: columns, filters and order over a hundred thousand of them. Nothing here
// touches the page.
import {called, offerLabel, wayLabel} from '../data/document.js';

// Text of one row that is searched, in lower case; made once.
function searchable(data) {
    const {customers, subscriptions} = data;
    const byCustomer = customers.id.map((id, c) => `${customers.name?.[c] ?? ''}\n${id}`.toLowerCase());
    const byOffer = data.offers.map((offer) => `${offer.name}\n${offer.id}`.toLowerCase());
    return subscriptions.id.map((id, s) => `${byCustomer[subscriptions.customer?.[s] ?? -1] ?? ''}\n${id.toLowerCase()}\n${byOffer[subscriptions.offer?.[s] ?? -1] ?? ''}`);
}

// Where each of these texts stands in the order of the reader's language.
function ranks(texts, collator) {
    const order = texts.map((_, i) => i).sort((a, b) => collator.compare(texts[a], texts[b]) || a - b);
    const rank = new Uint32Array(texts.length);
    order.forEach((i, position) => {
        rank[i] = position;
    });
    return rank;
}

// value(s) is what rows are sorted by, null last; show(s) what stands in the cell: text, or {name} from the input.
export function columnsOf(page, plan, against) {
    const {data, text, format} = page;
    const {customers, subscriptions} = data;
    const moves = data.plans[plan]?.moves ?? null;
    const totals = data.plans[plan]?.subscription_totals ?? null;
    const others = against === null ? null : data.plans[against].subscription_totals;
    const customer = (s) => subscriptions.customer?.[s] ?? null;
    let customerRanks = null;
    let offerRanks = null;
    const day = (value) => (value === null || value === undefined ? '' : format.numericDay(value));
    const moved = (s) => moves?.moves[s] === 1;

    const columns = [
        subscriptions.customer && {
            key: 'customer',
            title: text.t('customer'),
            value: (s) => (customerRanks ??= ranks(customers.id.map((id, c) => called(customers.name, customers.id, c)), format.collator))[customer(s)],
            show: (s) => ({name: called(customers.name, customers.id, customer(s))}),
            wide: 150,
        },
        {key: 'subscription', title: text.t('subscription'), value: (s) => s, show: (s) => ({name: subscriptions.id[s]}), wide: 145},
        subscriptions.offer && {
            key: 'offer',
            title: text.t('now_on'),
            value: (s) => (offerRanks ??= ranks(data.offers.map((offer) => offer.name || offer.id), format.collator))[subscriptions.offer[s]],
            show: (s) => ({name: `${offerLabel(data, subscriptions.offer[s])}${subscriptions.way ? ` · ${wayLabel(data, subscriptions.way[s])}` : ''}`}),
            wide: 148,
        },
        moves && {key: 'happens', title: text.t('what_happens'), value: (s) => (moved(s) ? 1 + moves.cancels[s] : 0), show: (s) => (moved(s) ? text.t(moves.cancels[s] ? 'cancels' : 'lapses') : text.t('stays')), wide: 160},
        moves && {key: 'provision', title: text.t('provision_on'), value: (s) => moves.provision_on[s], show: (s) => day(moves.provision_on[s]), wide: 108},
        moves && {key: 'exit', title: text.t('old_ends_on'), value: (s) => moves.exit_on[s], show: (s) => day(moves.exit_on[s]), wide: 108},
        totals && {key: 'cost', title: text.t('cost'), numeric: true, value: (s) => totals[s], show: (s) => format.plain(totals[s]), wide: 110},
        totals && others && against !== plan && {
            key: 'saved',
            title: text.t('saved_against', {against: page.labels[against]}),
            numeric: true,
            value: (s) => others[s] - totals[s],
            show: (s) => format.signed(others[s] - totals[s]),
            wide: 125,
        },
        subscriptions.seats && {key: 'seats', title: text.t('seats'), numeric: true, value: (s) => subscriptions.seats[s], show: (s) => format.whole(subscriptions.seats[s]), wide: 75},
        subscriptions.term_end && {key: 'term_end', title: text.t('term_ends'), value: (s) => subscriptions.term_end[s], show: (s) => day(subscriptions.term_end[s]), wide: 108},
    ];
    return columns.filter(Boolean);
}

export class Rows {
    constructor(data) {
        this.data = data;
        this.count = data.subscriptions.id.length;
        this.order = Uint32Array.from({length: this.count}, (_, i) => i);
        this.details = new Map(data.details.map((detail, i) => [detail.subscription, i]));
    }

    // filter: {wanted, happens: 'all' | 'lapses' | 'cancels' | 'stays', explained}
    select(filter, plan, column, descending) {
        const moves = this.data.plans[plan]?.moves ?? null;
        const needle = filter.wanted.trim().toLowerCase();
        this.texts ??= needle === '' ? null : searchable(this.data);
        const kinds = {stays: 0, lapses: 1, cancels: 2};
        const chosen = [];
        for (let s = 0; s < this.count; s += 1) {
            if (needle !== '' && !this.texts[s].includes(needle)) {
                continue;
            }
            if (filter.happens !== 'all' && moves && (moves.moves[s] === 1 ? 1 + moves.cancels[s] : 0) !== kinds[filter.happens]) {
                continue;
            }
            if (filter.explained && !this.details.has(s)) {
                continue;
            }
            chosen.push(s);
        }
        if (column) {
            const values = new Float64Array(this.count);
            for (const s of chosen) {
                values[s] = column.value(s) ?? NaN;
            }
            const sign = descending ? -1 : 1;
            const list = Uint32Array.from(chosen);
            list.sort((a, b) => {
                const [x, y] = [values[a], values[b]];
                if (x !== x || y !== y) {
                    return (x !== x) - (y !== y) || a - b;
                }
                return sign * (x - y) || a - b;
            });
            this.order = list;
        } else {
            this.order = Uint32Array.from(chosen);
        }
        return this.order;
    }
}
