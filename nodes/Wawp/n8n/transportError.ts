/** Why a request ended before its answer was complete. */
export type TransportError = 'timeout' | 'certificate' | 'unknown-host' | 'refused' | 'broke-off' | 'other';

/**
 * Classifies a failed request by the innermost error with a system error code, such as ECONNRESET. Never throws.
 *
 * n8n 2 wraps the HTTP client's error in a `NodeApiError`, as its cause. n8n 1 keeps only its code in `httpCode`, or
 * the status of an answer that had begun. Only codes are read, because the texts and URL of the error can hold the
 * credential.
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
	// The HTTP client's code for an incomplete answer.
	['ERR_BAD_RESPONSE', 'broke-off'],
]);

/** Not by `instanceof`, because Node's own errors can come from another realm. */
function isObject(value: unknown): value is { cause?: unknown; code?: unknown; httpCode?: unknown } {
	return typeof value === 'object' && value !== null;
}
