// Apache ECharts, the parts of it that the page uses: drawn as SVG, which prints sharply and needs no canvas.
import {BarChart, CustomChart, LineChart} from 'echarts/charts';
import {GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent} from 'echarts/components';
import {init, use} from 'echarts/core';
import {SVGRenderer} from 'echarts/renderers';

use([BarChart, CustomChart, LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

export {init};
