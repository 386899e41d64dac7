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
	if (timedOut) return failure('timeout', { message: `The gateway did not answer within ${timeoutMs} ms` });
	// The operating system gave up earlier.
	if (TIMED_OUT.has(code)) return failure('timeout');
	if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
		return failure('network', {
			message: 'The certificate that came from api.wawp.net is not trusted',
			description:
				'If a proxy or firewall of yours inspects TLS traffic, tell n8n its certificate authority (NODE_EXTRA_CA_CERTS)',
			retryable: false,
		});
	}
	return failure('network', NETWORK.get(code));
}

const TIMED_OUT = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT']);

const UNKNOWN_HOST = {
	message: 'The name of the gateway, or of the proxy in front of it, was not found',
	description: 'Check the DNS and proxy settings of the machine that runs n8n, then try again',
};

const BROKE_OFF = { message: 'The connection to the gateway broke off' };

const NETWORK = new Map<string, Partial<Failure>>(
	Object.entries({
		ENOTFOUND: UNKNOWN_HOST,
		EAI_AGAIN: UNKNOWN_HOST,
		ECONNREFUSED: { message: 'The connection to the gateway was refused' },
		ECONNRESET: BROKE_OFF,
		EPIPE: BROKE_OFF,
		// What the HTTP client makes of an answer that ends before it is complete.
		ERR_BAD_RESPONSE: BROKE_OFF,
	}),
);

/**
 * The innermost error code, such as ECONNRESET; an empty string where there is none.
 *
 * n8n 2 keeps the HTTP client's error as the cause. n8n 1 drops it and leaves its code in `httpCode`, or the status
 * of an answer that had begun.
 */
function systemCode(error: unknown): string {
	let code = '';
	const seen = new Set<unknown>();
	for (let inner = error; inner instanceof Object && !seen.has(inner); inner = (inner as Error).cause) {
		seen.add(inner);
		const { code: own, httpCode } = inner as { code?: unknown; httpCode?: unknown };
		if (isSystemCode(own)) code = own;
		else if (isSystemCode(httpCode)) code = httpCode;
		else if (httpCode === '200') code = 'ERR_BAD_RESPONSE';
	}
	return code;
}

function isSystemCode(code: unknown): code is string {
	return typeof code === 'string' && /^E[A-Z_]+$|CERT|SIGNED|VERIFY/.test(code);
}
