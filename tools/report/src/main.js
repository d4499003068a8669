// Draws the page from the data in it, in one language; a switch of the language draws it anew.
import {Charts} from './charts/figure.js';
import {readDocument} from './data/document.js';
import {clear, h} from './dom/element.js';
import {footer, header} from './page/header.js';
import {listenForPaper} from './page/paper.js';
import {followSystem, setTheme, theme} from './page/theme.js';
import {agenda} from './sections/agenda.js';
import {answer} from './sections/answer.js';
import {assumptions} from './sections/assumptions.js';
import {money} from './sections/money.js';
import {risk} from './sections/risk.js';
import {subscriptions} from './sections/subscriptions.js';
import {time} from './sections/time.js';
import {formats, shortName} from './text/format.js';
import {LANGUAGES, language} from './text/language.js';
import {labels} from './text/sentences.js';

const root = document.documentElement;
const place = document.getElementById('page');
const PARTS = [answer, agenda, money, time, risk, subscriptions, assumptions];
let leave = () => {};

// Lets the browser show what is there already; where it shows nothing (a tab in the background), goes on all the same.
const shown = () => new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
});

// The answer stands there first, the other parts follow one by one: a large portfolio keeps nobody waiting.
async function draw(data, lang) {
    leave();
    const scrolled = window.scrollY;
    const text = language(lang);
    const page = {
        data,
        text,
        format: formats(lang, data.scenario.currency, data.scenario.digits),
        labels: labels(data, text),
        short: shortName,
        charts: new Charts(),
        onPaper: [],
    };
    const stopListening = listenForPaper(page);
    let left = false;
    leave = () => {
        left = true;
        stopListening();
        page.charts.dispose();
    };
    root.lang = lang;
    delete root.dataset.ready;
    document.title = [data.scenario.name, text.t('title')].filter(Boolean).join(' – ');

    const main = h('main');
    const contents = h('ul');
    clear(place).append(
        h('a', {class: 'skip', href: '#answer'}, text.t('skip')),
        header(page, {contents, languages: LANGUAGES, onLanguage: (chosen) => draw(data, chosen), theme: theme(), onTheme: setTheme}),
        main,
        footer(page));
    for (const part of PARTS) {
        const section = part(page);
        if (section) {
            main.append(section);
            contents.append(h('li', null, h('a', {href: `#${section.id}`}, text.code('section', section.id))));
        }
        await shown();
        if (left) {
            return;
        }
        root.dataset.first ??= Math.round(performance.now());
    }
    window.scrollTo({top: scrolled, behavior: 'instant'});
    root.dataset.ready = Math.round(performance.now());
}

async function start() {
    const lang = LANGUAGES.includes(root.lang) ? root.lang : 'en';
    followSystem();
    try {
        await draw(readDocument(), lang);
    } catch (error) {
        // Never a blank page: what is wrong is said where people look.
        clear(place).append(h('p', {role: 'alert', class: 'broken'}, language(lang).t('broken', {why: error.message})));
        throw error;
    }
}

start();
