import type { ICredentialsDecrypted, IExecuteFunctions } from 'n8n-workflow';

import type { Failure } from '../failure';
import type { Answer } from './body';
import { classifyAnswer } from './classifyAnswer';
import { type GatewayRequest, send, type Sending, type Sent } from './request';
import type { Verdict } from './verdict';

/** The gateway, as a run needs it. */
export interface Gateway {
	/** Why nothing can be asked at all. */
	fatalFailure?: Failure;
	/** The WhatsApp number (`instance_id`). Runs with the same one share its limits. */
	accountId: string;
	/** Never rejects. Settles soon after the controller has aborted the request, which `send` may do itself. */
	send(request: GatewayRequest, sending: Sending): Promise<Sent>;
	classifyAnswer(answer: Answer, contactId: string): Verdict;
}

/** The gateway for one credential. */
export function gatewayWith(context: IExecuteFunctions, credential: ICredentialsDecrypted, timeoutMs: number): Gateway {
	const accessToken = String(credential.data?.access_token).trim();
	const requester = { context, credential, timeoutMs };
	return {
		accountId: String(credential.data?.instance_id).trim(),
		send: async (request, sending) => await send(requester, request, sending),
		classifyAnswer: (answer, contactId) => classifyAnswer(answer, { contactId, accessToken, now: Date.now() }),
	};
}

/** A gateway for which every contact fails with the same reason. */
export function noGateway(why: Failure): Gateway {
	return {
		fatalFailure: why,
		accountId: '',
		send: async () => ({ failure: why }),
		classifyAnswer: () => ({ kind: 'failure', failure: why }),
	};
}
