// What can turn out otherwise: simulations, and inputs that were varied.
import {gapsChart, histogramChart, likelihoodChart} from '../charts/distribution.js';
import {sweepChart} from '../charts/sweep.js';
import {thresholdChart} from '../charts/threshold.js';
import {tornadoChart} from '../charts/tornado.js';
import {h} from '../dom/element.js';
import {simpleTable} from '../dom/simple_table.js';
import {section, side} from './section.js';

const ROWS = 50;

export function risk(page) {
    const {simulation, tornados, thresholds, sweeps} = page.data.results;
    return section(page, 'risk',
        simulation && side(histogramChart(page), likelihoodChart(page)),
        simulation && gapsChart(page),
        tornados.map((each, i) => tornadoChart(page, each, i)),
        thresholds.map((each, i) => thresholdChart(page, each, i)),
        sweeps.map((each, i) => sweepChart(page, each, i) ?? sweepTable(page, each)));
}

function sweepTable(page, sweep) {
    const {text, format} = page;
    const columns = sweep.columns.map((title) => ({title, numeric: !['strategy', 'feasible', 'sweep'].includes(title)}));
    return h('details', {class: 'plain'},
        h('summary', null, text.t('sweep_table', {file: page.short(sweep.name, 60), n: sweep.row_count, count: format.whole(sweep.row_count)})),
        simpleTable(columns, sweep.rows.slice(0, ROWS)),
        sweep.row_count > ROWS && h('p', {class: 'note'}, text.t('first_rows', {count: format.whole(ROWS)})));
}
