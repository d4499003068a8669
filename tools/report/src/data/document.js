// The document behind the page (termwise-report/1), and the few questions everybody asks of it.

const STRATEGIES = new Set(['stay', 'wait', 'cancel-now', 'optimal', 'expected']);
const FILE_COLOURS = 5;

export function readDocument() {
    const text = document.getElementById('data').textContent;
    const data = JSON.parse(text);
    if (data.format !== 'termwise-report/1') {
        throw new Error(`these are no data of a report: ${data.format}`);
    }
    return complete(data);
}

// A column without any value is not written. Where the table is known, it is put back, so that nobody has to ask.
export function complete(data) {
    const nothing = [];
    const fill = (table, count) => {
        while (nothing.length < count) {
            nothing.push(null);
        }
        for (const [name, column] of Object.entries(table)) {
            table[name] = column ?? nothing;
        }
    };
    const count = data.subscriptions?.id.length ?? 0;
    if (data.subscriptions?.customer) {
        fill(data.subscriptions, count);
    }
    data.plans.forEach((plan) => plan.moves && fill(plan.moves, count));
    if (data.actions) {
        ['customer', 'subscription'].forEach((name) => {
            data.actions[name] ??= data.actions.day.map(() => null);
        });
    }
    data.agenda ??= null; // of a version that had none
    for (const {by_day: days} of data.details) {
        const length = (days.difference ?? days.rule ?? []).length;
        days.difference ??= Array(length).fill(null);
        days.rule ??= Array(length).fill(null);
    }
    return data;
}

// What something is called: its name where it has one, else its id.
export const called = (names, ids, index) => (names && names[index]) || ids[index];

export function planLabel(plan, text) {
    return plan.kind === 'file' || !STRATEGIES.has(plan.name) ? plan.name : text.code('plan', plan.name);
}

// In the middle of a sentence: "less than waiting".
export function planDoing(plan, text) {
    return plan.kind === 'file' || !STRATEGIES.has(plan.name) ? plan.name : text.code('doing', plan.name);
}

// The same colour for the same plan in every chart.
export function planColour(data, index) {
    const plan = data.plans[index];
    if (plan.kind !== 'file' && STRATEGIES.has(plan.name)) {
        return `var(--plan-${plan.name})`;
    }
    const files = data.plans.slice(0, index).filter((p) => p.kind === 'file' || !STRATEGIES.has(p.name)).length;
    return `var(--plan-file-${files % FILE_COLOURS})`;
}

// The plan that tables and charts of one plan begin with: the recommended one, else the one that breaks least.
export function shownPlan(data) {
    if (data.answer.plan !== null) {
        return data.answer.plan;
    }
    let best = 0;
    data.plans.forEach((plan, i) => {
        if (plan.violations.count < data.plans[best].violations.count) {
            best = i;
        }
    });
    return best;
}

// Plans whose moves are known for each subscription.
export const plansWithMoves = (data) => data.plans.map((plan, i) => (plan.moves ? i : -1)).filter((i) => i >= 0);

export const wayLabel = (data, way) => (way === null || way === undefined ? '' : data.ways[way].join(' / '));
export const offerLabel = (data, offer) => (offer === null || offer === undefined ? '' : data.offers[offer].name || data.offers[offer].id);
