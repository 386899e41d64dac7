import { cpus, totalmem, type } from 'node:os';

import { markdownTable, today } from '../scripts/markdown.mts';
import { PANELS } from './plot.mts';
import { type Threshold, isKept } from './thresholds.mts';
import { CONTESTANT_NAMES, CONTESTANTS, type ContestantName } from './contestants.mts';
import { LISTS, type ListName } from './lists.mts';
import { contestantsOf, type MetricName, METRICS, metricsOf, type Results, spread } from './results.mts';

/** On what, when and how often it was measured. */
export function circumstances(rounds: number, nodeVersion: string, n8nVersion: string): string {
	const [cpu] = cpus();
	const machine = `${cpus().length} cores of ${cpu?.model.trim() ?? 'an unknown processor'}`;
	const memory = `${Math.round(totalmem() / 2 ** 30)} GB of memory`;
	return `${today()}, ${machine}, ${memory}, ${type()}, Node.js ${nodeVersion}, the engine of n8n ${n8nVersion}; medians of ${rounds} rounds`;
}

/** What the summary has besides what the plot shows. */
const WEBHOOK = {
	title: '500 leads by webhook, ten requests a second: items that failed',
	list: 'webhook',
	metric: 'failed',
} as const;

/** The medians that the plot shows, and one more, as a Markdown table for docs/benchmark.md. */
export function summary(results: Results): string {
	const rows = [...PANELS, WEBHOOK].map(({ title, list, metric }) => [
		title,
		...CONTESTANT_NAMES.map((who) => {
			const isThere = contestantsOf(LISTS[list]).includes(who);
			return isThere ? Math.round(spread(results, list, who, metric).median).toLocaleString('en') : '';
		}),
	]);
	return markdownTable(['', ...CONTESTANT_NAMES.map((who) => CONTESTANTS[who])], rows);
}

/** A Markdown table per list: medians, the least and the most, and the ratio to the HTTP Request node. */
export function tables(results: Results): string {
	return (Object.keys(results) as ListName[])
		.map((list) => `**${LISTS[list].title}**\n\n${table(results, list)}`)
		.join('\n\n');
}

function table(results: Results, list: ListName): string {
	const metrics = metricsOf(LISTS[list]);
	const rows = contestantsOf(LISTS[list]).map((who) => [
		CONTESTANTS[who],
		...metrics.map((metric) => cell(results, list, who, metric)),
	]);
	return markdownTable(['', ...metrics.map((metric) => METRICS[metric].title)], rows);
}

function cell(results: Results, list: ListName, who: ContestantName, metric: MetricName): string {
	const { median, min, max } = spread(results, list, who, metric);
	const show = (value: number) =>
		value.toLocaleString('en', {
			minimumFractionDigits: METRICS[metric].digits,
			maximumFractionDigits: METRICS[metric].digits,
		});
	const apart = show(min) === show(max) ? '' : ` (${show(min)}–${show(max)})`;
	const http = results[list]?.http ? spread(results, list, 'http', metric).median : 0;
	const ratio = http === 0 || who === 'http' ? '' : ` ×${twoDigits(median / http)}`;
	return `${show(median)}${apart}${ratio}`;
}

function twoDigits(ratio: number): string {
	return ratio >= 0.1 ? ratio.toFixed(2) : ratio.toLocaleString('en', { maximumSignificantDigits: 2 });
}

/** The promises as a Markdown table. */
export function thresholdsTable(thresholds: Threshold[]): string {
	const rows = thresholds.map((bound) => [
		bound.what,
		Number(bound.value.toFixed(3)).toLocaleString('en'),
		'atMost' in bound.bound ? `at most ${bound.bound.atMost}` : `at least ${bound.bound.atLeast}`,
		isKept(bound) ? 'kept' : '**not kept**',
	]);
	return markdownTable(['promise', 'measured', 'bound', ''], rows);
}
