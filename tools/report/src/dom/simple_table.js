// A table with a head: for what has few rows. Cells are text, numbers already in the reader's form, or elements.
import {h} from './element.js';

// columns: [{title, numeric, whole (never broken)}], rows: [[cell...]...]
export function simpleTable(columns, rows, {caption, rowHeads = true} = {}) {
    const cell = (content, index) => {
        const heads = rowHeads && index === 0;
        return h(heads ? 'th' : 'td', {scope: heads ? 'row' : null, class: columns[index].numeric ? 'number' : columns[index].whole ? 'whole' : null}, content);
    };
    return h('div', {class: 'scrolls', tabindex: 0, role: 'region', 'aria-label': caption ?? columns.map((c) => c.title).join(', ')},
        h('table', null,
            caption && h('caption', null, caption),
            h('thead', null, h('tr', null,
                columns.map((c) => h('th', {scope: 'col', class: c.numeric ? 'number' : null}, c.title)))),
            h('tbody', null, rows.map((row) => h('tr', null, row.map(cell))))));
}
