// What falls due in the first weeks: dearest first, with what being late costs and until when it can wait.
import {called} from '../data/document.js';
import {h, name} from '../dom/element.js';
import {simpleTable} from '../dom/simple_table.js';
import {ruleLabel} from '../text/sentences.js';
import {section} from './section.js';

const FIRST = 20;

export function agenda(page) {
    const {data, text, format} = page;
    const due = data.agenda;
    if (!due) {
        return null;
    }
    const to = due.days.end - 1;
    const count = due.kind.length;
    const {routine} = due;
    const anyBreaks = [due.by_end, due.day_late, due.missed].some((which) => which.rule.some((rule) => rule !== null));
    return section(page, 'agenda',
        h('p', null, text.t('agenda_due', {n: due.count, count: format.whole(due.count), from: format.day(due.days.start), to: format.day(to)})),
        count > 0 && table(page, range(0, Math.min(count, FIRST)), to),
        count > 0 && h('p', {class: 'note'}, text.t('agenda_costs'), anyBreaks && [' ', text.t('agenda_brackets')]),
        count > FIRST && h('details', null,
            h('summary', null, text.t('more_actions', {n: count - FIRST, count: format.whole(count - FIRST)})),
            table(page, range(FIRST, count), to)),
        due.count > count && h('p', {class: 'note'}, text.t('agenda_not_listed', {count: format.whole(due.count - count)})),
        routine.renews + routine.ends + routine.service_ends > 0 && h('p', {class: 'note', 'data-part': 'routine'},
            text.t('agenda_routine', {renews: format.whole(routine.renews), ends: format.whole(routine.ends), stops: format.whole(routine.service_ends)})));
}

const range = (from, to) => Array.from({length: to - from}, (_, i) => from + i);

function table(page, which, to) {
    const {data, text, format} = page;
    const {agenda: due, customers, subscriptions} = data;
    const cost = ({cost: costs, rule: rules}, i) => (rules[i] === null ? format.signed(costs[i])
        : h('span', {class: 'caution', title: ruleLabel(rules[i], text)}, `(${format.signed(costs[i])})`));
    const columns = [
        {title: text.t('customer')}, {title: text.t('action')}, {title: text.t('agenda_on'), whole: true},
        {title: text.t('agenda_left', {day: format.shortDay(to)}), numeric: true}, {title: text.t('agenda_day_late'), numeric: true},
        {title: text.t('agenda_until'), whole: true}, {title: text.t('agenda_then'), numeric: true}, {title: text.t('agenda_loss')}];
    return simpleTable(columns, which.map((i) => [
        [name(called(customers.name, customers.id, due.customer[i])),
            due.subscription[i] !== null && h('div', {class: 'note'}, name(subscriptions.id[due.subscription[i]]))],
        text.code('action', due.kind[i]),
        format.shortDay(due.on[i]),
        cost(due.by_end, i),
        cost(due.day_late, i),
        format.shortDay(due.until[i]),
        cost(due.missed, i),
        due.breaks[i] !== null ? ruleLabel(due.breaks[i], text) : text.t(`loss_${due.loss[i]}`),
    ]), {caption: text.code('section', 'agenda')});
}
