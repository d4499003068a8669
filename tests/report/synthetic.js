// Documents of the report (termwise-report/1) of any size, the same ones for the same seed: what the program would
// write, without the program. Every list that a page reads is there and consistent; the amounts mean nothing.

const START = 19002; // 2022-01-10
const END = 19548;
const COMPONENTS = ['old_charges', 'new_charges', 'fees', 'refunds', 'liability', 'terminal_credit', 'labour', 'disruption', 'gap'];
const SIGNS = [1, 1, 1, -1, 1, -1, 1, 1, 1];
// Above so many the program leaves out what would make the page large.
const EVERYTHING_UP_TO = 20000;

export const HOSTILE = [
    '<script>window.injected = 1</script>',
    '"><img src=x onerror="window.injected = 2">',
    "O'Brien & Söhne \"Licences\" {evil|text} {customer|x}",
    '\u202eevitisoped\u202c שלום עולם \u2067right to left',
    'X'.repeat(500),
    '</script><svg onload=window.injected=3>\u2028<!--<script>',
    'مرحبا بالعالم',
    '{{constructor.constructor("window.injected=4")()}} ${1+1} %s',
];

// As the program writes tables: a column without any value is null.
function written(table) {
    for (const [name, column] of Object.entries(table)) {
        if (Array.isArray(column) && column.every((each) => each === null)) {
            table[name] = null;
        }
    }
    return table;
}

// A small generator of numbers (mulberry32).
function randoms(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
}

