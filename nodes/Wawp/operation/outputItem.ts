import type { IBinaryData, IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Failure } from '../failure';
import { expiryOf } from '../picture/address';
import type { ItemResult } from '../run/itemResult';
import type { ItemOptions } from './itemOptions';

/** What an output item is made of beside the result. */
export interface Shape {
	options: ItemOptions;
	/** Whether n8n adds the input's fields to a failure, as it does on the error output. */
	n8nAddsInput: boolean;
}

/**
 * The output item of one input item.
 *
 * On the error output the JSON of a failure is `{ error: {...} }` and no other key, with a `pairedItem` object: the one
 * shape for which n8n 1 and n8n 2 both send the item there, add the input's fields to it and keep the structure of
 * `error`.
 *
 * @param itemIndex the index of the input item
 * @param input the input item
 */
export function outputItem(
	{ outcome, file, attempts, contactId }: ItemResult,
	itemIndex: number,
	input: INodeExecutionData | undefined,
	{ options, n8nAddsInput }: Shape,
): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	const withInput = options.includeInputFields;
	const files = binaryOf(file, withInput ? input?.binary : undefined, options);
	const binary = Object.keys(files).length > 0 ? { binary: files } : {};
	if (outcome.kind === 'failure') {
		const before = withInput && !n8nAddsInput ? input?.json : {};
		return { json: { ...before, error: errorField(outcome.failure, attempts, contactId) }, ...binary, pairedItem };
	}
	return {
		json: {
			...(withInput && withoutFormerFailure(input?.json)),
			id: outcome.id,
			url: outcome.kind === 'picture' ? outcome.url : noPictureUrl(options),
			...(options.includeExpiry && { expiresAt: outcome.kind === 'picture' ? expiresAt(outcome.url) : null }),
		},
		...binary,
		pairedItem,
	};
}

/** The picture, among the files of the lead. None of theirs may pass for a picture that was to be downloaded. */
function binaryOf(
	file: IBinaryData | undefined,
	own: IBinaryKeyData = {},
	{ downloadPicture, binaryPropertyName }: ItemOptions,
): IBinaryKeyData {
	if (!downloadPicture) return own;
	const others = Object.entries(own).filter(([name]) => name !== binaryPropertyName);
	return Object.fromEntries(file ? [...others, [binaryPropertyName, { ...file }]] : others);
}

/** A lead that failed before and is tried again carries the error of its former pass, which is over now. */
function withoutFormerFailure(fields: IDataObject = {}): IDataObject {
	const { error, ...others } = fields;
	const isOurs =
		typeof error === 'object' && error !== null && ['reason', 'retryable', 'attempts'].every((key) => key in error);
	return isOurs ? others : fields;
}

function noPictureUrl({ noPicture, fallbackUrl }: ItemOptions): string | null {
	return noPicture === 'fallbackUrl' ? fallbackUrl : null;
}

/** ISO 8601, or `null` where the address does not say. */
function expiresAt(url: string): string | null {
	return expiryOf(url)?.toISOString() ?? null;
}

function errorField(failed: Failure, attempts: number, contactId: ItemResult['contactId']): IDataObject {
	const { message, description, reason, statusCode, retryable, retryAfterMs, url } = failed;
	return {
		message,
		description,
		reason,
		...(statusCode !== undefined && { statusCode }),
		retryable,
		attempts,
		contactId,
		...(retryAfterMs !== undefined && { retryAfterMs }),
		...(url !== undefined && { url }),
	};
}
