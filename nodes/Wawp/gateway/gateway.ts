import type { ICredentialsDecrypted, IExecuteFunctions } from 'n8n-workflow';

import type { Failure } from '../failure';
import { type Answer, classifyAnswer, type Outcome } from './classifyAnswer';
import { askGateway, type Query } from './request';

/** The gateway, as a run needs it. */
export interface Gateway {
	/** Why it cannot be asked at all. */
	fatalFailure?: Failure;
	/** Sends one request, and does not reject. Settles soon after the controller has aborted it, which it may do itself. */
	ask(query: Query, controller: AbortController): Promise<{ answer: Answer } | { failure: Failure }>;
	/** @param credentialHasWorked whether the gateway has accepted the credential before in the same run */
	classifyAnswer(answer: Answer, contactId: string, credentialHasWorked: boolean): Outcome;
}

/**
 * The gateway for one credential.
 *
 * @param timeoutMs for one request
 */
export function gatewayWith(context: IExecuteFunctions, credential: ICredentialsDecrypted, timeoutMs: number): Gateway {
	const accessToken = String(credential.data?.access_token).trim();
	return {
		ask: async (query, controller) => await askGateway(context, credential, query, timeoutMs, controller),
		classifyAnswer: (answer, contactId, credentialHasWorked) =>
			classifyAnswer(answer, { contactId, credentialHasWorked, accessToken, now: Date.now() }),
	};
}

/** A gateway that cannot be asked: every contact fails with that reason. */
export function noGateway(why: Failure): Gateway {
	return {
		fatalFailure: why,
		ask: async () => ({ failure: why }),
		classifyAnswer: () => ({ kind: 'failure', failure: why }),
	};
}
