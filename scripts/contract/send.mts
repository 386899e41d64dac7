import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';

import { WawpApi } from '../../credentials/WawpApi.credentials';
import type { Answer } from '../../nodes/Wawp/gateway/classifyAnswer';
import { readUpTo } from '../../nodes/Wawp/n8n/streamedResponse';
import { type TransportError, transportErrorOf } from '../../nodes/Wawp/n8n/transportError';
import type { Credential, PlannedRequest } from './plan.mts';
import { tunnelThrough } from './proxy.mts';

/** What came of a request. */
export type Reply = { answer: Answer } | { transportError: TransportError };

/** The way to the gateway. */
export interface Way {
	proxy?: URL;
	/** A certificate authority, PEM, in the place of those that Node.js trusts. */
	ca?: string;
}

/** As long as the node waits, unless it is told otherwise. */
const TIMEOUT_MS = 30_000;

/** As much as the node reads, in bytes. */
const LONGEST_ANSWER = 64 * 1024;

/** What n8n's request helper sends besides: a gateway may answer by it. */
const HEADERS = { accept: 'application/json, text/plain, */*', 'user-agent': 'n8n' };

/**
 * Sends one request. Never rejects; follows no redirect, for the query string holds the access token.
 */
export async function send(planned: PlannedRequest, { proxy, ca }: Way): Promise<Reply> {
	const signal = AbortSignal.timeout(TIMEOUT_MS);
	const connection = proxy ? tunnelThrough(proxy, signal) : { agent: false };
	const { method } = planned;
	try {
		const sent = request(await urlOf(planned), { method, headers: HEADERS, signal, ca, ...connection }).end();
		const [response] = (await once(sent, 'response')) as [IncomingMessage];
		const { statusCode = 0, headers } = response;
		const close = () => void response.destroy();
		const { chunks, isWhole } = await readUpTo(LONGEST_ANSWER, { statusCode, headers, body: response, close });
		// Marked as the node marks it, so that what was cut off is not read as whole.
		return { answer: { statusCode, headers, body: `${Buffer.concat(chunks).toString()}${isWhole ? '' : '…'}` } };
	} catch (error) {
		return { transportError: signal.aborted ? 'timeout' : transportErrorOf(error) };
	}
}

/** With the query string as the node and its credential make it. */
async function urlOf({ url, credential, contactId }: PlannedRequest): Promise<URL> {
	const qs = contactId === undefined ? {} : { contactId, refresh: false };
	const complete = new URL(url);
	for (const [name, value] of Object.entries(await authenticated(credential, url, qs))) {
		complete.searchParams.set(name, String(value));
	}
	return complete;
}

async function authenticated(credential: Credential, url: string, qs: object): Promise<object> {
	const { authenticate } = new WawpApi();
	if (typeof authenticate !== 'function') throw new Error('The credential no longer authenticates by a function');
	return { ...(await authenticate({ ...credential }, { url, qs: { ...qs } })).qs };
}
