// The top of the page: what it is about, and the switches for language, light and print.
import {h, name} from '../dom/element.js';
import {button, choice} from '../dom/controls.js';

const LANGUAGE_NAMES = {en: 'English', de: 'Deutsch'};

export function header(page, {contents, languages, onLanguage, theme, onTheme}) {
    const {data, text, format} = page;
    const {scenario} = data;
    const about = [
        `${format.day(scenario.horizon.start)} – ${format.day(scenario.horizon.end - 1)}`,
        scenario.customers !== null && text.t('n_customers', {n: scenario.customers, count: format.whole(scenario.customers)}),
        scenario.subscriptions !== null && text.t('n_subscriptions', {n: scenario.subscriptions, count: format.whole(scenario.subscriptions)}),
        scenario.seats !== null && text.t('n_seats', {n: scenario.seats, count: format.whole(scenario.seats)}),
        text.t(`prices_${scenario.perspective}`, {currency: scenario.currency}),
    ].filter(Boolean);
    return h('header', {class: 'page-head'},
        h('div', {class: 'title'},
            h('p', {class: 'kicker'}, text.t('title')),
            h('h1', null, name(scenario.name || text.t('unnamed'), {title: null})),
            h('p', {class: 'about'}, about.join(' · '))),
        h('div', {class: 'switches'},
            choice(text.t('language'), languages.map((lang) => ({value: lang, label: LANGUAGE_NAMES[lang] ?? lang})), text.lang, onLanguage),
            choice(text.t('theme'), ['auto', 'light', 'dark'].map((value) => ({value, label: text.code('theme', value)})), theme, onTheme),
            button(text.t('print'), () => window.print())),
        h('nav', {'aria-label': text.t('contents')}, contents));
}

export function footer(page) {
    const {data, text} = page;
    const holder = h('div');
    const notices = h('details', {class: 'plain', ontoggle: () => {
        if (notices.open && holder.childElementCount === 0) {
            holder.append(document.getElementById('notices').content.cloneNode(true));
        }
    }}, h('summary', null, text.t('notices')), holder);
    return h('footer', null, h('p', null, text.t('made_by', {version: data.made_by.version})), notices);
}
