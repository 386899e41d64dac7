import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { schedule } from '../batch/schedule';
import { nodeError } from '../n8n/errors';
import { prepareLookUps } from './lookUp';
import { optionsField } from './options';
import { outputItem } from './output';

/** The fields of Contact: Get Profile Picture, as the editor shows them. */
export const getProfilePictureFields: INodeProperties[] = [
	{
		displayName: 'Contact ID',
		name: 'contactId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. +1 555 123 4567',
		description:
			'Phone number with country code, or WhatsApp ID of a contact or group. Drag the field here that holds it.',
	},
	{
		displayName: 'Refresh',
		name: 'refresh',
		type: 'boolean',
		default: false,
		description:
			'Whether to ask WhatsApp again instead of taking an answer up to 24 hours old. Slow, and in bulk it risks a ban of the number, so leave it off for long lists.',
	},
	optionsField,
];

/**
 * Gets the profile picture of every input item's contact.
 *
 * @returns one output item per input item, in input order, failures included; nothing once the execution was stopped
 * @throws {NodeApiError | NodeOperationError} only where On Error is "Stop Workflow": for the first item, in input
 *   order, of those that failed
 */
export async function getProfilePictures(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const itemCount = context.getInputData().length;
	const stopsAtFailure = !context.continueOnFail();
	const cancel = context.getExecutionCancelSignal?.();
	const { options, lookUp } = await prepareLookUps(context);

	let hasFailed = false;
	const results = await schedule(
		itemCount,
		options.concurrency,
		async (itemIndex) => {
			const result = await lookUp(itemIndex);
			hasFailed ||= result.outcome.kind === 'failure';
			return result;
		},
		() => cancel?.aborted === true || (stopsAtFailure && hasFailed),
	);

	// Nobody reads the output of a stopped execution, and an error would make n8n count it as failed.
	if (cancel?.aborted) return [];
	return results.flatMap((result, itemIndex) => {
		if (result === undefined) return [];
		if (stopsAtFailure && result.outcome.kind === 'failure') {
			throw nodeError(context, result.outcome.failure, itemIndex);
		}
		return [outputItem(result, itemIndex)];
	});
}
