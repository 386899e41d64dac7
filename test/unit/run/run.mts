import type { IBinaryData } from 'n8n-workflow';
import { getEventListeners } from 'node:events';

import { failure } from '../../../nodes/Wawp/failure';
import { classifyAnswer } from '../../../nodes/Wawp/gateway/classifyAnswer';
import type { Gateway } from '../../../nodes/Wawp/gateway/gateway';
import type { Query, Sent } from '../../../nodes/Wawp/gateway/request';
import { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
import { TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';
import { DEFAULT_OPTIONS, type Options } from '../../../nodes/Wawp/operation/optionFields';
import {
	type DownloadFailure,
	downloadFailureByError,
	downloadFailureByStatus,
} from '../../../nodes/Wawp/picture/downloadFailure';
import type { Pictures } from '../../../nodes/Wawp/picture/pictures';
import { lookUpAll } from '../../../nodes/Wawp/run/lookUpAll';
import type { ItemQuery, ItemResult, RefusedQuery } from '../../../nodes/Wawp/run/run';
import { ACCESS_TOKEN } from '../../stand-in/credentials.mts';
import { expectForgotten } from '../limits/forgotten.mts';
import { VirtualClock } from '../virtualClock.mts';

/** What comes of one request, and after how long; it never comes where its time is infinite. */
export type Reply = { after: number } & Sent;

/** What comes of one download, in the same way. */
export type Delivery = { after: number } & ({ file: IBinaryData } | DownloadFailure);

export function answer(statusCode: number, body: object | string = '', { after = 100, retryAfter = '' } = {}): Reply {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { after, answer: { statusCode, headers: { 'retry-after': retryAfter }, body: text } };
}

/** Stands for the ID of the contact that is asked for in a body. */
const ASKED = '{contact}';

export const picture = (name = '1.jpg', after = 100) => answer(200, { id: ASKED, url: addressOf(name) }, { after });
/** The same without an ID, as WAHA answers. */
export const unnamed = (name = '1.jpg') => answer(200, { url: addressOf(name) });
export const none = (after = 100) => answer(200, { id: ASKED, url: null }, { after });
/** No picture, if the gateway is well. */
export const hidden = (after = 100) => answer(500, { message: 'not-authorized' }, { after });
/** The same, if it is said twice. */
export const notFound = (after = 100) => answer(404, '', { after });
/** A failure of the contact's own, if the gateway is well. */
export const refused = (after = 100) => answer(400, 'No', { after });
export const unauthorized = (after = 100) => answer(401, '', { after });
/** A failure that is no contact's own, and needs no check. */
export const page = (after = 100) => answer(200, '<html><body>Sign in</body></html>', { after });
export const busy = (retryAfter = '', after = 100) => answer(503, '', { after, retryAfter });
export const limited = (retryAfter = '', after = 100) => answer(429, '', { after, retryAfter });
export const reset = (after = 100): Reply => ({ after, failure: failure('network'), isTransient: true });
export const SILENCE = reset(Infinity);

/** Each of the two requests of a check takes this long. */
export const CHECK_MS = 40;
const says = (statusCode: number, body: object = {}) => answer(statusCode, body, { after: CHECK_MS });
const NO_CONTACT_GIVEN = says(400, { code: 'missing_param' });
const inState = (status: string): [Reply, Reply] => [says(200, { name: 'x', status }), NO_CONTACT_GIVEN];

/** How the gateway can be: what it says of the session, and to a lookup without a contact. */
const STATES = {
	well: inState('WORKING'),
	stopped: inState('STOPPED'),
	starting: inState('STARTING'),
	refused: [says(401), says(401)],
	'no endpoint': [says(200, { status: 'WORKING' }), says(404)],
	unknown: [says(200, { connected: false }), NO_CONTACT_GIVEN],
	'in trouble': [says(503), NO_CONTACT_GIVEN],
	silent: [SILENCE, SILENCE],
	/** It wants a pause of an hour. */
	limited: [says(200, { status: 'WORKING' }), answer(429, '', { after: CHECK_MS, retryAfter: '3600' })],
} satisfies Record<string, [session: Reply, control: Reply]>;

export type State = keyof typeof STATES;

/** All but `well`, `limited` and those that come to nothing at once. */
export const NOT_WELL: State[] = ['stopped', 'starting', 'refused', 'no endpoint', 'unknown', 'in trouble', 'silent'];

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

/** Contacts c0, c1, ... */
export const contacts = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
/** The same replies for each. */
export const all = (items: string[], ...replies: Reply[]) => Object.fromEntries(items.map((item) => [item, replies]));

/** For runs that download nothing. */
export const NO_PICTURES: Pictures = {
	fetch: async () => await Promise.reject(new Error('Nothing was to be downloaded')),
};

type Seen = [name: string, at: number];

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
	/** How the gateway is from check to check, the last of them from then on. */
	states?: State[];
	/** From 0 up to 1: what chance says, each time. Back-offs are half their bound by default: 500 ms, 1 s, 2 s, ... */
	chance?: number;
	gateway?: Partial<Gateway>;
	pictures?: Partial<Pictures>;
}

/** Runs it in virtual time, and checks that nothing is left of it. */
export async function run(given: Given) {
	const { items, replies = {}, deliveries, options, stopsAtFailure = false, cancelAt, states = ['well'] } = given;
	const clock = new VirtualClock(given.chance);
	const limiters = new AccountLimiters(clock);
	const cancel = new AbortController();
	if (cancelAt !== undefined) void clock.later(cancelAt).then(() => cancel.abort());
	const reads: number[] = [];
	/** Lookups by their contacts, downloads by their pictures. */
	const [sent, sentLive, fetched, aborted, ended]: [Seen[], Seen[], Seen[], Seen[], Seen[]] = [[], [], [], [], []];
	/** When each check began. */
	const checks: number[] = [];
	/** When each request to the gateway began, checks among them. */
	const starts: number[] = [];
	let controls = 0;
	let open = 0;
	let mostOpen = 0;
	const onTheWire = async (name: string, after: number, signal: AbortSignal) => {
		open += 1;
		mostOpen = Math.max(mostOpen, open);
		await clock.later(after, signal);
		open -= 1;
		ended.push([name, clock.now()]);
		if (signal.aborted) aborted.push([name, clock.now()]);
	};
	const send: Gateway['send'] = async (request, { controller: { signal } }) => {
		let contactId = '';
		let reply: Reply;
		starts.push(clock.now());
		if (request.kind === 'lookup') {
			contactId = request.contactId;
			const earlier = sent.filter(([other]) => other === contactId).length;
			reply = nth(replies[contactId] ?? [picture(`${contactId}.jpg`)], earlier);
			sent.push([contactId, clock.now()]);
			if (request.refresh) sentLive.push([contactId, clock.now()]);
		} else if (request.kind === 'session info') {
			[reply] = STATES[nth(states, checks.length)];
			checks.push(clock.now());
		} else {
			[, reply] = STATES[nth(states, controls)];
			controls += 1;
		}
		await onTheWire(contactId || request.kind, reply.after, signal);
		if (!signal.aborted) return named(reply, contactId);
		return { failure: failure(signal.reason === TIMED_OUT ? 'timeout' : 'network'), isTransient: true };
	};
	const lookedUp = await clock.finish(
		lookUpAll({
			itemCount: items.length,
			read: (itemIndex) => {
				reads.push(itemIndex);
				const item = items[itemIndex] as Given['items'][number];
				const query = typeof item === 'string' ? { contactId: item, refresh: false } : item;
				if ('failure' in query) return query;
				const downloadPicture = deliveries !== undefined;
				return { downloadPicture, failsWithoutPicture: options?.noPicture === 'error', ...query };
			},
			options: { ...DEFAULT_OPTIONS, requestsPerMinute: 0, ...options },
			limiters,
			gateway: {
				accountId: 'account',
				send,
				classifyAnswer: (reply, contactId) =>
					classifyAnswer(reply, { contactId, accessToken: ACCESS_TOKEN, now: clock.now() }),
				...given.gateway,
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
				...given.pictures,
			},
			stopsAtFailure,
			cancel: cancel.signal,
			clock,
		}),
	);
	const seen = { reads, starts, sent, sentLive, checks, fetched, ended, aborted, mostOpen, endedAt: clock.now() };
	expect(getEventListeners(cancel.signal, 'abort')).toHaveLength(0);
	// Only what the account is remembered for may be waited for now.
	expect(clock.sleeping).toBe(limiters.size);
	await expectForgotten(limiters, clock);
	return { ...lookedUp, told: lookedUp.results.map(told), ...seen };
}

/** A run that downloads the pictures that it finds. */
export const download = async (given: Given) => await run({ deliveries: {}, ...given });

function named(reply: Reply, contactId: string): Sent {
	if (!('answer' in reply)) {
		const { failure: why, isTransient } = reply;
		return { failure: why, ...(isTransient && { isTransient }) };
	}
	return { answer: { ...reply.answer, body: reply.answer.body.replaceAll(ASKED, contactId) } };
}

function nth<Some>(list: Some[], index: number): Some {
	return list[Math.min(index, list.length - 1)] as Some;
}

export function told(result: ItemResult | undefined): string | undefined {
	return result?.outcome.kind === 'failure' ? result.outcome.failure.reason : result?.outcome.kind;
}
