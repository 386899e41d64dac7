import { CONCURRENCY, type ContestantName } from './contestants.mts';
import { type List, LISTS, type ListName, WEBHOOK_CONCURRENCY } from './lists.mts';
import { type MetricName, type Results, spread } from './results.mts';

/** A promise that the benchmark checks. */
export interface Threshold {
	what: string;
	value: number;
	bound: { atMost: number } | { atLeast: number };
}

/** The lists that one execution gets as a whole. */
const WHOLE_LISTS = (Object.entries(LISTS) as Array<[ListName, List]>)
	.filter(([, { isByWebhook }]) => !isByWebhook)
	.map(([name]) => name);

/** The promises, with what this run of the benchmark showed: ratios of medians, unless they say otherwise. */
export function thresholdsOf(results: Results): Threshold[] {
	const middle = (list: ListName, who: ContestantName, metric: MetricName) => spread(results, list, who, metric).median;
	const ratio = (list: ListName, metric: MetricName, to: ContestantName) =>
		middle(list, 'wawp', metric) / middle(list, to, metric);
	const mostIn = (list: ListName, metric: MetricName) => spread(results, list, 'wawp', metric).max;
	const most = (metric: MetricName) => Math.max(...WHOLE_LISTS.map((list) => mostIn(list, metric)));
	const { contacts } = LISTS.trouble;
	const inTrouble = results.trouble?.wawp ?? [];
	return [
		...(['2k', '20k'] as const).flatMap((list): Threshold[] => [
			{ what: `CPU per contact, to the floor (${list})`, value: ratio(list, 'cpu', 'floor'), bound: { atMost: 0.95 } },
			{
				what: `CPU per contact, to HTTP Request (${list})`,
				value: ratio(list, 'cpu', 'http'),
				bound: { atMost: 0.85 },
			},
			{ what: `contacts/s, to the floor (${list})`, value: ratio(list, 'perSecond', 'floor'), bound: { atLeast: 0.9 } },
			{ what: `contacts/s, to HTTP Request (${list})`, value: ratio(list, 'perSecond', 'http'), bound: { atLeast: 1 } },
		]),
		{ what: 'peak memory, to HTTP Request (20k)', value: ratio('20k', 'memory', 'http'), bound: { atMost: 0.5 } },
		{
			what: 'time per contact at 20,000, to that at 2,000',
			value: middle('2k', 'wawp', 'perSecond') / middle('20k', 'wawp', 'perSecond'),
			bound: { atMost: 1.15 },
		},
		{ what: 'connections open at once, the most seen', value: most('connections'), bound: { atMost: CONCURRENCY } },
		{ what: 'credential lookups per run, the most seen', value: most('credential'), bound: { atMost: 1 } },
		{
			what: 'requests per item, every contact five times',
			value: middle('five times', 'wawp', 'requests') / (LISTS['five times'].contacts * LISTS['five times'].times),
			bound: { atMost: 1 / LISTS['five times'].times },
		},
		{
			what: 'contacts/s, to HTTP Request (every contact five times)',
			value: ratio('five times', 'perSecond', 'http'),
			bound: { atLeast: 4 },
		},
		{
			what: 'requests per contact, 10 % of the answers 429 or 503',
			value: mostIn('trouble', 'requests') / contacts,
			bound: { atMost: 1.3 },
		},
		{
			what: 'items without an answer, 10 % 429 or 503',
			value: Math.max(...inTrouble.map(({ items, success }) => items - success)),
			bound: { atMost: 0 },
		},
		{
			what: 'items lost or doubled, on either branch, in any list',
			value: Math.max(
				...Object.values(results).flatMap(({ wawp = [] }) =>
					wawp.map(({ items, success, failed }) => Math.abs(items - success - failed)),
				),
			),
			bound: { atMost: 0 },
		},
		{
			what: 'requests for one contact, the most seen',
			value: Math.max(...inTrouble.map(({ mostPerContact }) => mostPerContact)),
			bound: { atMost: 4 },
		},
		{
			what: 'connections open at once (webhook)',
			value: mostIn('webhook', 'connections'),
			bound: { atMost: WEBHOOK_CONCURRENCY },
		},
		{
			// A few are on their way by the time that a busy process hears of the pause.
			what: 'requests sent during a pause, per lead (webhook)',
			value: mostIn('webhook', 'duringPause') / LISTS.webhook.contacts,
			bound: { atMost: 0.01 },
		},
		{
			what: 'leads that failed (webhook)',
			value: mostIn('webhook', 'failed'),
			bound: { atMost: 0 },
		},
	];
}

/** Whether a promise was kept. */
export function isKept({ value, bound }: Threshold): boolean {
	return 'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast;
}
