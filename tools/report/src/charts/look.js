// How all charts look. Colours are the page's custom properties, so that a chart that is drawn follows the reader's
// switch between light and dark, and paper is always light.
import {h} from '../dom/element.js';

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif';

const LABEL = {color: 'var(--ink-2)', fontFamily: FONT, fontSize: 12};
const LINE = {color: 'var(--line)', width: 1};

export function valueAxis(formatter, more = {}) {
    return {
        type: 'value',
        axisLabel: {...LABEL, formatter, hideOverlap: true},
        axisLine: {show: false},
        axisTick: {show: false},
        splitLine: {lineStyle: LINE},
        splitNumber: 4,
        ...more,
    };
}

export function categoryAxis(data, more = {}) {
    return {
        type: 'category',
        data,
        axisLabel: {...LABEL, ...more.axisLabel},
        axisLine: {lineStyle: {color: 'var(--line-strong)'}},
        axisTick: {show: false},
        ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'axisLabel')),
    };
}

export function timeAxis(formatter, more = {}) {
    return {
        type: 'time',
        axisLabel: {...LABEL, formatter, hideOverlap: true},
        axisLine: {lineStyle: {color: 'var(--line-strong)'}},
        axisTick: {show: true, lineStyle: LINE},
        splitLine: {show: true, lineStyle: LINE},
        ...more,
    };
}

export function grid(more = {}) {
    return {left: 4, right: 20, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel', ...more};
}

export const label = (more = {}) => ({...LABEL, ...more});

// What a pointer over the chart shows: built of elements, for names are no HTML.
export function tooltip(trigger, content, more = {}) {
    return {
        trigger,
        confine: true,
        transitionDuration: 0,
        backgroundColor: 'var(--paper)',
        borderColor: 'var(--line-strong)',
        borderWidth: 1,
        padding: [8, 10],
        textStyle: {color: 'var(--ink)', fontFamily: FONT, fontSize: 12},
        extraCssText: 'box-shadow: 0 2px 10px rgba(0,0,0,.18); max-width: 340px; white-space: normal;',
        axisPointer: {type: trigger === 'axis' ? (more.pointer ?? 'line') : 'none', lineStyle: {color: 'var(--line-strong)'}, shadowStyle: {color: 'var(--shade)'}, label: {show: false}},
        formatter: content,
    };
}

// rows: [{label, value, colour}]
export function tip(title, rows, note) {
    return h('div', {class: 'tip'},
        title && h('div', {class: 'tip-title'}, title),
        h('table', null, h('tbody', null, rows.map((row) => h('tr', null,
            h('th', {scope: 'row'}, row.colour && h('span', {class: 'swatch', style: {background: row.colour}}), row.label),
            h('td', {class: 'number'}, row.value))))),
        note && h('div', {class: 'note'}, note));
}

// The key to the colours, beside the chart and not in it: it wraps, prints and can be read.
export function key(entries) {
    return h('ul', {class: 'key'}, entries.map((entry) => h('li', null,
        h('span', {class: `swatch ${entry.shape ?? ''}`, 'aria-hidden': 'true', style: {background: entry.colour, '--swatch': entry.colour}}),
        h('bdi', null, entry.label))));
}
