import type { ICredentialsDecrypted, IExecuteFunctions } from 'n8n-workflow';

import type { Failure } from '../failure';
import { timeOfAnswer } from '../limits/retryPolicy';
import { type Answer, classifyAnswer } from './classifyAnswer';
import type { SessionState } from './classifySession';
import type { Classified } from './outcome';
import { askForPicture, askForSession, type Query, type Response, type Sending } from './request';
import { type Method, sessionState } from './sessionInfo';

/** The gateway, as a run needs it. */
export interface Gateway {
	/** Why it cannot be asked at all. */
	fatalFailure?: Failure;
	/** Which WhatsApp instance it asks; those who ask the same one share its limits. */
	instanceId: string;
	/** Sends one request, and does not reject. Settles soon after the controller has aborted it, which it may do itself. */
	ask(query: Query, sending: Sending): Promise<Response>;
	classifyAnswer(answer: Answer, contactId: string): Classified;
	/**
	 * Asks whether credential and session work, and does not reject.
	 *
	 * @param send has a request sent when its turn has come, as `ask` is; `undefined` where it may not be sent any more
	 */
	askForSession(send: SendInTurn): Promise<SessionState>;
	/** The time of day by the gateway's own clock, as far as its answers have told it, in milliseconds since 1970. */
	timeOfDay(): number;
}

/** Has a request sent when its turn has come. */
export type SendInTurn = (request: (sending: Sending) => Promise<Response>) => Promise<Response | undefined>;

/**
 * The gateway for one credential.
 *
 * @param timeoutMs for one request
 */
export function gatewayWith(context: IExecuteFunctions, credential: ICredentialsDecrypted, timeoutMs: number): Gateway {
	const accessToken = String(credential.data?.access_token).trim();
	const requester = { context, credential, timeoutMs };
	const methods: Method[] = ['POST', 'GET'];
	/** How far n8n's clock is ahead of the gateway's, in milliseconds. */
	let aheadMs = 0;
	return {
		instanceId: String(credential.data?.instance_id).trim(),
		ask: async (query, sending) => await askForPicture(requester, query, sending),
		classifyAnswer: (answer, contactId) => {
			const now = Date.now();
			aheadMs = now - timeOfAnswer(answer.headers, now - aheadMs);
			return classifyAnswer(answer, { contactId, accessToken, now });
		},
		askForSession: async (send) =>
			await sessionState(async (method) => {
				const response = await send(async (sending) => await askForSession(requester, method, sending));
				return response && 'answer' in response ? response.answer : undefined;
			}, methods),
		timeOfDay: () => Date.now() - aheadMs,
	};
}

/** A gateway that cannot be asked: every contact fails with that reason. */
export function noGateway(why: Failure): Gateway {
	return {
		fatalFailure: why,
		instanceId: '',
		ask: async () => ({ failure: why }),
		classifyAnswer: () => ({ outcome: { kind: 'failure', failure: why } }),
		askForSession: async () => ({ kind: 'unknown' }),
		timeOfDay: () => Date.now(),
	};
}
