// When things happen.
import {finishingChart} from '../charts/finishing.js';
import {ganttChart} from '../charts/gantt.js';
import {loadChart} from '../charts/load.js';
import {section} from './section.js';

export function time(page) {
    return section(page, 'time', ganttChart(page), loadChart(page), finishingChart(page));
}
