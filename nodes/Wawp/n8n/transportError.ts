/** What ended a request before its answer was complete. */
export type TransportError = 'timeout' | 'certificate' | 'unknown-host' | 'refused' | 'broke-off' | 'other';

/**
 * Tells breakdowns apart.
 *
 * @param error what n8n's request helper threw. Only its error codes are read: its texts and URL can hold a credential.
 *   Never throws.
 */
export function transportErrorOf(error: unknown): TransportError {
	const code = systemCode(error);
	if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) return 'certificate';
	return BY_CODE.get(code) ?? 'other';
}

const BY_CODE = new Map<string, TransportError>([
	['ETIMEDOUT', 'timeout'],
	['ECONNABORTED', 'timeout'],
	['ESOCKETTIMEDOUT', 'timeout'],
	['ENOTFOUND', 'unknown-host'],
	['EAI_AGAIN', 'unknown-host'],
	['ECONNREFUSED', 'refused'],
	['ECONNRESET', 'broke-off'],
	['EPIPE', 'broke-off'],
	// What the HTTP client makes of an answer that ends before it is complete.
	['ERR_BAD_RESPONSE', 'broke-off'],
]);

/**
 * The innermost error code, such as ECONNRESET; an empty string where there is none.
 *
 * Around the HTTP client's own error n8n 2 has a `NodeApiError` with that as its cause. n8n 1 drops it and leaves its
 * code in `httpCode`, or the status of an answer that had begun.
 */
function systemCode(error: unknown): string {
	let code = '';
	const seen = new Set<unknown>();
	for (let inner = error; isObject(inner) && !seen.has(inner); inner = inner.cause) {
		seen.add(inner);
		const { code: own, httpCode } = inner as { code?: unknown; httpCode?: unknown };
		if (isSystemCode(own)) code = own;
		else if (isSystemCode(httpCode)) code = httpCode;
		else if (httpCode === '200') code = 'ERR_BAD_RESPONSE';
	}
	return code;
}

/** By its type, since Node's own errors need not have this script's `Object` as their prototype. */
function isObject(value: unknown): value is { cause?: unknown } {
	return typeof value === 'object' && value !== null;
}

function isSystemCode(code: unknown): code is string {
	return typeof code === 'string' && /^E[A-Z_]+$|CERT|SIGNED|VERIFY/.test(code);
}
