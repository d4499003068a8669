// A chart with its title, its key, and its numbers as a table for those who do not see it. It is drawn when it comes
// near the window, and the table is built when it is opened: what nobody looks at costs nothing.
import {clear, h, newId} from '../dom/element.js';
import {simpleTable} from '../dom/simple_table.js';
import {init} from './library.js';
import {FONT} from './look.js';

// Of A4 within the margins of style/paper.css, whole and for two charts side by side.
const PAPER_WIDTH = 690;
const HALF_PAPER = 325;
// How much lower and higher than on the screen a chart may be on paper, to fill a page.
const LOWEST = 0.7;
const HIGHEST = 1.35;

// All charts of the page, so that they can be drawn for paper and thrown away with it.
export class Charts {
    // root: what scrolls them, if it is not the window.
    constructor(root = null) {
        this.all = new Set();
        this.near = new IntersectionObserver((entries) => entries.forEach((entry) => {
            if (entry.isIntersecting) {
                entry.target.draw();
            }
        }), {root, rootMargin: '400px'});
        this.sizes = new ResizeObserver((entries) => entries.forEach((entry) => entry.target.fit()));
    }

    add(plot) {
        this.all.add(plot);
        this.near.observe(plot);
        this.sizes.observe(plot);
    }

    drawForPaper() {
        this.all.forEach((plot) => {
            if (plot.isConnected) {
                plot.onPaper();
            }
        });
    }

    fitAgain() {
        this.all.forEach((plot) => plot.onScreen());
    }

    dispose() {
        this.near.disconnect();
        this.sizes.disconnect();
        this.all.forEach((plot) => plot.forget());
        this.all.clear();
    }
}

// what: {name, title, says (one sentence), height or () => height, option: () => ECharts option,
//        table: () => ({columns, rows}), key: element, controls: element, note: element below it,
//        give: (height) => the height that is taken of it, for a chart of rows; rigid: one that has only its own}.
// The figure has update(), which draws anew.
export function figure(page, what) {
    const {text} = page;
    const titleId = newId('chart');
    const usual = () => (typeof what.height === 'function' ? what.height() : what.height ?? 280);
    let given = null; // on paper
    const height = () => given ?? usual();
    const plot = h('div', {class: 'plot', role: 'img', 'aria-label': [what.title, what.says].filter(Boolean).join('. '), style: {height: `${height()}px`}});
    let chart = null;

    plot.draw = (width) => {
        if (chart === null) {
            chart = init(plot, null, {renderer: 'svg', width: width ?? (plot.clientWidth || PAPER_WIDTH), height: height()});
            set();
        }
    };
    plot.fit = (width) => {
        if (chart !== null) {
            const wanted = width ?? plot.clientWidth;
            if (wanted > 0 && (chart.getWidth() !== wanted || chart.getHeight() !== height())) {
                chart.resize({width: wanted, height: height()});
                set();
            }
        }
    };
    plot.onPaper = () => {
        const width = plot.closest('.side-by-side') ? HALF_PAPER : PAPER_WIDTH;
        plot.draw(width);
        plot.fit(width);
    };
    // How much it can give away or take when a page is filled, and that it does: less or more than its usual height.
    plot.range = () => (what.rigid ? [0, 0] : [(LOWEST - 1) * usual(), (HIGHEST - 1) * usual()]);
    plot.grow = (by) => {
        const wanted = Math.round(usual() + by);
        given = what.give ? what.give(wanted) : wanted;
        plot.style.setProperty('height', `${given}px`);
    };
    plot.onScreen = () => {
        what.give?.(null);
        given = null;
        plot.style.setProperty('height', `${height()}px`);
        plot.fit();
    };
    plot.forget = () => chart?.dispose();

    function set() {
        const option = what.option(chart.getWidth());
        chart.setOption({animation: false, useUTC: true, backgroundColor: 'transparent', textStyle: {fontFamily: FONT, color: 'var(--ink-2)'}, ...option}, {notMerge: true});
        chart.getZr().flush();
        element.dataset.drawn = 'yes';
    }

    const holder = h('div');
    const alternative = h('details', {class: 'alternative', ontoggle: () => fill()}, h('summary', null, text.t('as_table')), holder);
    function fill() {
        if (alternative.open && holder.childElementCount === 0) {
            const {columns, rows} = what.table();
            holder.append(simpleTable(columns, rows, {caption: what.title}));
        }
    }

    const element = h('figure', {class: 'chart', 'data-chart': what.name, 'aria-labelledby': titleId},
        h('figcaption', null, h('h3', {id: titleId}, what.title), what.says && h('p', null, what.says)),
        what.controls, what.key, plot, what.note, alternative);
    element.update = () => {
        clear(holder);
        fill();
        plot.style.setProperty('height', `${height()}px`);
        if (chart !== null) {
            chart.resize({width: plot.clientWidth || PAPER_WIDTH, height: height()});
            set();
        }
    };
    page.charts.add(plot);
    return element;
}
