/** What ended a request before its answer was complete. */
export type TransportError = 'timeout' | 'certificate' | 'unknown-host' | 'refused' | 'broke-off' | 'other';

/**
 * Tells breakdowns apart, by the innermost error that has a code of the system, such as ECONNRESET.
 *
 * Around the HTTP client's own error n8n 2 has a `NodeApiError` with that as its cause. n8n 1 drops it and leaves its
 * code in `httpCode`, or the status of an answer that had begun.
 *
 * @param error what n8n's request helper threw. Only its error codes are read: its texts and URL can hold a credential.
 *   Never throws.
 */
export function transportErrorOf(error: unknown): TransportError {
	let kind: TransportError = 'other';
	const seen = new Set<unknown>();
	for (let inner = error; isObject(inner) && !seen.has(inner); inner = inner.cause) {
		seen.add(inner);
		const { code, httpCode } = inner;
		kind = kindOf(code) ?? kindOf(httpCode) ?? (httpCode === '200' ? 'broke-off' : kind);
	}
	return kind;
}

/** @returns `undefined` for what is no code of the system */
function kindOf(code: unknown): TransportError | undefined {
	if (typeof code !== 'string') return undefined;
	if (/CERT|UNABLE_TO_VERIFY/.test(code)) return 'certificate';
	return BY_CODE.get(code) ?? (/^E[A-Z_]+$/.test(code) ? 'other' : undefined);
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

/** By its type, since Node's own errors need not have this script's `Object` as their prototype. */
function isObject(value: unknown): value is { cause?: unknown; code?: unknown; httpCode?: unknown } {
	return typeof value === 'object' && value !== null;
}
