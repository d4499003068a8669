// A hundred thousand subscriptions: the page answers, finds, sorts and opens; how long it took is printed. The time is
// not asserted: it belongs to the machine.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {Browser, drawnCharts} from './browser.js';
import {synthetic} from './synthetic.js';

const COUNT = 100000;

test(`${COUNT} subscriptions`, async () => {
    const document = synthetic({subscriptions: COUNT});
    const browser = await Browser.start();
    try {
        const {page, troubles, requests} = await browser.open(document);
        const {first, ready} = await page.evaluate(() => ({...document.documentElement.dataset}));
        console.log(`first render ${first} ms, whole page ${ready} ms, ${Math.round(JSON.stringify(document).length / 1e6)} MB of data`);

        const charts = await drawnCharts(page);
        assert.ok(charts.length >= 14, charts.map((chart) => chart.name).join(' '));
        // Only what is in sight is in the page.
        assert.ok(await page.evaluate(() => document.querySelectorAll('*').length) < 6000);
        const rows = () => page.getAttribute('.grid-table', 'aria-rowcount').then((text) => Number(text) - 1);
        assert.equal(await rows(), COUNT);

        await page.click('[data-sort="cost"]');
        const totals = document.plans[document.answer.plan].subscription_totals;
        const column = 1 + await page.$$eval('.grid-table thead th button', (all) => all.findIndex((each) => each.dataset.sort === 'cost'));
        const shown = await page.textContent(`[data-row="0"] > :nth-child(${column})`);
        assert.equal(Number(shown.replace(/[^0-9]/g, '')), totals.reduce((a, b) => Math.max(a, b)));

        await page.fill('.all-rows input[type="search"]', 'subscription-077777');
        await page.waitForFunction(() => document.querySelector('.grid-table').getAttribute('aria-rowcount') === '2');
        await page.click('[data-row="0"]');
        assert.equal(await page.textContent('#detail-title'), 'subscription-077777');
        await page.keyboard.press('Escape');
        await page.fill('.all-rows input[type="search"]', '');
        await page.waitForFunction((count) => document.querySelector('.grid-table').getAttribute('aria-rowcount') === String(count + 1), COUNT);
        await page.focus('[data-row="0"]');
        await page.keyboard.press('End');
        assert.equal(await page.evaluate(() => document.activeElement.dataset.row), String(COUNT - 1));
        assert.deepEqual(troubles, []);
        assert.deepEqual(requests, []);
    } finally {
        await browser.stop();
    }
});
