// Paper: charts are drawn at its width, long tables give way to their first rows, and charts are made a little lower or
// higher so that pages are full.
const ROOT = document.documentElement;
// The shorter of A4 and Letter within the margins of style/paper.css, less a little for what another browser does.
const PAGE = 925;

export function listenForPaper(page) {
    const before = () => {
        if (ROOT.dataset.paper) {
            return;
        }
        ROOT.dataset.paper = 'yes';
        page.onPaper.forEach((call) => call(true));
        fillPages();
        page.charts.drawForPaper();
    };
    const after = () => {
        delete ROOT.dataset.paper;
        document.querySelectorAll('.next-page').forEach((each) => each.classList.remove('next-page'));
        page.onPaper.forEach((call) => call(false));
        page.charts.fitAgain();
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
        window.removeEventListener('beforeprint', before);
        window.removeEventListener('afterprint', after);
        delete ROOT.dataset.paper;
    };
}

// What stays together on a page, in order, up to the last chart: {element, top, bottom, plots, least, most}.
function pieces() {
    const found = [];
    const start = document.getElementById('page').getBoundingClientRect().top;
    let opening = document.querySelector('.page-head');
    for (const section of document.querySelectorAll('main > section')) {
        opening ??= section;
        for (const element of section.children) {
            const box = element.getBoundingClientRect();
            if (box.height === 0 || element.matches('.section-head, .kicker, .headline')) {
                continue;
            }
            const first = opening ?? element;
            const plots = [...element.querySelectorAll('.plot')];
            // Charts side by side are one height.
            const ranges = plots.map((plot) => plot.range());
            found.push({
                element: opening?.matches('section') ? opening : element,
                top: first.getBoundingClientRect().top - start,
                bottom: box.bottom - start,
                plots,
                least: ranges.length === 0 ? 0 : Math.max(...ranges.map(([least]) => least)),
                most: ranges.length === 0 ? 0 : Math.min(...ranges.map(([, most]) => most)),
            });
            opening = null;
        }
        opening = null;
    }
    return found.slice(0, found.findLastIndex(({plots}) => plots.length > 0) + 1);
}

// From top to bottom: what does not fit into the rest of a page comes onto it if the charts there can be made lower for
// it; else the page ends before it, and its charts take what is left.
function fillPages() {
    const all = pieces();
    let begin = 0;
    const height = (to) => all[to - 1].bottom - all[begin].top;
    const sum = (to, key) => all.slice(begin, to).reduce((total, each) => total + each[key], 0);
    // Each chart gives or takes its share of what the page lacks or has left.
    const settle = (to) => {
        const spare = PAGE - height(to);
        const key = spare < 0 ? 'least' : 'most';
        const room = sum(to, key);
        const share = room === 0 ? 0 : Math.min(1, spare / room);
        all.slice(begin, to).forEach((each) => each.plots.forEach((plot) => plot.grow(share * each[key])));
        begin = to;
    };
    for (let end = 1; end <= all.length; end += 1) {
        if (end - begin > 1 && height(end) + sum(end, 'least') > PAGE) {
            settle(end - 1);
            all[begin].element.classList.add('next-page');
        }
    }
    // What follows the last chart goes on below it.
    if (height(all.length) > PAGE) {
        settle(all.length);
    }
}
