// A table of any length of which only the rows in sight are in the page. It is a grid to the keyboard: one row has the
// focus, arrows and Page keys move it, Enter opens it, and a screen reader hears which row of how many it is.
import {clear, h, name} from '../dom/element.js';

const ROW = 36;
const AROUND = 8;
const ON_PAPER = 45;

export class VirtualTable {
    // onSort(key), onOpen(row): called with the row's position in the input.
    constructor({label, onSort, onOpen}) {
        this.onSort = onSort;
        this.onOpen = onOpen;
        this.columns = [];
        this.rows = new Uint32Array(0);
        this.active = 0;
        this.shown = [-1, -1];
        this.head = h('tr', {'aria-rowindex': 1});
        this.body = h('tbody', null);
        this.widths = h('colgroup');
        this.table = h('table', {role: 'grid', 'aria-label': label, class: 'grid-table'}, this.widths, h('thead', null, this.head), this.body);
        this.element = h('div', {class: 'grid-scroller', onscroll: () => this.draw(), onkeydown: (event) => this.pressed(event), onclick: (event) => this.clicked(event)}, this.table);
        this.paper = false;
        this.onPaperAtMost = ON_PAPER;
    }

    setColumns(columns, sorted, descending) {
        this.columns = columns;
        const all = columns.reduce((sum, column) => sum + column.wide, 0);
        clear(this.widths).append(...columns.map((column) => h('col', {style: {'--wide': `${column.wide}px`, '--share': `${(100 * column.wide) / all}%`}})));
        this.table.style.setProperty('--all', `${all}px`);
        this.table.setAttribute('aria-colcount', columns.length);
        clear(this.head).append(...columns.map((column) => h('th', {
            scope: 'col', role: 'columnheader', class: column.numeric ? 'number' : null,
            'aria-sort': column.key === sorted ? (descending ? 'descending' : 'ascending') : 'none',
        }, h('button', {type: 'button', 'data-sort': column.key, onclick: () => this.onSort(column.key)}, column.title, h('span', {class: 'arrow', 'aria-hidden': 'true'})))));
    }

    setRows(rows) {
        this.rows = rows;
        this.active = 0;
        this.table.setAttribute('aria-rowcount', rows.length + 1);
        this.element.scrollTop = 0;
        this.shown = [-1, -1];
        this.draw();
    }

    // For paper the first rows, all of them in the page.
    onPaper(paper) {
        this.paper = paper;
        this.shown = [-1, -1];
        this.draw();
    }

    draw() {
        const height = this.element.clientHeight || 480;
        let first = Math.max(0, Math.floor(this.element.scrollTop / ROW) - AROUND);
        let last = Math.min(this.rows.length, Math.ceil((this.element.scrollTop + height) / ROW) + AROUND);
        if (this.paper) {
            [first, last] = [0, Math.min(this.rows.length, ON_PAPER)];
        }
        if (first === this.shown[0] && last === this.shown[1]) {
            return;
        }
        this.shown = [first, last];
        const focused = this.body.contains(document.activeElement);
        const space = (rows) => h('tr', {class: 'space', 'aria-hidden': 'true', style: {height: `${rows * ROW}px`}}, h('td', {colspan: this.columns.length}));
        const rows = [];
        for (let i = first; i < last; i += 1) {
            rows.push(this.row(i));
        }
        clear(this.body).append(...(first > 0 && !this.paper ? [space(first)] : []), ...rows, ...(last < this.rows.length && !this.paper ? [space(this.rows.length - last)] : []));
        if (focused) {
            this.focus();
        }
    }

    row(i) {
        const s = this.rows[i];
        return h('tr', {'aria-rowindex': i + 2, 'data-row': i, tabindex: i === this.active ? 0 : -1, 'aria-haspopup': 'dialog', class: i % 2 === 1 ? 'odd' : null},
            this.columns.map((column, c) => {
                const content = column.show(s);
                return h('td', {role: c === 0 ? 'rowheader' : 'gridcell', class: column.numeric ? 'number' : null}, typeof content === 'object' ? name(content.name) : content);
            }));
    }

    focus() {
        this.body.querySelector(`[data-row="${this.active}"]`)?.focus({preventScroll: true});
    }

    goTo(i) {
        if (this.rows.length === 0) {
            return;
        }
        this.body.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
        this.active = Math.max(0, Math.min(this.rows.length - 1, i));
        const head = this.head.offsetHeight;
        const top = this.active * ROW;
        const height = this.element.clientHeight - head;
        if (top < this.element.scrollTop) {
            this.element.scrollTop = top;
        } else if (top + ROW > this.element.scrollTop + height) {
            this.element.scrollTop = top + ROW - height;
        }
        this.draw();
        this.body.querySelector(`[data-row="${this.active}"]`)?.setAttribute('tabindex', '0');
        this.focus();
    }

    pressed(event) {
        if (!event.target.closest('[data-row]')) {
            return;
        }
        const page = Math.max(1, Math.floor(this.element.clientHeight / ROW) - 2);
        const to = {ArrowDown: this.active + 1, ArrowUp: this.active - 1, PageDown: this.active + page, PageUp: this.active - page, Home: 0, End: this.rows.length - 1}[event.key];
        if (to !== undefined) {
            event.preventDefault();
            this.goTo(to);
        } else if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            this.onOpen(this.rows[this.active], this.active);
        }
    }

    clicked(event) {
        const row = event.target.closest('[data-row]');
        if (row) {
            this.goTo(Number(row.dataset.row));
            this.onOpen(this.rows[this.active], this.active);
        }
    }
}