export function synthetic({subscriptions: count = 40, perCustomer = 3, hostile = false, risk = true, details = 12, seed = 1} = {}) {
    const random = randoms(seed);
    const whole = (from, to) => from + Math.floor(random() * (to - from + 1));
    const list = (n, f) => Array.from({length: n}, (_, i) => f(i));
    const customerCount = Math.ceil(count / perCustomer);
    const named = (i, otherwise) => (hostile ? HOSTILE[i % HOSTILE.length] : otherwise);
    const id = (i, otherwise) => (hostile ? `${HOSTILE[i % HOSTILE.length]}-${i}` : otherwise);
    const everything = count <= EVERYTHING_UP_TO;

    const offers = list(12, (i) => ({id: id(i, `offer-${i}`), name: named(i + 1, `Office suite ${'ABCDEF'[i % 6]}${i < 6 ? ' (old)' : ''}`), sku: `SKU-${i}`, programme: i < 6 ? 0 : 1, max_seats: i % 4 === 0 ? 300 : null}));
    const customers = {
        id: list(customerCount, (i) => id(i, `customer-${String(i).padStart(6, '0')}`)),
        name: list(customerCount, (i) => named(i, i % 7 === 0 ? '' : `Customer ${i} Ltd`)),
        pending: list(customerCount, (i) => (i % 3 === 0 ? 1 : 0)),
        plan_days: list(customerCount, () => 14),
        subscriptions: list(customerCount, (i) => i * perCustomer),
        blackouts: {customer: [0], from: [START + 40], to: [START + 60]},
    };
    const termEnd = list(count, () => whole(START + 20, START + 330));
    const seats = list(count, () => whole(1, 300));
    const subscriptions = {
        id: list(count, (i) => id(i, `subscription-${String(i).padStart(6, '0')}`)),
        customer: list(count, (i) => Math.floor(i / perCustomer)),
        offer: list(count, () => whole(0, 5)),
        way: list(count, () => whole(0, 2)),
        seats,
        unit_price: list(count, () => whole(500, 5000)),
        term_start: termEnd.map((day) => day - 365),
        term_end: termEnd,
        move_from: null,
        move_by: list(count, (i) => (i % 5 === 0 ? START + 400 : null)),
        parent: list(count, (i) => (i % 9 === 1 ? i - 1 : null)),
        auto_renew: list(count, () => 1),
        must_move: list(count, () => 1),
    };

    const weeks = list(78, (i) => START + 7 * i);
    const teams = [{id: id(3, 'desk'), labour_rate: 7500, per: 'week', buckets: weeks, limit: weeks.map(() => 3600 * Math.max(3, Math.ceil(count / 20)))}];
    const months = {first: '2022-01', count: 19};

    function plan(index, name, kind) {
        const stays = name === 'stay';
        const cancels = name === 'cancel-now';
        const level = [1.4, 1.05, 1.15, 1][index] ?? 1.1;
        const totals = seats.map((n, s) => Math.round(n * subscriptions.unit_price[s] * 12 * level));
        const provision = termEnd.map((day) => (cancels ? START + 7 + (day % 40) : day - 7 - (day % 9)));
        const moves = {
            moves: list(count, () => (stays ? 0 : 1)),
            target: list(count, (s) => (stays ? null : 6 + subscriptions.offer[s])),
            way: list(count, () => (stays ? null : 1)),
            provision_on: stays ? list(count, () => null) : provision,
            reassign_on: list(count, () => null),
            hand_over_on: stays ? list(count, () => null) : provision.map((day) => day + 1),
            cancels: list(count, (s) => (stays ? null : cancels || s % 11 === 0 ? 1 : 0)),
            exit_on: stays ? list(count, () => null) : provision.map((day, s) => (cancels ? day + 1 : termEnd[s])),
            auto_renew_off_on: list(count, (s) => (stays || cancels ? null : provision[s] - 3)),
            new_end: stays ? list(count, () => null) : provision.map((day) => day + 365),
            forfeited: list(count, (s) => (cancels ? seats[s] * 100 : 0)),
            overlap_days: list(count, (s) => (stays ? 0 : seats[s] * 3)),
            gap_days: list(count, () => 0),
        };
        const visits = stays ? 0 : customerCount * 5000;
        const total = totals.reduce((a, b) => a + b, 0) + visits;
        const old = Math.round(total * (stays ? 0.9 : 0.3));
        const credit = Math.round(total * 0.05);
        const components = [old, total - old + credit - visits, 0, 0, 0, credit, visits, 0, 0];
        const finishing = {day: [], done: []};
        if (!stays) {
            const ends = Float64Array.from(moves.exit_on, (day, s) => Math.max(day, moves.hand_over_on[s])).sort();
            ends.forEach((day, i) => {
                if (finishing.day.at(-1) === day) {
                    finishing.done[finishing.done.length - 1] = i + 1;
                } else {
                    finishing.day.push(day);
                    finishing.done.push(i + 1);
                }
            });
        }
        const lean = !everything && index !== 1 && index !== 3;
        return {
            name, kind, digest: String(index).repeat(64), feasible: !stays, total, more_than_best: null, components,
            forfeited: cancels ? 123456 : 0, overlap_days: stays ? 0 : 1000 + index, gap_days: stays ? 77 : 0,
            migrated: stays ? 0 : count, stayed: stays ? count : 0, finished_on: finishing.day.at(-1) ?? null,
            months: list(19, (m) => Math.round((total / 19) * (0.7 + 0.03 * m))),
            violations: stays ? {count, by_rule: [{rule: 'must-move', count}], first: [{rule: 'must-move', at: subscriptions.id[0], message: 'must move, but stays'}]} : {count: 0, by_rule: [], first: []},
            not_placed: {count: 0, first: []},
            loads: [stays ? null : weeks.map((_, w) => Math.round(teams[0].limit[w] * (w < 45 ? 0.2 + 0.9 * random() ** 2 : 0)))],
            peaks: [stays ? null : {team: teams[0].id, bucket: '2022-W11', used: 7000, limit: 7200}],
            finishing, customer_totals: null, subscription_totals: totals, subscription_components: null,
            invite_on: null, moves: lean ? null : written(moves),
        };
    }
    const plans = [plan(0, 'stay', 'strategy'), plan(1, 'wait', 'strategy'), plan(2, 'cancel-now', 'strategy'), plan(3, 'optimal', 'optimal')];
    if (hostile) {
        plans.push({...plan(4, HOSTILE[0], 'file')}, {...plan(5, HOSTILE[4], 'file')});
    }
    const ranking = plans.map((_, i) => i).filter((i) => plans[i].feasible).sort((a, b) => plans[a].total - plans[b].total);
    written(subscriptions);
    const best = ranking[0];
    plans.forEach((each) => {
        each.more_than_best = each.feasible ? each.total - plans[best].total : null;
    });
    const against = ranking[1];

    const move = (s, p) => {
        const {moves} = plans[p];
        return {moves: 1, target: moves.target[s], way: 1, provision_on: moves.provision_on[s], reassign_on: null, hand_over_on: moves.hand_over_on[s], cancels: moves.cancels[s], exit_on: moves.exit_on[s], auto_renew_off_on: moves.auto_renew_off_on[s]};
    };
    const detailOf = (s) => ({
        subscription: s, plan: best, stake: 1000 - s,
        alternatives: [
            {name: 'chosen', exists: true, is_chosen: true, feasible: true, difference: 0, total: 500000, components: list(9, () => 0), move: move(s, best), invite_on: null, violations: []},
            {name: 'stay', exists: true, is_chosen: false, feasible: false, difference: 900000, total: 1400000, components: list(9, () => 0), move: {moves: 0}, invite_on: null, violations: [{rule: 'must-move', at: subscriptions.id[s], message: 'must move, but stays'}]},
            {name: 'wait', exists: true, is_chosen: false, feasible: true, difference: 1234, total: 501234, components: list(9, () => 0), move: move(s, 1), invite_on: null, violations: []},
            {name: 'cancel-now', exists: false, reason: 'the programme does not let it be cancelled'},
        ],
        by_day: written({from: START, difference: list(END - START, (d) => (d % 7 > 4 || d > 350 ? null : Math.abs(START + d - plans[best].moves.provision_on[s]) * 120)), rule: list(END - START, (d) => (d % 7 > 4 ? 1 : d > 350 ? 0 : null))}),
        break_even: {against: 'wait', reason: null, days: [{from: START, to: END - 1, preferred: 'chosen'}],
            values: [{parameter: 'unit_price', offer: 7, way: 1, price_from: null, price_to: null, now: 2000, flips: true, runs: [{from: 0, to: 2229, preferred: 'chosen'}, {from: 2230, to: 20000, preferred: 'other'}]},
                {parameter: 'labour_rate', team: 0, now: 7500, flips: false, runs: [{from: 0, to: 75000, preferred: 'chosen'}]}],
            refund_rules: [{refund: 'prorated', window_from: 233, window_to: null, remaining: null, holds_now: false, difference: 284094, preferred: 'other'}, {refund: 'none', window_from: null, window_to: null, remaining: 'waived', holds_now: false, difference: 5, preferred: 'other'}]},
        takes: [{limit: `${teams[0].id} 2022-W11`, seconds: 3300, worth: 750}],
    });
    const given = Math.min(details, count);

    const decimal = (minor) => (minor / 100).toFixed(2);
    const spread = (total) => ({planned: decimal(total), mean: decimal(total + 5000), half_width: '40.00', deviation: '900.00', p5: decimal(total - 9000), p50: decimal(total), p95: decimal(total + 30000), cvar95: decimal(total + 50000)});
    const simulated = [1, 3];
    const simulation = {
        format: 'termwise-simulation/1', seed: 1, replications: 400,
        plans: simulated.map((p) => ({
            name: plans[p].name, feasible: true, total: spread(plans[p].total),
            probabilities: {gap: {probability: 0.08, low: 0.06, high: 0.11}},
            histogram: {from: decimal(plans[p].total - 10000), width: '20.00', counts: list(40, (i) => [2, 6, 14, 28, 40, 42, 30, 18, 10, 4][Math.floor(i / 4)] / 2 + (i % 2))},
            gap_customers: {count: Math.min(customerCount, 20), first: list(Math.min(customerCount, 20), (i) => ({customer: customers.id[i], probability: {probability: 0.3 / (i + 1), low: 0.2 / (i + 1), high: 0.4 / (i + 1)}}))},
        })),
    };
    const contest = (value, difference) => ({value, totals: [], difference, better: difference.startsWith('-') ? 'wait' : 'cancel-now'});
    const tornado = {
        format: 'termwise-tornado/1', strategies: ['wait', 'cancel-now'], replications: 0, seed: null, base: {totals: [], difference: '-500.00', better: 'wait'},
        inputs: [{pointer: '/strategy/overlap_days', base: '7', low: contest('0', '-900.00'), high: contest('90', '200.00'), swing: '1100.00'},
            {pointer: `/teams/${teams[0].id}/labour_rate`, base: '75.00', low: contest('50', '-550.00'), high: contest('150', '-400.00'), swing: '150.00'}],
    };
    const threshold = {
        format: 'termwise-threshold/1', strategies: ['wait', 'cancel-now'], replications: 0, seed: null, pointer: '/strategy/overlap_days', base: '7', from: '0', to: '120', unit: '1', every_value: false, monotone: true, looked_at: 20,
        changes: [{before: contest('92', '-4.00'), after: contest('93', '1.00')}],
    };
    const sweep = {name: 'results.csv', columns: ['run', '/strategy/overlap_days', 'strategy', 'feasible', 'total'], rows: list(20, (i) => [String(i + 1), String(Math.floor(i / 2) * 7), i % 2 === 0 ? 'wait' : 'cancel-now', 'true', decimal(i % 2 === 0 ? 100000 + i * 500 : 104000)]), row_count: 20};

    return {
        format: 'termwise-report/1',
        made_by: {version: '0.1.0', verb: 'compare', command: ['termwise', 'compare', hostile ? "it's $(bad).json" : 'scenario.json', '--report', 'out.html']},
        scenario: {name: named(0, 'A synthetic portfolio'), digest: 'a'.repeat(64), perspective: 'customer', perspective_given: true, currency: 'USD', digits: 2, horizon: {start: START, end: END}, customers: customerCount, subscriptions: count, seats: seats.reduce((a, b) => a + b, 0), uncertain: true},
        component_names: COMPONENTS, component_signs: SIGNS, months, rules: ['deadline', 'workday'],
        programmes: [{id: id(2, 'open'), renewals_until: START + 300, grace_days: 30, renewal_notice_days: 1, cancellation: {allowed: 'always', refund: 'none', refund_window_days: null, remaining: 'due', fee: 0}}, {id: 'csp', renewals_until: null, grace_days: 0, renewal_notice_days: 1, cancellation: {allowed: 'window', refund: 'prorated', refund_window_days: 7, remaining: 'due', fee: 0}}],
        offers, ways: [['P1M', 'P1M'], ['P1Y', 'P1M'], ['P1Y', 'P1Y']], teams, customers, subscriptions, plans,
        answer: {plan: best, ranking, against, simulated: risk ? simulated : null},
        search: {status: 'within-gap', stopped_by: 'gap', total: plans[3].total, bound: Math.round(plans[3].total * 0.999), floor: Math.round(plans[3].total * 0.9), gap: 0.001, avoidable_gap: 0.01, asked_gap: 0.01, steps: 100, conflicts: []},
        expected: null, longer_horizon: null,
        actions: {plan: best, from: START, to: START + 28, within_7: 4, count: 60, day: [0, 0, 1, 3, 9].map((d) => START + d), kind: ['invite', 'auto_renew_off', 'provision', 'cancel', 'lapse'], customer: [0, 0, 1, 1, 2].map((c) => Math.min(c, customerCount - 1)), subscription: [null, 0, 1, 2, 3].map((s) => (s === null ? null : Math.min(s, count - 1)))},
        agenda: {
            plan: best, days: {start: START, end: START + 28}, count: 30,
            kind: list(25, (i) => ['invite', 'provision', 'auto_renew_off', 'cancel', 'reassign'][i % 5]),
            customer: list(25, (i) => i % customerCount), subscription: list(25, (i) => (i % 5 === 0 ? null : Math.min(i % customerCount * perCustomer, count - 1))),
            on: list(25, (i) => START + i), until: list(25, (i) => START + i + 3),
            by_end: {cost: list(25, (i) => 123456 - 1000 * i), rule: list(25, (i) => (i === 0 ? 'deadline' : null))},
            day_late: {cost: list(25, (i) => 100 * i), rule: list(25, () => null)},
            missed: {cost: list(25, (i) => 5000 - 100 * i), rule: list(25, (i) => (i === 0 ? 'deadline' : null))},
            loss: list(25, (i) => ['rule', 'nothing', 'price', 'refund'][i % 4]), breaks: list(25, (i) => (i % 4 === 0 ? 'workday' : null)),
            routine: {renews: 12, ends: 3, service_ends: 1},
        },
        details: list(given, detailOf),
        detail_limits: {most: details, given, of: count, by: 'stake', why: given < count ? 'limit' : null, everything_up_to: EVERYTHING_UP_TO},
        assumptions: {
            files: [{path: named(1, 'scenario.json'), sha256: 'b'.repeat(64), bytes: 1234}], set: [{pointer: '/strategy/overlap_days', value: '7'}], defaulted: ['holidays', 'budgets'],
            values: {workdays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: [], continuity: 'strict', provision_days: 0, overlap_days: 7, reassign_per_seat: 400, gap_per_seat_day: 5000, plan_days: [{days: 14, customers: customerCount}], budgets: [],
                effort: {invite: {minutes: 10, team: 0}, visit: {minutes: 40, team: 0}, provision: {minutes: 15, team: 0}, auto_renew_off: {minutes: 5, team: 0}, cancel: {minutes: 10, team: 0}, reassign: {seconds_per_seat: 60, seats_per_day: null, team: 0}},
                uncertainty: {acceptance: {lognormal: {median: 7, p90: 21}}, decline: 0.02, plan_quantile: null, work: null, provision_delay: {empirical: [0, 0, 1]}, provision_failure: {probability: 0.01, retry_days: 2}, own: 0}},
            prices: {offer: [0, 6], way: [1, 1], unit_price: [2000, 2300], from: [null, START], to: [START, null]},
            transitions: {from: [0], to: [6], reassigns: [1]},
            warnings: [{rule: 'M1.2', file: 'scenario.json', line: 3, pointer: '/x', message: 'something to look at'}], warning_count: 1,
        },
        results: {simulation: risk ? simulation : null, tornados: risk ? [tornado] : [], thresholds: risk ? [threshold] : [], sweeps: risk ? [sweep] : []},
    };
}
