// The page in a browser: what stands in it, what can be done with it, and what must never happen.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {Browser, drawnCharts, overflows} from './browser.js';
import {synthetic} from './synthetic.js';

const CHARTS = ['components', 'waterfall', 'cash', 'forfeited', 'overlap', 'gantt', 'load', 'finishing', 'histogram', 'likelihood', 'gaps', 'tornado', 'threshold', 'sweep'];
const sample = synthetic();
const digits = (text) => Number(text.replace(/[^0-9]/g, ''));
let browser;

before(async () => {
    browser = await Browser.start();
});
after(() => browser.stop());

// Opens, looks, and expects neither a message on the console nor a request.
async function look(document, options, at) {
    const opened = await browser.open(document, options);
    try {
        await at(opened.page);
        assert.deepEqual(opened.troubles, []);
        assert.deepEqual(opened.requests, []);
    } finally {
        await opened.close();
    }
}

const cell = (page, row, column) => page.textContent(`[data-row="${row}"] > :nth-child(${column})`);

test('every chart is drawn, has a role and says what it is; its table has numbers', () => look(sample, {}, async (page) => {
    const charts = await drawnCharts(page);
    assert.deepEqual(charts.map((chart) => chart.name), CHARTS);
    for (const chart of charts) {
        assert.equal(chart.role, 'img');
        assert.ok(chart.label.length > 10, chart.name);
        assert.ok(chart.shapes > 2, `${chart.name} has only ${chart.shapes} shapes`);
    }
    for (const summary of await page.$$('main .alternative summary')) {
        await summary.click();
    }
    const rows = await page.$$eval('main .alternative', (all) => all.map((one) => one.querySelectorAll('tbody tr').length));
    assert.equal(rows.length, CHARTS.length);
    assert.ok(rows.every((count) => count > 0), String(rows));
}));

test('the headline has the total and the saving of the data, in both languages', async () => {
    const best = sample.plans[sample.answer.plan];
    const against = sample.plans[sample.answer.against];
    for (const [lang, form] of [['en', /^\$[\d,]+\.\d\d$/], ['de', /^[\d.]+,\d\d\s\$$/]]) {
        await look(sample, {lang}, async (page) => {
            const total = await page.textContent('#headline [data-figure="total"]');
            assert.match(total, form);
            assert.equal(digits(total), best.total);
            assert.equal(digits(await page.textContent('#headline [data-figure="saved"]')), against.total - best.total);
            assert.equal(await page.getAttribute('html', 'lang'), lang);
        });
    }
});

test('the language is switched in the page', () => look(sample, {}, async (page) => {
    await page.selectOption('.switches select >> nth=0', 'de');
    await page.waitForSelector('html[lang="de"][data-ready]', {state: 'attached'});
    assert.match(await page.textContent('#money h2'), /Wohin das Geld geht/);
    assert.deepEqual((await drawnCharts(page)).map((chart) => chart.name), CHARTS);
}));

test('what falls due stands there dearest first, with what being late costs and what is lost', () => look(sample, {}, async (page) => {
    const cells = (row) => page.$$eval(`#agenda > .scrolls tbody tr:nth-child(${row}) > *`, (all) => all.map((one) => one.textContent));
    assert.match(await page.textContent('#agenda > p'), /^30 actions fall due from Jan 10, 2022 to Feb 6, 2022/);
    assert.deepEqual(await cells(1), ['customer-000000', 'Invite the customer', 'Jan 10', '(+1,234.56)', '0.00', 'Jan 13', '(+50.00)', 'no workday']);
    assert.deepEqual((await cells(3)).slice(1), ['Switch off auto-renew', 'Jan 12', '+1,214.56', '+2.00', 'Jan 15', '+48.00', 'today’s price']);
    assert.equal(await page.getAttribute('#agenda .caution', 'title'), 'deadline missed');
    assert.equal((await page.$$('#agenda > .scrolls tbody tr')).length, 20);
    await page.click('#agenda details summary');
    assert.equal((await page.$$('#agenda details tbody tr')).length, 5);
    assert.match(await page.textContent('#agenda [data-part="routine"]'), /renewals 12, planned ends 3, services that end 1/);
    assert.match(await page.textContent('nav'), /What falls due/);
}));

