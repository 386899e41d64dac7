import { max, median, min } from 'd3-array';

import { CONTESTANT_NAMES, type ContestantName, WEBHOOK_CONTESTANTS } from './contestants.mts';
import { type List, LISTS, type ListName } from './lists.mts';
import type { Sample } from './measure.mts';

/** All samples of a run of the benchmark. */
export type Results = Partial<Record<ListName, Partial<Record<ContestantName, Sample[]>>>>;

/** What is compared, each as a number per sample. */
export const METRICS = {
	perSecond: { title: 'contacts/s', digits: 0, of: ({ items, seconds }: Sample) => items / seconds },
	cpu: { title: 'CPU per contact, ms', digits: 2, of: ({ items, cpuMs }: Sample) => cpuMs / items },
	handshakes: { title: 'full TLS handshakes', digits: 0, of: ({ fullHandshakes }: Sample) => fullHandshakes },
	memory: { title: 'peak memory, MB', digits: 0, of: ({ peakMb }: Sample) => peakMb },
	connections: { title: 'connections open', digits: 0, of: ({ mostConnections }: Sample) => mostConnections },
	credential: { title: 'credential lookups', digits: 0, of: (sample: Sample) => sample.credentialLookUps },
	requests: { title: 'requests sent', digits: 0, of: ({ requests }: Sample) => requests },
	success: { title: 'items with an answer', digits: 0, of: ({ success }: Sample) => success },
	failed: { title: 'items on the error branch', digits: 0, of: ({ failed }: Sample) => failed },
	answeredPerSecond: {
		title: 'answered contacts/s',
		digits: 1,
		of: ({ success, seconds }: Sample) => success / seconds,
	},
	refused: { title: 'answered with 429', digits: 0, of: ({ refused }: Sample) => refused },
	duringPause: { title: 'sent during a pause', digits: 0, of: ({ duringPause }: Sample) => duringPause },
} satisfies Record<string, { title: string; digits: number; of: (sample: Sample) => number }>;

export type MetricName = keyof typeof METRICS;

/** What is compared over a list that is handed over as a whole. */
const OF_A_LIST: MetricName[] = [
	'perSecond',
	'cpu',
	'handshakes',
	'memory',
	'connections',
	'credential',
	'requests',
	'success',
	'failed',
];

/** What is compared where each lead has an execution of its own. */
const BY_WEBHOOK: MetricName[] = ['answeredPerSecond', 'connections', 'requests', 'refused', 'duringPause', 'failed'];

/** What is compared over a list. */
export function metricsOf({ isByWebhook }: List): MetricName[] {
	return isByWebhook ? BY_WEBHOOK : OF_A_LIST;
}

/** Who looks a list up. */
export function contestantsOf({ isByWebhook }: List): ContestantName[] {
	return isByWebhook ? WEBHOOK_CONTESTANTS : CONTESTANT_NAMES;
}

/** The middle of several samples, and how far they lie apart. */
export interface Spread {
	median: number;
	min: number;
	max: number;
}

/** @throws {Error} where that contestant did not run over that list */
export function spread(results: Results, list: ListName, contestant: ContestantName, metric: MetricName): Spread {
	const values = results[list]?.[contestant]?.map(METRICS[metric].of) ?? [];
	const [middle, least, most] = [median(values), min(values), max(values)];
	if (middle === undefined || least === undefined || most === undefined) {
		throw new Error(`${contestant} has no samples for ${LISTS[list].title}`);
	}
	return { median: middle, min: least, max: most };
}
