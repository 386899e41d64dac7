// Which file decides what: CONTRIBUTING.md, "Where to find what".
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
import { outputItem, UNREADABLE_ITEM, unreadableItem } from './outputItem';
import { readOptions, type ReadOptions } from './readOptions';
import { queryReader } from './readQuery';

/** A WhatsApp number has one limit, so all executions share these: n8n loads this file once per process. */
const limiters = new AccountLimiters(clock);

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
				'Keep false. Turn on only for a few contacts whose current picture is needed: live lookups in bulk can get the WhatsApp number banned.',
		},
		default: false,
		description:
			"Whether to ask WhatsApp live instead of using Wawp's stored answer, which can be up to 24 hours old. Live lookups are slow, and too many of them can get your WhatsApp number banned. Leave this off for long lists.",
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
 * Gets the profile picture of every item's contact.
 *
 * @returns one output item per input item, in input order, failures included; nothing if the execution was stopped
 * @throws {NodeApiError | NodeOperationError} the first failure in input order, if `stopsAtFailure`
 */
export async function getProfilePictures(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	if (stopsAtFailure(context)) return await outputItems(context, true);
	try {
		return await outputItems(context, false);
	} catch {
		// Otherwise n8n passes on all input items as successes.
		return Array.from(context.getInputData(), (_, itemIndex) => unreadableItem(itemIndex));
	}
}

function stopsAtFailure(context: IExecuteFunctions): boolean {
	const { type, continueOnFail } = context.getNode();
	// n8n has no On Error for tools, and the AI agent should read the failure.
	const isTool = type.endsWith('Tool');
	// `continueOnFail` is the setting of old workflows. n8n's helper ignores it if On Error is set, its engine does not.
	return !isTool && continueOnFail !== true && !context.continueOnFail();
}

async function outputItems(context: IExecuteFunctions, stops: boolean): Promise<INodeExecutionData[]> {
	const cancel = context.getExecutionCancelSignal?.();
	const input = context.getInputData();
	const node = context.getNode();
	const options = readOptions(context);
	const gateway = await gatewayFor(context, options.run);
	const lookedUp = await lookUpAll({
		itemCount: input.length,
		read: queryReader(context, options.ofItem),
		options: options.run.options,
		gateway,
		limiters,
		pictures: picturesFor(context, options.run.options.timeout),
		stopsAtFailure: stops,
		...(cancel && { cancel }),
		clock,
	});

	// If this threw, n8n would count the stopped execution as failed.
	if (cancel?.aborted) return [];
	const n8nAddsInput = node.onError === 'continueErrorOutput';
	const output = lookedUp.results.map((result, itemIndex) => {
		if (stops && result?.outcome.kind === 'failure') throw nodeError(context, result.outcome.failure, itemIndex);
		try {
			const shape = { options: options.ofItem(itemIndex).options, n8nAddsInput };
			if (result) return outputItem(result, itemIndex, input[itemIndex], shape);
		} catch {
			if (stops) throw nodeError(context, UNREADABLE_ITEM, itemIndex);
		}
		// With Stop Workflow, the run ended at the failure of a later item, which is thrown next.
		return unreadableItem(itemIndex, result);
	});
	// Only newer versions of n8n have hints.
	context.addExecutionHints?.(...hintsFor(lookedUp, node));
	return output;
}

async function gatewayFor(context: IExecuteFunctions, { options, failure }: ReadOptions['run']): Promise<Gateway> {
	if (failure) return noGateway(failure);
	const stored = await readCredential(context);
	return 'failure' in stored ? noGateway(stored.failure) : gatewayWith(context, stored.credential, options.timeout);
}