test('without an agenda there is no such part', () => look({...sample, agenda: null}, {}, async (page) => {
    assert.equal(await page.$('#agenda'), null);
}));

test('dark follows the system and the switch', () => look(sample, {dark: true}, async (page) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number).reduce((a, b) => a + b));
    assert.ok(await ground() < 150);
    await page.selectOption('.switches select >> nth=1', 'light');
    assert.ok(await ground() > 600);
}));

test('columns sort the rows, a second time the other way', () => look(sample, {}, async (page) => {
    const costs = [...sample.plans[sample.answer.plan].subscription_totals].sort((a, b) => a - b);
    const column = 1 + await page.$$eval('.grid-table thead th button', (all) => all.findIndex((each) => each.dataset.sort === 'cost'));
    await page.click('[data-sort="cost"]');
    assert.equal(digits(await cell(page, 0, column)), costs.at(-1));
    assert.equal(digits(await cell(page, 1, column)), costs.at(-2));
    assert.equal(await page.getAttribute(`.grid-table thead th:nth-child(${column})`, 'aria-sort'), 'descending');
    await page.click('[data-sort="cost"]');
    assert.equal(digits(await cell(page, 0, column)), costs[0]);
    assert.equal(await page.getAttribute(`.grid-table thead th:nth-child(${column})`, 'aria-sort'), 'ascending');
    await page.click('[data-sort="customer"]');
    assert.equal(await cell(page, 0, 1), 'Customer 1 Ltd');
}));

test('rows are found by what they say, and by what happens to them', () => look(sample, {}, async (page) => {
    const count = () => page.getAttribute('.grid-table', 'aria-rowcount').then((text) => Number(text) - 1);
    await page.fill('.all-rows input[type="search"]', 'SUBSCRIPTION-000012');
    await page.waitForFunction(() => document.querySelector('.grid-table').getAttribute('aria-rowcount') === '2');
    assert.equal(await cell(page, 0, 2), 'subscription-000012');
    await page.fill('.all-rows input[type="search"]', 'nobody has this');
    await page.waitForFunction(() => document.querySelector('.grid-table').getAttribute('aria-rowcount') === '1');
    await page.fill('.all-rows input[type="search"]', '');
    await page.waitForFunction(() => document.querySelector('.grid-table').getAttribute('aria-rowcount') === '41');
    const {moves} = sample.plans[sample.answer.plan];
    await page.selectOption('.all-rows select >> nth=1', 'cancels');
    assert.equal(await count(), moves.cancels.filter((each) => each === 1).length);
}));

test('a row opens its details with the keyboard alone, and gives the focus back', () => look(sample, {}, async (page) => {
    await page.focus('[data-row="0"]');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter']) {
        await page.keyboard.press(key);
    }
    await page.waitForSelector('dialog[open] [data-chart="by-day"] svg', {state: 'attached'});
    assert.equal(await page.textContent('#detail-title'), 'subscription-000002');
    assert.ok(await page.$$eval('dialog [data-part="break-even"] li', (all) => all.length) >= 2);
    assert.match(await page.textContent('dialog [data-part="break-even"]'), /\$22\.30.*233 days or more.*\$2,840\.94/);
    assert.equal(await page.$$eval('dialog [data-part="alternatives"] tbody tr', (all) => all.length), 4);
    await page.click('dialog button >> text=Next');
    assert.equal(await page.textContent('#detail-title'), 'subscription-000003');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog:not([open])', {state: 'attached'});
    assert.equal(await page.evaluate(() => document.activeElement.dataset.row), '3');
    await page.keyboard.press('End');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.row), '39');
    await page.keyboard.press('Enter');
    assert.doesNotMatch(await page.textContent('dialog[open] .facts'), /Reassign on|undefined|null|NaN|Invalid/);
    // Not one of those that are explained: it says why.
    assert.match(await page.textContent('dialog[open]'), /largest stake/);
}));

