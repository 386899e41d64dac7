import type { ICredentialsDecrypted, IExecuteFunctions } from 'n8n-workflow';

import type { Failure } from '../failure';
import type { Answer } from './body';
import { classifyAnswer } from './classifyAnswer';
import { type GatewayRequest, send, type Sending, type Sent } from './request';
import type { Verdict } from './verdict';

/** The gateway, as a run needs it. */
export interface Gateway {
	/** Why it cannot be asked at all. */
	fatalFailure?: Failure;
	/** Which of Wawp's WhatsApp accounts it asks (`instance_id`). Runs that ask the same one share its limits. */
	accountId: string;
	/** Sends one request, and does not reject. Settles soon after the controller has aborted it, which it may do itself. */
	send(request: GatewayRequest, sending: Sending): Promise<Sent>;
	/** What an answer means for the contact that was asked for. */
	classifyAnswer(answer: Answer, contactId: string): Verdict;
}

/**
 * The gateway for one credential.
 *
 * @param timeoutMs for one request
 */
export function gatewayWith(context: IExecuteFunctions, credential: ICredentialsDecrypted, timeoutMs: number): Gateway {
	const accessToken = String(credential.data?.access_token).trim();
	const requester = { context, credential, timeoutMs };
	return {
		accountId: String(credential.data?.instance_id).trim(),
		send: async (request, sending) => await send(requester, request, sending),
		classifyAnswer: (answer, contactId) => classifyAnswer(answer, { contactId, accessToken, now: Date.now() }),
	};
}

/** A gateway that cannot be asked: every contact fails with that reason. */
export function noGateway(why: Failure): Gateway {
	return {
		fatalFailure: why,
		accountId: '',
		send: async () => ({ failure: why }),
		classifyAnswer: () => ({ kind: 'failure', failure: why }),
	};
}
