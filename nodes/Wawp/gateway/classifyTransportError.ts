import { failure, type Failure } from '../failure';
import { type TransportError, transportErrorOf } from '../n8n/transportError';

/** Why no complete answer came. */
export interface Breakdown {
	failure: Failure;
	/** Whether asking again at once may help. */
	isTransient?: true;
}

/**
 * Judges a request to the gateway that failed before its answer was complete.
 *
 * @param error of n8n's request helper. Its texts and URL hold the credential, so the result has nothing of them.
 * @param timedOut whether `timeoutMs` ended the request
 */
export function classifyTransportError(error: unknown, timeoutMs: number, timedOut: boolean): Breakdown {
	const kind = timedOut ? 'timeout' : transportErrorOf(error);
	const words = timedOut ? { message: `Wawp did not answer within ${timeoutMs} ms` } : WORDS[kind];
	const why = failure(kind === 'timeout' ? 'timeout' : 'network', words);
	return kind === 'certificate' ? { failure: why } : { failure: why, isTransient: true };
}

const WORDS: Partial<Record<TransportError, Partial<Failure>>> = {
	certificate: {
		message: 'The certificate that came from api.wawp.net is not trusted',
		description:
			'If your company inspects encrypted traffic, ask your n8n administrator to add its certificate to n8n (NODE_EXTRA_CA_CERTS)',
	},
	'unknown-host': {
		message: 'api.wawp.net, or your proxy, was not found on the network',
		description: 'Check the DNS and proxy settings of the machine that runs n8n, then try again',
	},
	refused: { message: 'The connection to Wawp was refused' },
	'broke-off': { message: 'The connection to Wawp broke off' },
};
