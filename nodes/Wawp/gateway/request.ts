import type { ICredentialsDecrypted, IExecuteFunctions, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { TIMED_OUT } from '../limits/inFlightRequests';
import { clientTimeout, readUpTo, replyOf } from '../n8n/streamedResponse';
import { clock } from '../n8n/systemClock';
import type { Answer } from './body';
import { type Breakdown, classifyTransportError } from './classifyTransportError';
import { resumption } from './tlsSession';

/** In bytes. A normal answer has some hundreds; a longer one is judged by its status and beginning. */
const LONGEST_ANSWER = 64 * 1024;

const API = 'https://api.wawp.net/v2';

export const PROFILE_PICTURE_URL = `${API}/contacts/profile-picture`;

export const SESSION_INFO_URL = `${API}/session/info`;

/** One lookup as the gateway takes it. */
export interface Query {
	/** Canonical. */
	contactId: string;
	/** Whether the gateway asks WhatsApp instead of its 24-hour cache. */
	refresh: boolean;
}

/** Every request that the node can send to the gateway. */
export type GatewayRequest =
	| ({ kind: 'lookup' } & Query)
	/** A lookup without a contact shows whether the endpoint is there at all. */
	| { kind: 'control lookup' }
	/** Does not reach WhatsApp. */
	| { kind: 'session info'; method: 'POST' | 'GET' };

/** Belongs to one request. */
export interface Sending {
	/** Aborts the request, as a timeout if the reason is `TIMED_OUT`. Also closes the connection of a read answer. */
	controller: AbortController;
	/** An object that the requests of an account share in all runs, for as long as the account is remembered. */
	shared: object;
}

/** The answer, whatever its status, or why none came. */
export type Sent = { answer: Answer } | Breakdown;

/** The same for all requests of a run. */
export interface Requester {
	context: IExecuteFunctions;
	/** Already decrypted. Otherwise n8n looks it up and decrypts it for each request. */
	credential: ICredentialsDecrypted;
	timeoutMs: number;
}

/** Sends one request. The only place where a run talks to the gateway. Never rejects. */
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
				// The query string holds the access token.
				disableFollowRedirect: true,
				timeout: clientTimeout(timeoutMs),
				agentOptions: resumption(shared, clock.now),
			},
			{ credentialsDecrypted: credential },
		)) as IN8nHttpFullResponse;
		const { statusCode, headers } = response;
		const { chunks, isWhole } = await readUpTo(LONGEST_ANSWER, replyOf(response, controller));
		const body = Buffer.concat(chunks).toString();
		// Marks a truncated body, so that it cannot parse as JSON: the rest may be spaces only.
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
 * n8n's helper replaces `abortSignal` in the request options with the context's cancel signal, and its `timeout` covers
 * neither a connection that is never made nor an answer that drips in.
 */
function abortedBy(signal: AbortSignal, context: IExecuteFunctions): IExecuteFunctions {
	const derived = Object.create(context) as IExecuteFunctions;
	derived.getExecutionCancelSignal = () => signal;
	return derived;
}
