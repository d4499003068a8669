// What needs no browser: both languages say the same things, and the few computations of the page.
import assert from 'node:assert/strict';
import {test} from 'node:test';

import {complete} from '../../tools/report/src/data/document.js';
import {quoted} from '../../tools/report/src/sections/assumptions.js';
import {turns} from '../../tools/report/src/table/break_even.js';
import {Rows} from '../../tools/report/src/table/rows.js';
import {de} from '../../tools/report/src/text/de.js';
import {en} from '../../tools/report/src/text/en.js';
import {formats, monthStarts, shortName} from '../../tools/report/src/text/format.js';
import {language} from '../../tools/report/src/text/language.js';
import {synthetic} from './synthetic.js';

test('both languages have the same texts with the same places', () => {
    assert.deepEqual(Object.keys(de), Object.keys(en));
    const places = (text) => [...new Set([...(typeof text === 'string' ? text : Object.values(text).join(' ')).matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();
    for (const key of Object.keys(en)) {
        assert.deepEqual(places(de[key]), places(en[key]), key);
    }
});

test('a text that is not there is a mistake, not an empty place', () => {
    assert.throws(() => language('en').t('nothing_of_this_name'), /no text/);
    assert.equal(language('de').code('component', 'of a later version'), 'of a later version');
    assert.equal(language('de').t('n_days', {n: 1, count: '1'}), '1 Tag');
    assert.equal(language('de').t('n_days', {n: 2, count: '2'}), '2 Tage');
});

test('money has the currency\'s decimals in the locale\'s form', () => {
    assert.equal(formats('en', 'USD', 2).money(25914752), '$259,147.52');
    assert.equal(formats('de', 'EUR', 2).money(-25914752), '-259.147,52\u00a0€');
    assert.equal(formats('en', 'JPY', 0).money(1234), '¥1,234');
    assert.equal(formats('de', 'USD', 2).signed(0), '0,00');
    assert.equal(formats('en', 'USD', 2).plain(-0), '0.00');
    assert.equal(formats('de', 'USD', 2).day(19002), '10. Jan. 2022');
    assert.equal(formats('en', 'USD', 2).minor('-35113.00'), -3511300);
});

test('months are calendar months', () => {
    assert.deepEqual(monthStarts('2021-12', 3).map((day) => new Date(day * 86400000).toISOString().slice(0, 10)), ['2021-12-01', '2022-01-01', '2022-02-01']);
});

test('a name in a chart is short, and turns nothing over', () => {
    assert.equal(shortName('\u202eabc'.padEnd(40, 'x'), 10), '\u2068 abcxxxxx…\u2069');
});

test('an argument is quoted for a shell', () => {
    assert.equal(quoted('scenarios/quickstart/scenario.json'), 'scenarios/quickstart/scenario.json');
    assert.equal(quoted("it's $(bad)"), "'it'\\''s $(bad)'");
    assert.equal(quoted(''), "''");
});

test('where the answer turns is the nearest run in which the other is better', () => {
    const runs = [{from: 0, to: 9, preferred: 'other'}, {from: 10, to: 19, preferred: 'same'}, {from: 20, to: 40, preferred: 'chosen'}, {from: 41, to: 50, preferred: 'other'}];
    assert.deepEqual(turns(runs, 30), {below: runs[0], above: runs[3], turned: false});
    assert.deepEqual(turns(runs, 45), {below: null, above: null, turned: true});
    assert.deepEqual(turns([runs[2]], 30), {below: null, above: null, turned: false});
});

test('rows are ordered by value with what has none last, and equal ones as they came', () => {
    const rows = new Rows(complete(synthetic({subscriptions: 6, details: 1})));
    const values = [3, null, 1, 3, 2, null];
    const column = {value: (s) => values[s]};
    const all = {wanted: '', happens: 'all', explained: false};
    assert.deepEqual([...rows.select(all, 3, column, false)], [2, 4, 0, 3, 1, 5]);
    assert.deepEqual([...rows.select(all, 3, column, true)], [0, 3, 4, 2, 1, 5]);
    assert.deepEqual([...rows.select({...all, explained: true}, 3, null, false)], [0]);
});
