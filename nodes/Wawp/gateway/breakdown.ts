import { failure, type Failure } from './failure';

/**
 * Judges a request to the gateway that broke down before an answer was complete.
 *
 * @param error what n8n's request helper threw: a `NodeApiError` around the HTTP client's own error. Only its
 *   error codes are read. Its texts and URL hold the credential, so nothing of them goes into the result.
 * @param timeoutMs the time-out that applied, in milliseconds
 * @param timedOut whether that time-out ended the request
 */
export function judgeBreakdown(error: unknown, timeoutMs: number, timedOut: boolean): Failure {
	const code = systemCode(error);
	if (timedOut || TIMED_OUT.has(code)) {
		return failure('timeout', { message: `The gateway did not answer within ${timeoutMs} ms` });
	}
	if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
		return failure('network', {
			message: 'The certificate that came from api.wawp.net is not trusted',
			description:
				'If a proxy or firewall of yours inspects TLS traffic, tell n8n its certificate authority (NODE_EXTRA_CA_CERTS)',
			retryable: false,
		});
	}
	return failure('network', NETWORK[code]);
}

const TIMED_OUT = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT']);

const UNKNOWN_HOST = {
	message: 'The name of the gateway, or of the proxy in front of it, was not found',
	description: 'Check the DNS and proxy settings of the machine that runs n8n, then try again',
};

const NETWORK: Record<string, Partial<Failure>> = {
	ENOTFOUND: UNKNOWN_HOST,
	EAI_AGAIN: UNKNOWN_HOST,
	ECONNREFUSED: { message: 'The connection to the gateway was refused' },
	ECONNRESET: { message: 'The connection to the gateway broke off' },
	EPIPE: { message: 'The connection to the gateway broke off' },
};

/** The innermost error code, such as ECONNRESET; an empty string where there is none. */
function systemCode(error: unknown): string {
	let code = '';
	const seen = new Set<unknown>();
	for (let inner = error; inner instanceof Object && !seen.has(inner); inner = (inner as Error).cause) {
		seen.add(inner);
		const own = (inner as { code?: unknown }).code;
		if (typeof own === 'string') code = own;
	}
	return code;
}
