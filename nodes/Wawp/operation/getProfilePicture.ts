import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { type Gateway, gatewayWith, noGateway } from '../gateway/gateway';
import { AccountLimiters } from '../limits/accountLimiters';
import { readCredential } from '../n8n/credential';
import { nodeError } from '../n8n/errors';
import { clock } from '../n8n/systemClock';
import { picturesFor } from '../picture/pictures';
import { lookUpAll } from '../run/lookUpAll';
import { hintsFor } from './hints';
import { optionsField } from './optionFields';
import { outputItem, outputItemInAnyCase, unreadableItem } from './outputItem';
import { readOptions, type ReadOptions } from './readOptions';
import { queryReader } from './readQuery';

/** n8n loads this file once for each of its processes: all executions in it share what this holds. */
const limiters = new AccountLimiters(clock);

/** The fields of Contact: Get Profile Picture, as the editor shows them. */
export const getProfilePictureFields: INodeProperties[] = [
	{
		displayName: 'Contact ID',
		name: 'contactId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. +1 555 123 4567',
		builderHint: {
			propertyHint:
				"An expression that reads the lead's phone field, such as $json.phone: a phone number with country code, or a WhatsApp ID. Never a CRM's record ID.",
		},
		description:
			"The contact's phone number with country code, or a WhatsApp ID such as 15551234567@c.us (contact) or 120363025246125244@g.us (group). Not the contact's ID in your CRM. Drag the field that holds it here.",
	},
	{
		displayName: 'Refresh',
		name: 'refresh',
		type: 'boolean',
		builderHint: {
			propertyHint:
				'Keep false. Turn on only for few contacts whose picture must be of this moment: live look-ups in bulk can get the WhatsApp number banned.',
		},
		default: false,
		description:
			"Whether to ask WhatsApp live instead of using Wawp's stored answer, which can be up to 24 hours old. Live look-ups are slow, and too many of them can get your WhatsApp number banned. Leave this off for long lists.",
	},
	optionsField,
	{
		displayName: 'Wawp advises against using profile pictures to verify who somebody is',
		name: 'notice',
		type: 'notice',
		default: '',
	},
];

/**
 * Gets the profile picture of every input item's contact.
 *
 * @returns one output item per input item, in input order, failures included; nothing once the execution was stopped
 * @throws {NodeApiError | NodeOperationError} only where On Error is "Stop Workflow", and not as the tool of an AI agent:
 *   for the first item, in input order, of those that failed
 */
export async function getProfilePictures(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (stopsAt(context)) return await outputItems(context, true);
	try {
		return await outputItems(context, false);
	} catch {
		// n8n would take what escapes for no failure at all, and pass all items on as they came.
		return Array.from(context.getInputData(), (_, itemIndex) => unreadableItem(itemIndex));
	}
}

/** Whether the first failure is to end the workflow. */
function stopsAt(context: IExecuteFunctions): boolean {
	const { type, continueOnFail } = context.getNode();
	// An AI agent is to read what failed. n8n has no On Error for a tool, and n8n 1 would end the agent with it.
	const isTool = type.endsWith('Tool');
	// The setting of old workflows: n8n's engine still goes by it where On Error is set beside it, and its helper does not.
	return !isTool && continueOnFail !== true && !context.continueOnFail();
}

async function outputItems(context: IExecuteFunctions, stopsAtFailure: boolean): Promise<INodeExecutionData[]> {
	const cancel = context.getExecutionCancelSignal?.();
	const input = context.getInputData();
	const options = readOptions(context);
	const gateway = await gatewayFor(context, options.run);
	const lookedUp = await lookUpAll({
		itemCount: input.length,
		read: queryReader(context, options.ofItem),
		options: options.run.options,
		gateway,
		limiters,
		pictures: picturesFor(context, options.run.options.timeout, () => gateway.timeOfDay()),
		stopsAtFailure,
		...(cancel && { cancel }),
		clock,
	});

	// Nobody reads the output of a stopped execution, and an error would make n8n count it as failed.
	if (cancel?.aborted) return [];
	const n8nAddsInput = context.getNode().onError === 'continueErrorOutput';
	const output = lookedUp.results.map((result, itemIndex) => {
		const shape = { options: options.ofItem(itemIndex).options, n8nAddsInput };
		// Only what stands before the failure that ended such a run can be without a result, and that failure is thrown.
		if (!stopsAtFailure || !result) return outputItemInAnyCase(result, itemIndex, input[itemIndex], shape);
		if (result.outcome.kind === 'failure') throw nodeError(context, result.outcome.failure, itemIndex);
		return outputItem(result, itemIndex, input[itemIndex], shape);
	});
	// Older versions of n8n have no such hints.
	context.addExecutionHints?.(...hintsFor(lookedUp, context.getNode().retryOnFail === true));
	return output;
}

/** The gateway, or what makes every look-up fail: options of the run that are not usable, or the credential. */
async function gatewayFor(context: IExecuteFunctions, { options, failure }: ReadOptions['run']): Promise<Gateway> {
	if (failure) return noGateway(failure);
	const stored = await readCredential(context);
	return 'failure' in stored ? noGateway(stored.failure) : gatewayWith(context, stored.credential, options.timeout);
}
