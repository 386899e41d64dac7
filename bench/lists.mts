import type { INodeParameters } from 'n8n-workflow';

import type { Chaos } from '../test/stand-in/chaos.mts';
import type { RateLimit } from '../test/stand-in/throttle.mts';

/** A list of leads, and how the gateway is on the day. */
export interface List {
	title: string;
	/** Distinct contacts. */
	contacts: number;
	/** How often each of them stands in the list, in turns. */
	times: number;
	/** Whether each lead has an execution of its own, all of them started at once: so they come from a webhook. */
	isByWebhook?: boolean;
	/** How many requests the gateway takes, where it has a limit. */
	rateLimit?: RateLimit;
	/** What part of the requests the gateway answers with 429 or 503, from 0 to 1. */
	trouble: number;
	/** What else goes wrong. */
	chaos?: Chaos;
	/** The number of the first contact, where it matters which it is. */
	first?: number;
	/** Options of this node, over those that the benchmark sets. */
	options?: INodeParameters;
}

/** How long the gateway takes for one answer, in milliseconds. */
export const LATENCY_MS = 20;

/** How many requests this node keeps open where each lead has an execution of its own: its default. */
export const WEBHOOK_CONCURRENCY = 5;

/** The lists of the benchmark, by their short names. */
export const LISTS = {
	'2k': { title: '2,000 contacts', contacts: 2000, times: 1, trouble: 0 },
	'20k': { title: '20,000 contacts', contacts: 20_000, times: 1, trouble: 0 },
	'five times': { title: '10,000 items, every contact five times', contacts: 2000, times: 5, trouble: 0 },
	trouble: { title: '2,000 contacts, 10 % of the answers 429 or 503', contacts: 2000, times: 1, trouble: 0.1 },
	webhook: {
		title: 'A webhook for each lead: 500 executions of one contact, ten requests a second allowed',
		contacts: 500,
		times: 1,
		trouble: 0,
		isByWebhook: true,
		rateLimit: { perSecond: 10, pauseS: 2 },
		options: { concurrency: WEBHOOK_CONCURRENCY },
	},
} satisfies Record<string, List>;

export type ListName = keyof typeof LISTS;

const FIRST_NUMBER = 4_915_100_000_000;

/** The items of a list. */
export function leadsOf({
	contacts,
	times,
	first = FIRST_NUMBER,
}: Pick<List, 'contacts' | 'times' | 'first'>): Array<{ name: string; phone: string }> {
	return Array.from({ length: contacts * times }, (_, index) => ({
		name: `Lead ${index}`,
		phone: String(first + (index % contacts)),
	}));
}
