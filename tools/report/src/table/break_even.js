// Where the answer turns for one subscription, in sentences: from which day, price or rate on the other move is better.
import {offerLabel} from '../data/document.js';
import {name} from '../dom/element.js';

// The nearest runs on either side of a value in which the other move is preferred: {below: last, above: first}.
export function turns(runs, now) {
    const at = runs.findIndex((run) => now >= run.from && now <= run.to);
    if (at < 0 || runs[at].preferred === 'other') {
        return {below: null, above: null, turned: at >= 0};
    }
    const below = runs.slice(0, at).filter((run) => run.preferred === 'other').at(-1) ?? null;
    const above = runs.slice(at + 1).find((run) => run.preferred === 'other') ?? null;
    return {below, above, turned: false};
}

const REFUND_RULES = 3;

export function breakEven(page, detail) {
    const {data, text, format} = page;
    const found = detail.break_even;
    const other = text.code('alternative', found.against);
    if (found.reason) {
        return [text.t('break_even_none')];
    }
    const sentences = [];
    const chosen = detail.alternatives.find((each) => each.name === 'chosen')?.move;
    if (chosen?.moves && found.days.length > 0) {
        const run = found.days.find((each) => chosen.provision_on >= each.from && chosen.provision_on <= each.to && each.preferred === 'chosen');
        if (run) {
            sentences.push(text.t('break_even_days', {from: format.day(run.from), to: format.day(run.to), other}));
        }
    }
    for (const value of found.values.filter((each) => text.has(`parameter_${each.parameter}`))) {
        const share = value.parameter === 'price_rise';
        const show = (amount) => (share ? format.finePercent(amount / 10000) : format.money(amount));
        const what = text.pieces(`parameter_${value.parameter}`, {
            offer: value.offer === undefined ? '' : name(offerLabel(data, value.offer)),
            valid: value.price_from ? text.t('price_from', {day: format.day(value.price_from)}) : value.price_to ? text.t('price_until', {day: format.day(value.price_to - 1)}) : '',
            team: value.team === undefined ? '' : name(data.teams[value.team]?.id ?? ''),
        });
        const {below, above, turned} = turns(value.runs, value.now);
        const key = turned ? 'turned' : below && above ? 'both' : below ? 'below' : above ? 'above' : 'never';
        const least = value.runs.at(0)?.from ?? value.now;
        const most = value.runs.at(-1)?.to ?? value.now;
        sentences.push(text.pieces(`break_even_${key}`, {what, now: show(value.now), below: below && show(below.to), above: above && show(above.from), least: show(least), most: show(most), other}));
    }
    for (const rule of found.refund_rules.filter((each) => each.preferred === 'other' && !each.holds_now).slice(0, REFUND_RULES)) {
        const refund = text.code('refund', rule.remaining ? `${rule.refund}_${rule.remaining}` : rule.refund);
        const [from, to] = [rule.window_from, rule.window_to];
        const days = from === null && to === null ? ''
            : to === null ? text.t('refund_window_from', {n: from, from: format.whole(from)})
                : text.t('refund_window', {n: to, from: format.whole(from ?? 0), to: format.whole(to)});
        sentences.push(text.t('break_even_refund', {refund: refund + days, other, amount: format.money(Math.abs(rule.difference))}));
    }
    return sentences;
}