test('the pointer over a bar shows its numbers and leaves it as it is', () => look(sample, {}, async (page) => {
    await drawnCharts(page);
    for (const [name, colour] of Object.entries({gantt: '--new', waterfall: '--neutral', tornado: '--high', threshold: '--plan-wait', components: '--component-new_charges', gaps: '--gap'})) {
        const chart = `[data-chart="${name}"]`;
        const fills = () => page.$$eval(`${chart} svg path[fill^="var("]:not([fill="var(--shade)"])`, (all) => all.map((each) => each.getAttribute('fill')).sort());
        const before = await fills();
        await page.hover(`${chart} svg path[fill="var(${colour})"] >> nth=0`, {force: true});
        await page.waitForSelector(`${chart} .tip td`, {state: 'attached'});
        assert.deepEqual(await fills(), before, name);
    }
}));

test('on paper it has the pages one expects, dark or not', () => look(sample, {dark: true}, async (page) => {
    const paper = (await page.pdf({format: 'A4', preferCSSPageSize: true, printBackground: true})).toString('latin1');
    const pages = paper.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages >= 5 && pages <= 12, `${pages} pages`);
    assert.equal((await page.$$('main [data-chart] svg')).length, CHARTS.length);
}));

test('on paper charts are as high as pages need, and the screen gets its own back', () => look(sample, {}, async (page) => {
    await drawnCharts(page);
    const heights = () => page.$$eval('main .plot', (all) => all.map((each) => each.offsetHeight));
    const before = await heights();
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    // From one forced break to the next; the last chart's page goes on with what follows it.
    const pages = await page.evaluate(() => {
        const start = document.querySelector('.page-head').getBoundingClientRect().top;
        const breaks = [...document.querySelectorAll('.next-page')].map((each) => each.getBoundingClientRect().top - start);
        const ends = [...document.querySelectorAll('main .plot')].map((each) => each.getBoundingClientRect().bottom - start);
        // Those with charts: the first ones have none.
        return breaks.slice(0, -1).map((from, i) => [from, ends.filter((bottom) => bottom > from && bottom <= breaks[i + 1] + 1)])
            .filter(([, bottoms]) => bottoms.length > 0).map(([from, bottoms]) => Math.round(Math.max(...bottoms) - from));
    });
    assert.ok(pages.length >= 3, String(pages));
    assert.ok(pages.every((filled) => filled > 700 && filled <= 930), `filled of 925: ${pages}`);
    const drawn = await page.$$eval('main .plot', (all) => all.every((each) => Math.abs(each.querySelector('svg').getBoundingClientRect().height - each.offsetHeight) <= 1));
    assert.ok(drawn, 'a chart is drawn at another height than it has');
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    assert.deepEqual(await heights(), before);
    assert.equal((await page.$$('.next-page')).length, 0);
}));

test('hostile names stay text and break no line', async () => {
    for (const options of [{}, {lang: 'de', width: 400, dark: true}]) {
        await look(synthetic({hostile: true}), options, async (page) => {
            await drawnCharts(page);
            assert.equal(await overflows(page), false);
            for (const name of ['gantt', 'components']) {
                await page.hover(`[data-chart="${name}"] .plot`);
                await page.waitForSelector(`[data-chart="${name}"] .tip`, {state: 'attached'});
            }
            await page.click('[data-row="2"]');
            await (await page.$('dialog[open] [data-chart="by-day"]')).scrollIntoViewIfNeeded();
            await page.waitForSelector('dialog[open] [data-chart="by-day"] svg', {state: 'attached'});
            assert.equal(await overflows(page), false);
            assert.equal(await page.evaluate(() => window.injected), undefined);
            // The templates of the page's own, and nothing that a name brought along.
            assert.deepEqual(await page.$$eval('#page script, #page img, #page iframe, #page svg[onload]', (all) => all.length), 0);
            assert.equal(await page.textContent('h1'), '<script>window.injected = 1</script>');
        });
    }
});

