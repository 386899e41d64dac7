import type { ICredentialsDecrypted, IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { Failure } from '../failure';
import { TIMED_OUT } from '../limits/inFlightRequests';
import { clientTimeout, readUpTo, replyOf } from '../n8n/streamedResponse';
import { clock } from '../n8n/systemClock';
import type { Answer } from './classifyAnswer';
import { classifyTransportError } from './classifyTransportError';
import { resumption } from './tlsSession';

/** In bytes. An answer with a picture has some hundreds; what is longer holds none, and is judged by its status and its beginning. */
const LONGEST_ANSWER = 64 * 1024;

/** Where the gateway is. */
export const API = 'https://api.wawp.net';

export const PROFILE_PICTURE_URL = `${API}/v2/contacts/profile-picture`;

export const SESSION_INFO_URL = `${API}/v2/session/info`;

/** One look-up, as it goes over the wire. */
export interface Query {
	/** Canonical contact ID. */
	contactId: string;
	/** `true` makes the gateway ask WhatsApp again instead of its 24-hour cache. */
	refresh: boolean;
}

/** One request, from its start to its end. */
export interface Sending {
	/**
	 * Aborts the request; the reason `TIMED_OUT` makes that a time-out. Once an answer has been read, its connection is closed
	 * by it, too.
	 */
	controller: AbortController;
	/** What the requests of an instance have in common, in whatever run, for as long as anything of it is remembered. */
	shared: object;
}

/** What came of a request: its answer, whatever its status, or the failure where none came. */
export type Response = { answer: Answer } | { failure: Failure };

/** Who asks, and how. */
export interface Requester {
	context: IExecuteFunctions;
	/** Already decrypted: n8n would otherwise look it up and decrypt it for each request. */
	credential: ICredentialsDecrypted;
	/** The time after which a request is aborted, for the words of the failure. */
	timeoutMs: number;
}

/** Sends one look-up to the gateway. See `send`. */
export async function askForPicture(
	requester: Requester,
	{ contactId, refresh }: Query,
	sending: Sending,
): Promise<Response> {
	const request: IHttpRequestOptions = { method: 'GET', url: PROFILE_PICTURE_URL, qs: { contactId, refresh } };
	return await send(requester, request, sending);
}

/** Asks the gateway for the state of the session, which costs nothing on WhatsApp. See `send`. */
export async function askForSession(requester: Requester, method: 'GET' | 'POST', sending: Sending): Promise<Response> {
	return await send(requester, { method, url: SESSION_INFO_URL }, sending);
}

/**
 * Sends one request to the gateway. This is the only place where a run talks to the gateway.
 *
 * @returns never rejects
 */
async function send(
	{ context, credential, timeoutMs }: Requester,
	request: IHttpRequestOptions,
	{ controller, shared }: Sending,
): Promise<Response> {
	const { signal } = controller;
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			abortedBy(signal, context),
			credential.type,
			{
				...request,
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
		return { failure: classifyTransportError(error, timeoutMs, signal.reason === TIMED_OUT) };
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
