import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import { failure, type Failure } from '../failure';
import { expiryOf } from '../picture/address';
import type { ItemResult } from '../run/run';
import type { ItemOptions } from './optionFields';

/** Settings that decide what an output item looks like. */
export interface Shape {
	options: ItemOptions;
	/** Whether n8n itself adds the input's fields to a failure, as on the error output. */
	n8nAddsInput: boolean;
}

/** Failure for a malformed input item. */
export const UNREADABLE_ITEM = failure('bad-request', {
	message: 'This item could not be read',
	description:
		'Check the JSON and the files of the item: an earlier node may have produced something that n8n cannot use',
});

/**
 * A failure on the error output is `{ error: {...} }` (`errorField`) and no other key, with a `pairedItem` object: the only
 * shape for which n8n 1 and 2 both add the input's fields and keep the structure of `error`. It has no files, because n8n 2 can
 * be set to move them into the JSON (`binaryMode: 'combined'`, as `_files`).
 *
 * @throws if the input item cannot be copied
 */
export function outputItem(
	{ outcome, file, attempts, contactId }: ItemResult,
	itemIndex: number,
	input: INodeExecutionData | undefined,
	{ options, n8nAddsInput }: Shape,
): INodeExecutionData {
	const pairedItem = { item: itemIndex };
	const fields = options.includeInputFields ? jsonOf(input, options) : {};
	if (outcome.kind === 'failure') {
		const error = errorField(outcome.failure, attempts, contactId);
		return { json: { ...(!n8nAddsInput && fields), error }, pairedItem };
	}
	const { id } = outcome;
	const url = outcome.kind === 'picture' ? outcome.url : null;
	const expiresAt = (url && expiryOf(url)?.toISOString()) ?? null;
	const files = options.includeInputFields ? filesOf(input?.binary, options) : {};
	const binary = file ? { ...files, [options.binaryPropertyName]: { ...file } } : files;
	return {
		json: {
			...withoutFormerFailure(fields),
			id,
			url: url ?? (options.fallbackUrl || null),
			...(options.includeExpiry && { expiresAt }),
		},
		...(Object.keys(binary).length > 0 && { binary }),
		pairedItem,
	};
}

/** For an item that cannot be read; `attempts` and `contactId` if its lookup is known. */
export function unreadableItem(
	itemIndex: number,
	{ attempts = 0, contactId = null }: Partial<ItemResult> = {},
): INodeExecutionData {
	return { json: { error: errorField(UNREADABLE_ITEM, attempts, contactId) }, pairedItem: { item: itemIndex } };
}

function jsonOf(input: INodeExecutionData | undefined, options: ItemOptions): IDataObject {
	const json = recordOf(input?.json);
	// Without an object for the picture, n8n 2's combined mode ends the whole run.
	return options.downloadPicture && '_files' in json ? { ...json, _files: filesOf(json._files, options) } : json;
}

type Files = Record<string, IBinaryData & IDataObject>;

/** The lead's files, without one that could be mistaken for the downloaded picture. */
function filesOf(files: unknown, { downloadPicture, binaryPropertyName }: ItemOptions): Files {
	const entries = Object.entries(recordOf(files as Files));
	return Object.fromEntries(downloadPicture ? entries.filter(([name]) => name !== binaryPropertyName) : entries);
}

/** An earlier node may break n8n's types. */
function recordOf<Fields extends object>(fields: Fields | undefined): Fields {
	return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? fields : ({} as Fields);
}

/** A lead on its second pass has the error of the first one. */
function withoutFormerFailure(fields: IDataObject): IDataObject {
	const { error, ...others } = fields;
	const isOurs =
		typeof error === 'object' && error !== null && ['reason', 'retryable', 'attempts'].every((key) => key in error);
	return isOurs ? others : fields;
}

function errorField(failed: Failure, attempts: number, contactId: ItemResult['contactId']): IDataObject {
	const { message, description, reason, statusCode, retryable, retryAfterMs, url } = failed;
	const fields = { message, description, reason, statusCode, retryable, attempts, contactId, retryAfterMs, url };
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
