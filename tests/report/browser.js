// The browser the tests look through: one Chromium for a test file, a fresh page each time, and whatever the page
// does that it should not.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';

import {fill} from './fill.js';

function given(name) {
    const value = process.env[name];
    if (!value) {
        throw new Error(`${name} is not set: CTest does it (tests/report/tests.cmake)`);
    }
    return value;
}

export class Browser {
    static async start() {
        const {chromium} = createRequire(join(given('TERMWISE_REPORT_BROWSER'), 'from-here.js'))('playwright-core');
        const browser = new Browser();
        browser.folder = mkdtempSync(join(tmpdir(), 'termwise-report-'));
        browser.template = readFileSync(given('TERMWISE_REPORT_TEMPLATE'), 'utf8');
        browser.chromium = await chromium.launch({
            executablePath: given('TERMWISE_CHROMIUM'),
            args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
        });
        browser.count = 0;
        return browser;
    }

    async stop() {
        await this.chromium.close();
        rmSync(this.folder, {recursive: true, force: true});
    }

    // Opens a document as a file, as from a mail. What went wrong is in `troubles`, what was asked of a network in
    // `requests`.
    async open(document, {lang = 'en', width = 1280, dark = false} = {}) {
        this.count += 1;
        const file = join(this.folder, `page-${this.count}.html`);
        writeFileSync(file, fill(this.template, document, lang));
        return this.openFile(file, {width, dark});
    }

    // The same for a page that somebody else has written.
    async openFile(file, {width = 1280, dark = false} = {}) {
        const address = pathToFileURL(file).href;
        const context = await this.chromium.newContext({viewport: {width, height: 900}, colorScheme: dark ? 'dark' : 'light'});
        const page = await context.newPage();
        page.setDefaultTimeout(20000);
        const opened = {page, troubles: [], requests: [], close: () => context.close()};
        page.on('console', (message) => opened.troubles.push(message.text()));
        page.on('pageerror', (error) => opened.troubles.push(String(error)));
        page.on('dialog', (dialog) => {
            opened.troubles.push(`a dialog: ${dialog.message()}`);
            dialog.dismiss();
        });
        page.on('request', (request) => {
            if (request.url() !== address && !request.url().startsWith('data:')) {
                opened.requests.push(request.url());
            }
        });
        await page.goto(address);
        await page.waitForSelector('html[data-ready]', {state: 'attached', timeout: 60000});
        return opened;
    }
}

// Every chart, drawn: charts wait until they come near the window.
export async function drawnCharts(page) {
    await page.evaluate(async () => {
        for (const figure of document.querySelectorAll('main [data-chart]')) {
            figure.scrollIntoView({behavior: 'instant', block: 'center'});
            while (!figure.querySelector('svg')) {
                await new Promise((resolve) => setTimeout(resolve, 5));
            }
        }
    });
    return page.$$eval('main [data-chart]', (figures) => figures.map((figure) => ({
        name: figure.dataset.chart,
        role: figure.querySelector('.plot').getAttribute('role'),
        label: figure.querySelector('.plot').getAttribute('aria-label'),
        shapes: figure.querySelectorAll('svg path, svg polygon, svg line').length,
    })));
}

export const overflows = (page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
