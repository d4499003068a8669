// Everything that went in: where it comes from, what was assumed, and the command that makes the page again.
import {offerLabel, wayLabel} from '../data/document.js';
import {english, h, name} from '../dom/element.js';
import {simpleTable} from '../dom/simple_table.js';
import {section} from './section.js';

const PRICES = 400;

// An argument as a shell takes it.
export function quoted(argument) {
    return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

export function assumptions(page) {
    const {data} = page;
    return section(page, 'assumptions',
        data.assumptions && values(page, data.assumptions),
        data.assumptions && files(page, data.assumptions),
        data.assumptions && prices(page, data.assumptions.prices),
        data.assumptions && rules(page),
        data.assumptions && warnings(page, data.assumptions),
        origin(page));
}

function mark(page, given) {
    return h('span', {class: given ? 'mark given' : 'mark default'}, page.text.t(given ? 'from_files' : 'by_default'));
}

// A distribution in one line: lognormal (median 7, p90 21).
function distribution(value) {
    const [[kind, parameters]] = Object.entries(value);
    const inner = Array.isArray(parameters) ? parameters.slice(0, 12).join(', ') + (parameters.length > 12 ? ', …' : '')
        : typeof parameters === 'object' ? Object.entries(parameters).map(([key, number]) => `${key} ${number}`).join(', ') : String(parameters);
    return english(`${kind} (${inner})`);
}

function values(page, {values: v, defaulted, set}) {
    const {data, text, format} = page;
    const isDefault = new Set(defaulted);
    const days = (n) => text.t('n_days', {n, count: format.whole(n)});
    const rows = [];
    const add = (code, value) => rows.push([text.code('value', code), value, mark(page, !isDefault.has(code))]);
    const team = (index) => (index === null || index === undefined ? '' : [' · ', name(data.teams[index]?.id ?? '')]);

    add('perspective', text.code('perspective', data.scenario.perspective));
    if (v) {
        add('workdays', format.list(v.workdays.map((each) => text.code('weekday', each))));
        add('holidays', v.holidays.length === 0 ? text.t('none') : v.holidays.length <= 8 ? v.holidays.map(format.day).join(', ') : text.t('n_days', {n: v.holidays.length, count: format.whole(v.holidays.length)}));
        add('continuity', text.code('continuity', v.continuity));
        add('provision_days', days(v.provision_days));
        add('plan_days', v.plan_days.length === 0 ? '–' : v.plan_days.map((each) => `${days(each.days)} (${text.t('n_customers', {n: each.customers, count: format.whole(each.customers)})})`).join(', '));
        add('overlap_days', days(v.overlap_days));
        add('reassign_per_seat', format.money(v.reassign_per_seat));
        add('gap_per_seat_day', format.money(v.gap_per_seat_day));
        for (const [kind, effort] of Object.entries(v.effort ?? {})) {
            const amount = kind === 'reassign'
                ? text.t('effort_seats', {seconds: format.whole(effort.seconds_per_seat), seats: effort.seats_per_day === null ? '∞' : format.whole(effort.seats_per_day)})
                : text.t('n_minutes', {n: effort.minutes, count: format.some(effort.minutes)});
            rows.push([text.t('value_effort', {kind: text.code('work', kind)}), [amount, team(effort.team)], mark(page, !isDefault.has('effort'))]);
        }
        add('budgets', v.budgets.length === 0 ? text.t('none') : v.budgets.map((each) => `${format.day(each.from)} – ${format.day(each.to - 1)}: ${format.money(each.max)}`).join('; '));
        if (v.uncertainty === null) {
            add('uncertainty', text.t('none'));
        } else {
            const u = v.uncertainty;
            const uncertain = (code, value) => value !== null && value !== undefined && rows.push([text.code('uncertain', code), value, mark(page, !isDefault.has('uncertainty'))]);
            uncertain('acceptance', u.acceptance && distribution(u.acceptance));
            uncertain('decline', u.decline === null ? null : format.percent(u.decline));
            uncertain('plan_quantile', u.plan_quantile === null ? null : format.percent(u.plan_quantile));
            uncertain('work', u.work && distribution(u.work));
            uncertain('provision_delay', u.provision_delay && distribution(u.provision_delay));
            uncertain('provision_failure', u.provision_failure && `${format.percent(u.provision_failure.probability)}, ${days(u.provision_failure.retry_days)}`);
            if (u.own > 0) {
                uncertain('own', text.t('n_customers', {n: u.own, count: format.whole(u.own)}));
            }
        }
    }
    for (const team of data.teams) {
        rows.push([[text.t('team'), ' ', name(team.id)], `${format.money(team.labour_rate)} / h · ${text.t(team.per === null ? 'no_limit' : `limit_per_${team.per}`)}`, mark(page, !isDefault.has('teams'))]);
    }
    for (const code of defaulted.filter((each) => !rows.some(([title]) => title === text.t(text.has(`value_${each}`) ? `value_${each}` : 'value_other', {code: each, kind: ''})) && each !== 'effort' && each !== 'uncertainty' && each !== 'teams' && each !== 'disruption')) {
        rows.push([text.has(`value_${code}`) ? text.code('value', code) : code, '–', mark(page, false)]);
    }
    return h('div', null,
        h('h3', null, text.t('assumed_values')),
        simpleTable([{title: text.t('what')}, {title: text.t('value')}, {title: text.t('source')}], rows, {caption: text.t('assumed_values')}),
        set.length > 0 && [h('h3', {class: 'next'}, text.t('changed_values')), simpleTable([{title: text.t('what')}, {title: text.t('value')}], set.map((each) => [h('code', null, each.pointer), h('code', null, each.value)]), {caption: text.t('changed_values')})]);
}

function files(page, {files: list}) {
    const {text, format} = page;
    return h('details', {class: 'plain'},
        h('summary', null, text.t('files_read', {n: list.length, count: format.whole(list.length)})),
        simpleTable([{title: text.t('file')}, {title: text.t('bytes'), numeric: true}, {title: 'SHA-256'}],
            list.map((file) => [[name(file.path, {class: 'path'}), sources(page, file)], format.whole(file.bytes), h('code', {class: 'digest'}, file.sha256)]), {caption: text.t('files')}));
}

// Where the file says its content comes from.
function sources(page, file) {
    const list = file.sources ?? [];
    if (list.length === 0 && !file.note) {
        return null;
    }
    return h('ul', {class: 'tight'}, file.note && h('li', null, name(file.note)),
        list.slice(0, 20).map((each) => h('li', null, each.of && [h('code', null, each.of), ' '], name(each.text))));
}

function prices(page, columns) {
    const {data, text, format} = page;
    const count = columns?.offer.length ?? 0;
    if (count === 0) {
        return null;
    }
    const day = (value) => (value === null || value === undefined ? '–' : format.day(value));
    const rows = columns.offer.slice(0, PRICES).map((offer, i) => [name(offerLabel(data, offer)), wayLabel(data, columns.way[i]), format.plain(columns.unit_price[i]), day(columns.from?.[i]), day(columns.to?.[i])]);
    return lazily(text.t('price_rows', {n: count, count: format.whole(count)}), () => [
        simpleTable([{title: text.t('offer')}, {title: text.t('way')}, {title: text.t('unit_price_in', {currency: format.currency}), numeric: true}, {title: text.t('valid_from')}, {title: text.t('valid_to')}], rows, {caption: text.t('prices')}),
        count > PRICES && h('p', {class: 'note'}, text.t('first_rows', {count: format.whole(PRICES)}))]);
}

function rules(page) {
    const {data, text, format} = page;
    if (data.programmes.length === 0) {
        return null;
    }
    return lazily(text.t('programme_rules', {n: data.programmes.length, count: format.whole(data.programmes.length)}), () => simpleTable(
        [{title: text.t('programme')}, {title: text.t('renewals_until')}, {title: text.t('grace_days'), numeric: true}, {title: text.t('notice_days'), numeric: true}, {title: text.t('cancellation')}],
        data.programmes.map((each) => [name(each.id), each.renewals_until === null ? text.t('open_end') : format.day(each.renewals_until), format.whole(each.grace_days), format.whole(each.renewal_notice_days),
            text.code('cancellation', each.cancellation.allowed) + (each.cancellation.allowed === 'never' ? '' : `; ${text.t(`refund_${each.cancellation.refund}_${each.cancellation.remaining}`)}${each.cancellation.refund_window_days === null ? '' : ` (${text.t('within_days', {n: each.cancellation.refund_window_days, count: format.whole(each.cancellation.refund_window_days)})})`}`)]),
        {caption: text.t('programmes')}));
}

function warnings(page, {warnings: list, warning_count: count}) {
    const {text, format} = page;
    if (count === 0) {
        return null;
    }
    return h('details', {class: 'plain', open: count <= 5},
        h('summary', null, text.t('warnings', {n: count, count: format.whole(count)})),
        h('ul', null, list.map((each) => h('li', null, h('code', null, `${each.file}${each.line ? `:${each.line}` : ''}`), ' ', english(each.message), each.rule ? ` [${each.rule}]` : ''))));
}

function origin(page) {
    const {data, text} = page;
    const command = data.made_by.command.map(quoted).join(' ');
    const {digest} = data.scenario;
    return h('div', {class: 'origin'},
        h('h3', null, text.t('made_again')),
        h('pre', {class: 'command', tabindex: 0}, h('code', {'data-figure': 'command'}, command)),
        h('dl', {class: 'facts'},
            h('div', null, h('dt', null, text.t('version')), h('dd', null, `termwise ${data.made_by.version}`)),
            digest && h('div', null, h('dt', null, text.t('scenario_digest')), h('dd', null, h('code', {class: 'digest'}, digest))),
            data.plans.filter((plan) => plan.digest).map((plan) => h('div', null, h('dt', null, text.pieces('plan_digest', {plan: name(page.labels[data.plans.indexOf(plan)])})), h('dd', null, h('code', {class: 'digest'}, plan.digest))))));
}

// Long lists are built when they are opened.
function lazily(title, build) {
    const element = h('details', {class: 'plain', ontoggle: () => {
        if (element.open && element.childElementCount === 1) {
            element.append(...[build()].flat().filter(Boolean));
        }
    }}, h('summary', null, title));
    return element;
}
