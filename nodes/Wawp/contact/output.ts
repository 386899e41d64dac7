import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Outcome } from '../gateway/answer';
import type { Failure } from '../gateway/failure';

/** What became of one input item. */
export interface Result {
	outcome: Outcome;
	/** Requests sent for it. */
	attempts: number;
	/** The canonical ID where there is one, else what was typed; `null` where that was no text or number. */
	contactId: string | number | null;
}

/**
 * The output item of one input item.
 *
 * A failure is `{ error: {...} }` and no other key, with a `pairedItem` object: the one shape for which n8n 1 and
 * n8n 2 both send the item to the error output, add the input's fields to it and keep the structure of `error`.
 *
 * @param itemIndex the index of the input item
 */
export function outputItem({ outcome, attempts, contactId }: Result, itemIndex: number): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	switch (outcome.kind) {
		case 'picture':
			return { json: { id: outcome.id, url: outcome.url }, pairedItem };
		case 'none':
			return { json: { id: outcome.id, url: null }, pairedItem };
		case 'failure':
			return { json: { error: errorField(outcome.failure, attempts, contactId) }, pairedItem };
	}
}

function errorField(failed: Failure, attempts: number, contactId: Result['contactId']): IDataObject {
	const { message, description, reason, statusCode, retryable, retryAfterMs } = failed;
	return {
		message,
		description,
		reason,
		...(statusCode !== undefined && { statusCode }),
		retryable,
		attempts,
		contactId,
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
}
