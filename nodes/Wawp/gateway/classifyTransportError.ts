import { failure, type Failure } from '../failure';
import { type TransportError, transportErrorOf } from '../n8n/transportError';

/**
 * Judges a request to the gateway that broke down before an answer was complete.
 *
 * @param error what n8n's request helper threw. Its texts and URL hold the credential, so nothing of them goes into the
 *   result.
 * @param timeoutMs the time-out that applied, in milliseconds
 * @param timedOut whether that time-out ended the request
 */
export function classifyTransportError(error: unknown, timeoutMs: number, timedOut: boolean): Failure {
	if (timedOut) return failure('timeout', { message: `Wawp did not answer within ${timeoutMs} ms` });
	const breakdown = transportErrorOf(error);
	// The operating system gave up earlier.
	return breakdown === 'timeout' ? failure('timeout') : failure('network', NETWORK[breakdown]);
}

const NETWORK: Record<Exclude<TransportError, 'timeout'>, Partial<Failure>> = {
	certificate: {
		message: 'The certificate that came from api.wawp.net is not trusted',
		description:
			'If your company inspects encrypted traffic, ask your n8n administrator to add its certificate to n8n (NODE_EXTRA_CA_CERTS)',
		retryable: false,
		isLasting: true,
	},
	'unknown-host': {
		message: 'api.wawp.net, or your proxy, was not found on the network',
		description: 'Check the DNS and proxy settings of the machine that runs n8n, then try again',
	},
	refused: { message: 'The connection to Wawp was refused' },
	'broke-off': { message: 'The connection to Wawp broke off' },
	other: {},
};
