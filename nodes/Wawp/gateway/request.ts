import type { ICredentialsDecrypted, IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { TIMED_OUT } from '../limits/inFlightRequests';
import { clientTimeout, readUpTo, replyOf } from '../n8n/streamedResponse';
import { clock } from '../n8n/systemClock';
import type { Answer } from './body';
import { type Breakdown, classifyTransportError } from './classifyTransportError';
import { resumption } from './tlsSession';

/** In bytes. An answer with a picture has some hundreds; a longer one is judged by its status and its beginning. */
const LONGEST_ANSWER = 64 * 1024;

const API = 'https://api.wawp.net/v2';

export const PROFILE_PICTURE_URL = `${API}/contacts/profile-picture`;

export const SESSION_INFO_URL = `${API}/session/info`;

/** One lookup, as it goes over the wire. */
export interface Query {
	/** Canonical contact ID. */
	contactId: string;
	/** `true` makes the gateway ask WhatsApp instead of its 24-hour cache. */
	refresh: boolean;
}

/** What the gateway can be asked. */
export type GatewayRequest =
	| ({ kind: 'lookup' } & Query)
	/** A lookup without a contact: it shows whether there are lookups at all. */
	| { kind: 'control lookup' }
	/** Costs nothing on WhatsApp. */
	| { kind: 'session info'; method: 'POST' | 'GET' };

/** One request, from its start to its end. */
export interface Sending {
	/**
	 * Aborts the request; the reason `TIMED_OUT` makes that a timeout. Once an answer has been read, its connection is closed
	 * by it, too.
	 */
	controller: AbortController;
	/** What the requests of an account have in common, in all its runs, for as long as anything of it is remembered. */
	shared: object;
}

/** What came of a request: its answer, whatever its status, or why none came. */
export type Sent = { answer: Answer } | Breakdown;

/** Who asks, and how. */
export interface Requester {
	context: IExecuteFunctions;
	/** Already decrypted: n8n would otherwise look it up and decrypt it for each request. */
	credential: ICredentialsDecrypted;
	/** The time after which a request is aborted, for the words of the failure. */
	timeoutMs: number;
}

/**
 * Sends one request to the gateway. This is the only place where a run talks to the gateway.
 *
 * @returns never rejects
 */
export async function send(
	{ context, credential, timeoutMs }: Requester,
	request: GatewayRequest,
	{ controller, shared }: Sending,
): Promise<Sent> {
	const { signal } = controller;
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			abortedBy(signal, context),
			credential.type,
			{
				...httpOptions(request),
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// The query string holds the access token, so it goes to no other place.
				disableFollowRedirect: true,
				timeout: clientTimeout(timeoutMs),
				agentOptions: resumption(shared, clock.now),
			},
			{ credentialsDecrypted: credential },
		)) as IN8nHttpFullResponse;
		const { statusCode, headers } = response;
		const { chunks, isWhole } = await readUpTo(LONGEST_ANSWER, replyOf(response, controller));
		const body = Buffer.concat(chunks).toString();
		// What was cut off could have been nothing but spaces.
		return { answer: { statusCode, headers, body: isWhole ? body : `${body}…` } };
	} catch (error) {
		return classifyTransportError(error, timeoutMs, signal.reason === TIMED_OUT);
	}
}

function httpOptions(request: GatewayRequest): IHttpRequestOptions {
	switch (request.kind) {
		case 'lookup': {
			const { contactId, refresh } = request;
			return { method: 'GET', url: PROFILE_PICTURE_URL, qs: { contactId, refresh } };
		}
		case 'control lookup':
			return { method: 'GET', url: PROFILE_PICTURE_URL };
		case 'session info':
			return { method: request.method, url: SESSION_INFO_URL };
	}
}

/**
 * The same context with another cancel signal.
 *
 * n8n's helper overwrites `abortSignal` in the request options with the context's cancel signal, and its `timeout`
 * option covers neither a connection that is never made nor an answer that trickles in for ever.
 */
function abortedBy(signal: AbortSignal, context: IExecuteFunctions): IExecuteFunctions {
	const derived = Object.create(context) as IExecuteFunctions;
	derived.getExecutionCancelSignal = () => signal;
	return derived;
}
