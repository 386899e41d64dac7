import { failure, type Failure } from '../failure';
import { type TransportError, transportErrorOf } from '../n8n/transportError';

/** Why no complete answer came. */
export interface Breakdown {
	failure: Failure;
	/** Whether asking again may help at once. */
	isTransient?: true;
}

/**
 * Judges a request to the gateway that broke down before an answer was complete.
 *
 * @param error what n8n's request helper threw. Its texts and URL hold the credential, so nothing of them goes into the
 *   result.
 * @param timeoutMs the timeout that applied, in milliseconds
 * @param timedOut whether that timeout ended the request
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