test('the policy lets nothing run or load that is not the page', async () => {
    const opened = await browser.open(sample);
    await opened.page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.injected = 1';
        document.body.append(script);
        const image = document.createElement('img');
        image.src = 'https://example.invalid/x.png';
        image.setAttribute('style', 'width: 77px');
        document.body.append(image);
    });
    await opened.page.waitForTimeout(100);
    assert.equal(await opened.page.evaluate(() => window.injected), undefined);
    assert.notEqual(await opened.page.evaluate(() => document.querySelector('img').style.width), '77px');
    assert.equal(opened.troubles.filter((text) => /Content Security Policy/.test(text)).length, 3, opened.troubles.join('\n'));
    await opened.close();
});

test('parts without data are left out', () => look(synthetic({risk: false, details: 0}), {}, async (page) => {
    assert.equal(await page.$('#risk'), null);
    assert.equal(await page.$('nav a[href="#risk"]'), null);
    assert.notEqual(await page.$('#subscriptions'), null);
}));

test('results alone make a page, without the scenario', () => {
    const document = synthetic();
    Object.assign(document.scenario, {customers: null, subscriptions: null, seats: null, uncertain: null, perspective_given: null});
    Object.assign(document, {programmes: [], offers: [], ways: [], teams: [], search: null, actions: null, details: [], assumptions: null});
    for (const table of ['customers', 'subscriptions']) {
        Object.keys(document[table]).forEach((column) => {
            document[table][column] = column === 'id' ? document[table].id : null;
        });
    }
    document.detail_limits = {most: 200, given: 0, of: 40, by: 'stake', why: 'not-read', everything_up_to: 20000};
    document.plans.forEach((plan) => Object.assign(plan, {loads: null, finishing: null, moves: null, invite_on: null, digest: null}));
    return look(document, {}, async (page) => {
        assert.deepEqual((await drawnCharts(page)).map((chart) => chart.name), CHARTS.filter((name) => !['gantt', 'load', 'finishing'].includes(name)));
        await page.fill('.all-rows input[type="search"]', '000007');
        await page.waitForFunction(() => document.querySelector('.grid-table').getAttribute('aria-rowcount') === '2');
        await page.click('[data-row="0"]');
        assert.match(await page.textContent('dialog[open]'), /was not read/);
    });
});

test('without a feasible plan nothing is recommended and no saving is stated', () => {
    const document = synthetic({risk: false});
    document.plans = document.plans.slice(0, 1);
    document.answer = {plan: null, ranking: [], against: null, simulated: null};
    Object.assign(document, {actions: null, details: [], search: {status: 'infeasible', stopped_by: null, total: null, bound: null, floor: null, gap: null, avoidable_gap: null, asked_gap: 0, steps: 1, conflicts: [
        {kind: 'shortage', proven: true, customer: 'customer-000001', subscription: null, reason: 'they need 90 minutes more', rules: [{what: 'capacity', limit: 'desk 2022-W10', customer: null, subscription: null, text: 'desk has 180 minutes'}], shortage: null, fixed: null, remedies: [{text: '90 minutes more of desk 2022-W10', planned: true, least: true, changes: []}]}]}});
    return look(document, {}, async (page) => {
        assert.match(await page.textContent('#headline'), /No plan here keeps every rule/);
        assert.match(await page.textContent('[data-part="conflict"]'), /customer-000001: they need 90 minutes more.*desk has 180 minutes.*90 minutes more of desk/);
        assert.match(await page.textContent('.comparison tbody'), /\([\d,]+\.\d\d\)/);
        assert.equal(await page.$('[data-figure="saved"]'), null);
        assert.equal(await page.$('[data-chart="waterfall"]'), null);
    });
});
