import type { ICredentialsDecrypted, IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { Failure } from '../failure';
import { TIMED_OUT } from '../limits/inFlightRequests';
import { readUpTo, replyOf } from '../n8n/streamedResponse';
import type { Answer } from './classifyAnswer';
import { classifyTransportError } from './classifyTransportError';

/** In bytes. An answer with a picture has some hundreds; what is longer holds none, and is judged by its status and its beginning. */
const LONGEST_ANSWER = 64 * 1024;

const PROFILE_PICTURE_URL = 'https://api.wawp.net/v2/contacts/profile-picture';

/** One look-up, as it goes over the wire. */
export interface Query {
	/** Canonical contact ID. */
	contactId: string;
	/** `true` makes the gateway ask WhatsApp again instead of its 24-hour cache. */
	refresh: boolean;
}

/**
 * Sends one look-up to the gateway. This is the only place of the node that talks to the gateway.
 *
 * @param credential already decrypted: n8n would otherwise look it up and decrypt it for each request
 * @param timeoutMs the time after which it is aborted, for the words of the failure
 * @param controller aborts the request; the reason `TIMED_OUT` makes that a time-out. Once an answer has been
 * read, its connection is closed by it, too.
 * @returns the answer, whatever its status, or the failure where none came. Never rejects.
 */
export async function askGateway(
	context: IExecuteFunctions,
	credential: ICredentialsDecrypted,
	query: Query,
	timeoutMs: number,
	controller: AbortController,
): Promise<{ answer: Answer } | { failure: Failure }> {
	const { signal } = controller;
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			abortedBy(signal, context),
			credential.type,
			{
				method: 'GET',
				url: PROFILE_PICTURE_URL,
				qs: { contactId: query.contactId, refresh: query.refresh },
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// The query string holds the access token, so it goes to no other place.
				disableFollowRedirect: true,
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
