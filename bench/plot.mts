import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

import { CONTESTANTS, CONTESTANT_NAMES } from './contestants.mts';
import type { ListName } from './lists.mts';
import { type MetricName, type Results, spread } from './results.mts';

/** What the plot in docs/benchmark.md shows: a panel each, with a bar per contestant. */
export const PANELS: Array<{ title: string; list: ListName; metric: MetricName }> = [
	{ title: '20,000 contacts: contacts per second', list: '20k', metric: 'perSecond' },
	{ title: '20,000 contacts: peak memory, MB', list: '20k', metric: 'memory' },
	{ title: 'Every contact five times: contacts per second', list: 'five times', metric: 'perSecond' },
	{ title: '2,000 contacts, 10 % of the answers 429 or 503: items that failed', list: 'trouble', metric: 'failed' },
];

const INK = { light: '#24292f', dark: '#e6edf3' };
const OURS = '#25a35a';
const OTHERS = '#8b949e';

/** Draws the plot as SVG, on no background of its own. */
export async function plot(results: Results, theme: 'light' | 'dark'): Promise<string> {
	const ink = INK[theme];
	const spec: TopLevelSpec = {
		$schema: 'https://vega.github.io/schema/vega-lite/v6.json',
		background: 'transparent',
		columns: 2,
		spacing: 28,
		concat: PANELS.map(({ title, list, metric }) => ({
			title: { text: title, anchor: 'start' },
			width: 260,
			height: { step: 24 },
			data: {
				values: CONTESTANT_NAMES.map((who) => ({
					who: CONTESTANTS[who],
					isOurs: who === 'wawp',
					...spread(results, list, who, metric),
				})),
			},
			encoding: {
				y: { field: 'who', type: 'nominal', sort: null, axis: { title: null, labelLimit: 400, ticks: false } },
			},
			layer: [
				{
					mark: { type: 'bar', height: 14 },
					encoding: {
						x: { field: 'median', type: 'quantitative', axis: { title: null, tickCount: 4, format: ',d' } },
						color: {
							field: 'isOurs',
							type: 'nominal',
							scale: { domain: [true, false], range: [OURS, OTHERS] },
							legend: null,
						},
					},
				},
				{
					mark: { type: 'rule', color: ink },
					encoding: { x: { field: 'min', type: 'quantitative' }, x2: { field: 'max' } },
				},
			],
		})),
		config: {
			font: 'system-ui, sans-serif',
			view: { stroke: null },
			axis: {
				labelColor: ink,
				domainColor: ink,
				tickColor: ink,
				gridOpacity: 0.25,
				labelFontSize: 12,
				labelLimit: 400,
			},
			title: { color: ink, fontSize: 13 },
		},
	};
	return await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
}
