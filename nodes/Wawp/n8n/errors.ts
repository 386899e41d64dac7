import { type IExecuteFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Failure, Reason } from '../failure';

/** For errors of n8n when it reads a parameter or credential, or stores a file. */
export function errorMessage(error: unknown): string {
	const text = error instanceof Object && 'message' in error ? String(error.message).trim() : '';
	return text === '' ? 'n8n gave no reason' : `n8n says: ${text}`;
}

/**
 * The error to throw for a failed item if On Error is "Stop Workflow". Made from the failure alone, because an error of
 * n8n's request helper holds the query string, and so the access token.
 */
export function nodeError(
	context: IExecuteFunctions,
	failed: Failure,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const { message, description, statusCode, reason } = failed;
	const cause = reason === 'download-failed' && failed.retryable ? 'temporarily-unavailable' : CAUSE[reason];
	const options = {
		message,
		description,
		itemIndex,
		...(cause && { failure: cause === 'rate-limited' ? { cause, retryAfterMs: failed.retryAfterMs } : { cause } }),
	};
	if (SETTINGS.has(reason) && statusCode === undefined) {
		return new NodeOperationError(context.getNode(), message, options);
	}
	return new NodeApiError(
		context.getNode(),
		{ message, reason },
		{ ...options, ...(statusCode !== undefined && { httpCode: String(statusCode) }) },
	);
}

/** Reasons that, without an answer of the gateway, are about the node's fields or credential. */
const SETTINGS = new Set<Reason>(['invalid-contact-id', 'bad-request', 'credential-invalid']);

/** n8n's own word for a reason (`Failure` in n8n-workflow 2). Older versions ignore it. */
const CAUSE: Partial<
	Record<Reason, 'rate-limited' | 'temporarily-unavailable' | 'credential-invalid' | 'configuration-invalid'>
> = {
	'rate-limited': 'rate-limited',
	'temporarily-unavailable': 'temporarily-unavailable',
	timeout: 'temporarily-unavailable',
	'credential-invalid': 'credential-invalid',
	'session-disconnected': 'configuration-invalid',
};
