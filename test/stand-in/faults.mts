import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import type { Reason } from '../../nodes/Wawp/failure.ts';
import type { Behaviour } from './behaviours.mts';
import { ACCESS_TOKEN } from './credentials.mts';

/** A way in which an answer can be hostile or broken. */
export interface Fault {
	/**
	 * What it has to lead to: the answer that it disguises, being asked again, or the item's failure. Where it is asked again and no
	 * attempt is left, the item fails as `reason`.
	 */
	leadsTo: 'answer' | 'again' | 'failure';
	/** Absent where it leads to the answer. */
	reason?: Reason;
	/** How often it is met beside the others; 1 where it is missing. Less for what costs time. */
	weight?: number;
	/** @param good the answer that would have been right, as JSON */
	does: (good: string) => Behaviour;
}

const MB = 1024 ** 2;
const JSON_TYPE = 'application/json';

const json = (body: string | Buffer, headers?: Record<string, string>): Behaviour => ({
	status: 200,
	type: JSON_TYPE,
	...(headers && { headers }),
	body,
});
const raw = (head: string[], body = ''): Behaviour => ({ raw: `${head.join('\r\n')}\r\n\r\n${body}` });
const redirect = (location: string): Fault => ({
	leadsTo: 'failure',
	reason: 'unexpected-response',
	does: () => ({ status: 302, headers: { location }, body: '' }),
});
const rateLimit = (retryAfter: string): Fault => ({
	leadsTo: 'again',
	reason: 'rate-limited',
	// Each holds the whole run back for a second.
	weight: 0.02,
	does: () => ({ status: 429, headers: { 'retry-after': retryAfter }, body: 'Too many requests' }),
});
const network = (does: Fault['does']): Fault => ({ leadsTo: 'again', reason: 'network', does });
const unexpected = (does: Fault['does'], weight = 1): Fault => ({
	leadsTo: 'failure',
	reason: 'unexpected-response',
	weight,
	does,
});
const slow = (does: Fault['does']): Fault => ({ leadsTo: 'again', reason: 'timeout', weight: 0.1, does });
const answer = (does: Fault['does'], weight = 1): Fault => ({ leadsTo: 'answer', weight, does });

/** A hundred megabytes that begin and end as an answer does, and repeat the token all over. */
function* hugeAnswer(): Generator<Buffer> {
	yield Buffer.from('{"id":"1","url":"https://pps.whatsapp.net/');
	const piece = Buffer.from(ACCESS_TOKEN.repeat(MB / ACCESS_TOKEN.length));
	for (let sent = 0; sent < 100 * MB; sent += piece.length) yield piece;
	yield Buffer.from('"}');
}

/** Makes something large when it is first wanted: most who import this never do. */
function later(make: () => Buffer): () => Buffer {
	let made: Buffer | undefined;
	return () => (made ??= make());
}

const bombIn = (compress: (text: Buffer) => Buffer) => later(() => compress(Buffer.alloc(100 * MB, ' ')));
const gzipBomb = bombIn((text) => gzipSync(text));
const brotliBomb = bombIn((text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }));

const MILLION = 1_000_000;
const nestedLists = later(() => Buffer.from('['.repeat(MILLION) + ']'.repeat(MILLION)));
const nestedObjects = later(() => Buffer.from(`${'{"url":'.repeat(MILLION)}1${'}'.repeat(MILLION)}`));

/** Bytes that are no text, the same each time. */
const NOISE = Buffer.from(Array.from({ length: 512 }, (_, index) => (index * 167 + 13) % 256));

const YEARS = String(10 ** 12);

/** What an answer can be in place of the good one, by the words of the documentation's table. */
export const FAULTS = {
	'delayed by 300 ms': answer((body) => ({ ...json(body), afterMs: 300 }), 0.5),
	'dripping, but complete': answer((body) => ({ ...json(body), inPieces: true }), 0.5),
	'dripping for ever': slow(() => ({ fault: 'trickle' })),
	'never coming': slow(() => ({ fault: 'hang' })),
	'cut in the middle': network(() => ({ fault: 'cut short' })),
	'reset connection': network(() => ({ fault: 'reset' })),
	'garbled HTTP': network(() => ({ raw: NOISE })),
	'garbled body': unexpected(() => json(Buffer.concat([Buffer.from(`{"id":"${ACCESS_TOKEN}`), NOISE]))),
	'100 MB of JSON': unexpected(() => ({ status: 200, type: JSON_TYPE, body: hugeAnswer }), 0.2),
	'an answer in 100 KB of spaces': unexpected((body) => json(body + ' '.repeat(100_000))),
	'a million nested lists': unexpected(() => json(nestedLists()), 0.2),
	'a million nested objects': unexpected(() => json(nestedObjects()), 0.2),
	'gzip bomb, 100 MB': unexpected(() => json(gzipBomb(), { 'content-encoding': 'gzip' }), 0.2),
	'brotli bomb, 100 MB': unexpected(() => json(brotliBomb(), { 'content-encoding': 'br' }), 0.2),
	'gzip in name only': network((body) => json(body, { 'content-encoding': 'gzip' })),
	'longer length than body': network((body) => json(body, { 'content-length': String(body.length + 100) })),
	'shorter length than body': unexpected((body) =>
		raw(['HTTP/1.1 200 OK', `content-type: ${JSON_TYPE}`, `content-length: ${body.length - 20}`], body),
	),
	'HTTP/1.0 without a length': answer((body) => raw(['HTTP/1.0 200 OK', `content-type: ${JSON_TYPE}`], body)),
	'JSON called a picture': answer((body) => ({ status: 200, type: 'image/jpeg', body })),
	'noise called JSON': unexpected(() => json(NOISE)),
	'headers of 100 KB': network((body) => json(body, { 'x-padding': ACCESS_TOKEN.repeat(4300) })),
	'redirect to the same host': redirect(`/v2/contacts/elsewhere?access_token=${ACCESS_TOKEN}`),
	'redirect to another host': redirect(`https://pictures.example.com/?access_token=${ACCESS_TOKEN}`),
	'redirect to itself': redirect(''),
	'redirect to a file': redirect('file:///etc/hostname'),
	'redirect to the local network': redirect('http://192.168.0.1/'),
	'status 503': { leadsTo: 'again', reason: 'temporarily-unavailable', does: () => ({ status: 503, body: '' }) },
	'429, Retry-After: 0': rateLimit('0'),
	[`429, Retry-After: ${YEARS}`]: rateLimit(YEARS),
	'429, Retry-After: -5': rateLimit('-5'),
	'429, Retry-After: soon': rateLimit('soon'),
	'429, Retry-After: a date in the past': rateLimit('Sun, 06 Nov 1994 08:49:37 GMT'),
} satisfies Record<string, Fault>;

export type FaultName = Extract<keyof typeof FAULTS, string>;

/** Certificates that a connection can be met with in place of the good one, by the same words. */
export const BAD_CERTIFICATES = ['certificate for another name', 'expired certificate'] as const;

export type BadCertificate = (typeof BAD_CERTIFICATES)[number];
