import type { IBinaryData } from 'n8n-workflow';
import { getEventListeners } from 'node:events';

import { failure, type Failure } from '../../../nodes/Wawp/failure';
import { classifyAnswer, type Answer } from '../../../nodes/Wawp/gateway/classifyAnswer';
import type { SessionState } from '../../../nodes/Wawp/gateway/classifySession';
import type { Gateway } from '../../../nodes/Wawp/gateway/gateway';
import { TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';
import { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
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
import { expectForgotten } from '../limits/forgotten.mts';
import { VirtualClock } from '../virtualClock.mts';

/** What comes of one request, and after how long; it never comes where its time is infinite. */
export type Reply = { after: number } & ({ answer: Answer } | { failure: Failure });

/** What comes of one download, in the same way. */
export type Delivery = { after: number } & ({ file: IBinaryData } | DownloadFailure);

export function answer(statusCode: number, { after = 100, body = '', retryAfter = '' } = {}): Reply {
	return { after, answer: { statusCode, headers: { 'retry-after': retryAfter }, body } };
}

/** What stands for the ID of the contact that is asked for in a body. */
const ASKED = '{contact}';

export const picture = (after = 100, name = '1.jpg') =>
	answer(200, { after, body: JSON.stringify({ id: ASKED, url: addressOf(name) }) });
/** The same without an ID, as WAHA answers. */
export const unnamed = (name = '1.jpg') => answer(200, { body: JSON.stringify({ url: addressOf(name) }) });
export const none = (after = 100) => answer(404, { after, body: '{"message":"No profile picture"}' });
/** What can be a hidden photo, or a dead credential. */
export const unclear = (after = 100) => answer(401, { after });
/** What says that the credential is dead. */
export const refused = (after = 100) => answer(401, { after, body: '{"message":"Invalid or Missing Access Token"}' });
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
	fetch: async () => await Promise.reject(new Error('Nothing was to be downloaded')),
};

/** How long the gateway takes to say how the session is. */
export const SESSION_MS = 40;
export const WORKS: SessionState = { kind: 'works' };
export const UNKNOWN: SessionState = { kind: 'unknown' };
export const DEAD: SessionState = { kind: 'failure', failure: failure('credential-invalid') };
export const DISCONNECTED: SessionState = { kind: 'failure', failure: failure('session-disconnected') };
export const STARTING: SessionState = { kind: 'failure', failure: failure('temporarily-unavailable') };

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
	/** What the gateway says of the session each time that it is asked for it, the last of them from then on. */
	sessions?: SessionState[];
	gateway?: Partial<Gateway>;
	pictures?: Partial<Pictures>;
}

/** Runs it, with back-offs of half their bound: 500 ms, 1 s, 2 s, ... */
export async function run({
	items,
	replies = {},
	deliveries,
	options,
	stopsAtFailure = false,
	cancelAt,
	sessions = [WORKS],
	gateway,
	pictures,
}: Given) {
	const clock = new VirtualClock(0.5);
	const limiters = new AccountLimiters(clock);
	const cancel = new AbortController();
	if (cancelAt !== undefined) void clock.later(cancelAt).then(() => cancel.abort());
	const reads: Array<[itemIndex: number, at: number]> = [];
	const sent: Sent[] = [];
	const sentLive: Sent[] = [];
	/** When it was asked for the state of the session. */
	const asked: number[] = [];
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
			options: { ...DEFAULT_OPTIONS, requestsPerMinute: 0, ...options },
			limiters,
			gateway: {
				instanceId: 'instance',
				ask: async ({ contactId, refresh }, { controller: { signal } }) => {
					const earlier = sent.filter(([other]) => other === contactId).length;
					const { after, ...reply } = nth(replies[contactId] ?? [picture(100, `${contactId}.jpg`)], earlier);
					sent.push([contactId, clock.now()]);
					if (refresh) sentLive.push([contactId, clock.now()]);
					await onTheWire(contactId, after, signal);
					if (!signal.aborted) return named(reply, contactId);
					return { failure: failure(signal.reason === TIMED_OUT ? 'timeout' : 'network') };
				},
				classifyAnswer: (given, contactId) => classifyAnswer(given, { contactId, accessToken: 'tok-8f3a1c', now: 0 }),
				askForSession: async (send) => {
					const state = nth(sessions, asked.length);
					const reply = await send(async ({ controller: { signal } }) => {
						asked.push(clock.now());
						await onTheWire('session', SESSION_MS, signal);
						return { failure: failure('network') };
					});
					return reply ? state : { kind: 'unknown' };
				},
				timeOfDay: () => 0,
				...gateway,
			},
			pictures: {
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
	const seen = { reads, sent, sentLive, asked, fetched, ended, aborted, mostOpen, endedAt: clock.now() };
	expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(0);
	// Only what the instance is remembered for may be waited for now.
	expect(clock.sleeping).toBe(limiters.size);
	await expectForgotten(limiters, clock);
	return { ...lookedUp, told: lookedUp.results.map(told), ...seen };
}

function named<Some extends { answer: Answer } | { failure: Failure }>(reply: Some, contactId: string): Some {
	if (!('answer' in reply)) return reply;
	return { ...reply, answer: { ...reply.answer, body: reply.answer.body.replace(ASKED, contactId) } };
}

/** A run that downloads the pictures that it finds. */
export const download = async (given: Given) => await run({ deliveries: {}, ...given });

function nth<Some>(list: Some[], index: number): Some {
	return list[Math.min(index, list.length - 1)] as Some;
}

export function told(result: ItemResult | undefined): string | undefined {
	return result?.outcome.kind === 'failure' ? result.outcome.failure.reason : result?.outcome.kind;
}
