// The pages that the program writes for every example: they open without a word, in both languages, show their charts, and
// say what the data says.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {Browser, drawnCharts} from './browser.js';

const program = process.env.TERMWISE_PROGRAM;
const scenarios = readdirSync('scenarios').map((name) => join('scenarios', name, 'scenario.json')).filter((path) => existsSync(path));
const folder = mkdtempSync(join(tmpdir(), 'termwise-examples-'));
const digits = (text) => Number(text.replace(/[^0-9]/g, ''));
let browser;

before(async () => {
    browser = await Browser.start();
});
after(async () => {
    await browser.stop();
    rmSync(folder, {recursive: true, force: true});
});

assert.ok(scenarios.length >= 4, scenarios.join(' '));
for (const [index, scenario] of scenarios.entries()) {
    for (const lang of ['en', 'de']) {
        test(`${scenario} in ${lang}`, async () => {
            const compare = (file) => execFileSync(program, ['compare', scenario, '--quiet', '--report', file, '--lang', lang], {stdio: 'ignore'});
            const page_file = join(folder, `${index}-${lang}.html`);
            const data_file = join(folder, `${index}.json`);
            compare(page_file);
            if (!existsSync(data_file)) {
                compare(data_file);
            }
            const data = JSON.parse(readFileSync(data_file, 'utf8'));
            const {page, troubles, requests, close} = await browser.openFile(page_file);
            assert.equal(await page.getAttribute('html', 'lang'), lang);
            const charts = await drawnCharts(page);
            assert.ok(charts.length >= 6, charts.map((chart) => chart.name).join(' '));
            assert.ok(charts.every((chart) => chart.role === 'img' && chart.label.length > 10 && chart.shapes > 0));
            assert.equal(digits(await page.textContent('#headline [data-figure="total"]')), data.plans[data.answer.plan].total);
            await page.click('[data-row="0"]');
            assert.ok((await page.textContent('#detail-title')).length > 0);
            assert.deepEqual(troubles, []);
            assert.deepEqual(requests, []);
            await close();
        });
    }
}
