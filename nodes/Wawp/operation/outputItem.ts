import type { IBinaryData, IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { failure, type Failure } from '../failure';
import { expiryOf } from '../picture/address';
import type { ItemResult } from '../run/itemResult';
import type { ItemOptions } from './optionFields';

/** What an output item is made of beside the result. */
export interface Shape {
	options: ItemOptions;
	/** Whether n8n adds the input's fields to a failure, as it does on the error output. */
	n8nAddsInput: boolean;
}

/** Why an item fails that is not what n8n's items are. */
export const UNREADABLE_ITEM = failure('bad-request', {
	message: 'This item could not be read',
	description:
		"Check the item's JSON and its files: a node before this one may have made it in a form that n8n does not know",
});

/**
 * The output item of one input item.
 *
 * On the error output the JSON of a failure is `{ error: {...} }` and no other key, with a `pairedItem` object: the one
 * shape for which n8n 1 and n8n 2 both send the item there, add the input's fields to it and keep the structure of
 * `error`.
 *
 * @param itemIndex the index of the input item
 * @param input the input item
 * @throws where it holds what cannot be copied
 */
export function outputItem(
	{ outcome, file, attempts, contactId }: ItemResult,
	itemIndex: number,
	input: INodeExecutionData | undefined,
	{ options, n8nAddsInput }: Shape,
): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	const withInput = options.includeInputFields;
	const files = binaryOf(file, withInput ? recordOf(input?.binary) : {}, options);
	const binary = Object.keys(files).length > 0 ? { binary: files } : {};
	if (outcome.kind === 'failure') {
		const before = withInput && !n8nAddsInput ? recordOf(input?.json) : {};
		return { json: { ...before, error: errorField(outcome.failure, attempts, contactId) }, ...binary, pairedItem };
	}
	return {
		json: {
			...(withInput && withoutFormerFailure(recordOf(input?.json))),
			id: outcome.id,
			url: outcome.kind === 'picture' ? outcome.url : noPictureUrl(options),
			...(options.includeExpiry && { expiresAt: outcome.kind === 'picture' ? expiresAt(outcome.url) : null }),
		},
		...binary,
		pairedItem,
	};
}

/**
 * The same for an item of any kind, without a result as well. Never throws: where it cannot be read, it is a failed one.
 */
export function outputItemInAnyCase(
	result: ItemResult | undefined,
	itemIndex: number,
	input: INodeExecutionData | undefined,
	shape: Shape,
): INodeExecutionData {
	try {
		if (result) return outputItem(result, itemIndex, input, shape);
	} catch {
		// It fails below.
	}
	return unreadableItem(itemIndex, result);
}

/** The output item of one that cannot be read, with what was asked for it. Never throws. */
export function unreadableItem(
	itemIndex: number,
	{ attempts = 0, contactId = null }: Partial<ItemResult> = {},
): INodeExecutionData {
	return { json: { error: errorField(UNREADABLE_ITEM, attempts, contactId) }, pairedItem: { item: itemIndex } };
}

/** What a node before this one has made need not be what n8n's types promise. */
function recordOf<Fields extends IDataObject | IBinaryKeyData>(fields: Fields | undefined): Fields {
	return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? fields : ({} as Fields);
}

/** The picture, among the files of the lead. None of theirs may pass for a picture that was to be downloaded. */
function binaryOf(
	file: IBinaryData | undefined,
	own: IBinaryKeyData,
	{ downloadPicture, binaryPropertyName }: ItemOptions,
): IBinaryKeyData {
	if (!downloadPicture) return own;
	const others = Object.entries(own).filter(([name]) => name !== binaryPropertyName);
	return Object.fromEntries(file ? [...others, [binaryPropertyName, { ...file }]] : others);
}

/** A lead that failed before and is tried again carries the error of its former pass, which is over now. */
function withoutFormerFailure(fields: IDataObject): IDataObject {
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
