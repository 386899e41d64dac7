import type { IBinaryData } from 'n8n-workflow';
import { getEventListeners } from 'node:events';

import { failure, type Failure } from '../../../nodes/Wawp/failure';
import { classifyAnswer, type Answer } from '../../../nodes/Wawp/gateway/classifyAnswer';
import type { Gateway } from '../../../nodes/Wawp/gateway/gateway';
import { TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';
import type { Query } from '../../../nodes/Wawp/gateway/request';
import { DEFAULT_OPTIONS, type Options } from '../../../nodes/Wawp/operation/optionFields';
import {
	type DownloadFailure,
	downloadFailureByError,
	downloadFailureByStatus,
} from '../../../nodes/Wawp/picture/downloadFailure';
import type { Pictures } from '../../../nodes/Wawp/picture/pictures';
import type { ItemQuery, ItemResult, RefusedQuery } from '../../../nodes/Wawp/run/itemResult';
import { lookUpAll } from '../../../nodes/Wawp/run/lookUpAll';
import { VirtualClock } from '../virtualClock.mts';

/** What comes of one request, and after how long; it never comes where its time is infinite. */
export type Reply = { after: number } & ({ answer: Answer } | { failure: Failure });

/** What comes of one download, in the same way. */
export type Delivery = { after: number } & ({ file: IBinaryData } | DownloadFailure);

export function answer(statusCode: number, { after = 100, body = '', retryAfter = '' } = {}): Reply {
	return { after, answer: { statusCode, headers: { 'retry-after': retryAfter }, body } };
}

export const picture = (after = 100, name = '1.jpg') =>
	answer(200, { after, body: JSON.stringify({ url: addressOf(name) }) });
export const disconnected = (after = 100) => answer(404, { after, body: '{"code":"invalid_session"}' });
export const reset = (after = 100): Reply => ({ after, failure: failure('network') });
export const SILENCE = reset(Infinity);

export const addressOf = (name: string) => `https://pps.whatsapp.net/${name}`;
export const fileOf = (name: string): IBinaryData => ({ data: name, mimeType: 'image/jpeg' });

export const delivered = (name: string, after = 100): Delivery => ({ after, file: fileOf(name) });
export const denied = (statusCode: number, { after = 100, retryAfter = '' } = {}): Delivery => ({
	after,
	...downloadFailureByStatus(statusCode, { 'retry-after': retryAfter }, 0),
});
export const torn = (after = 100): Delivery => ({ after, ...downloadFailureByError(undefined, 0, false) });
export const NEVER = torn(Infinity);

export const live = (contactId: string): Query => ({ contactId, refresh: true });
export const NO_CONTACT: RefusedQuery = { contactId: 'Ada', failure: failure('invalid-contact-id') };

/** For runs that download nothing. */
export const NO_PICTURES: Pictures = {
	hasExpired: () => false,
	fetch: async () => await Promise.reject(new Error('Nothing was to be downloaded')),
};

type Sent = [contactId: string, at: number];

export interface Given {
	/** What the items ask for; a string is a contact without refresh. What is left out is as the options say. */
	items: Array<string | Query | ItemQuery | RefusedQuery>;
	/** The replies for each contact, the last of them for all that follow; without any, a picture by its name. */
	replies?: Record<string, Reply[]>;
	/** The same for each picture; without any, its file. Where it is absent altogether, nothing is downloaded. */
	deliveries?: Record<string, Delivery[]>;
	options?: Partial<Options>;
	stopsAtFailure?: boolean;
	cancelAt?: number;
	gateway?: Partial<Gateway>;
	pictures?: Partial<Pictures>;
}

/** Runs it, with back-offs of half their bound: 500 ms, 1 s, 2 s, ... What ends in "expired" says that it is. */
export async function run({
	items,
	replies = {},
	deliveries,
	options,
	stopsAtFailure = false,
	cancelAt,
	gateway,
	pictures,
}: Given) {
	const clock = new VirtualClock(0.5);
	const cancel = new AbortController();
	if (cancelAt !== undefined) void clock.later(cancelAt).then(() => cancel.abort());
	const reads: Array<[itemIndex: number, at: number]> = [];
	const sent: Sent[] = [];
	const sentLive: Sent[] = [];
	const fetched: Array<[name: string, at: number]> = [];
	const aborted: Array<[contactIdOrName: string, at: number]> = [];
	/** Where it ended by itself, or was aborted. */
	const ended: Array<[contactIdOrName: string, at: number]> = [];
	let open = 0;
	let mostOpen = 0;
	/** Something on the wire; the reason of its signal where that fired first. */
	const onTheWire = async (name: string, after: number, signal: AbortSignal) => {
		open += 1;
		mostOpen = Math.max(mostOpen, open);
		await clock.later(after, signal);
		open -= 1;
		ended.push([name, clock.now()]);
		if (signal.aborted) aborted.push([name, clock.now()]);
	};
	const lookedUp = await clock.finish(
		lookUpAll({
			itemCount: items.length,
			read: (itemIndex) => {
				reads.push([itemIndex, clock.now()]);
				const item = items[itemIndex] as Given['items'][number];
				const query = typeof item === 'string' ? { contactId: item, refresh: false } : item;
				if ('failure' in query) return query;
				const downloadPicture = deliveries !== undefined;
				return { downloadPicture, failsWithoutPicture: options?.noPicture === 'error', ...query };
			},
			options: { ...DEFAULT_OPTIONS, ...options },
			gateway: {
				ask: async ({ contactId, refresh }, { signal }) => {
					const earlier = sent.filter(([other]) => other === contactId).length;
					const { after, ...reply } = nth(replies[contactId] ?? [picture(100, `${contactId}.jpg`)], earlier);
					sent.push([contactId, clock.now()]);
					if (refresh) sentLive.push([contactId, clock.now()]);
					await onTheWire(contactId, after, signal);
					if (!signal.aborted) return reply;
					return { failure: failure(signal.reason === TIMED_OUT ? 'timeout' : 'network') };
				},
				classifyAnswer: (given, contactId, credentialHasWorked) =>
					classifyAnswer(given, { contactId, credentialHasWorked, accessToken: 'tok-8f3a1c', now: 0 }),
				...gateway,
			},
			pictures: {
				hasExpired: (url) => url.endsWith('expired'),
				fetch: async ({ url }, signal) => {
					const name = url.slice(addressOf('').length);
					const earlier = fetched.filter(([other]) => other === name).length;
					const { after, ...delivery } = nth(deliveries?.[name] ?? [delivered(name)], earlier);
					fetched.push([name, clock.now()]);
					await onTheWire(name, after, signal);
					return signal.aborted ? downloadFailureByError(undefined, 0, signal.reason === TIMED_OUT) : delivery;
				},
				...pictures,
			},
			stopsAtFailure,
			cancel: cancel.signal,
			clock,
		}),
	);
	expect(clock.sleeping).toBe(0);
	expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(0);
	const seen = { reads, sent, sentLive, fetched, ended, aborted, mostOpen, endedAt: clock.now() };
	return { ...lookedUp, told: lookedUp.results.map(told), ...seen };
}

/** A run that downloads the pictures that it finds. */
export const download = async (given: Given) => await run({ deliveries: {}, ...given });

function nth<Some>(list: Some[], index: number): Some {
	return list[Math.min(index, list.length - 1)] as Some;
}

export function told(result: ItemResult | undefined): string | undefined {
	return result?.outcome.kind === 'failure' ? result.outcome.failure.reason : result?.outcome.kind;
}
