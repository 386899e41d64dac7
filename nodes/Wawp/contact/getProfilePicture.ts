import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { schedule } from '../batch/schedule';
import { judge, type Outcome } from '../gateway/answer';
import { endsTheRun, failure, type Failure } from '../gateway/failure';
import { askGateway, type Query } from '../gateway/request';
import { readCredential } from '../n8n/credential';
import { nodeError, whatN8nSays } from '../n8n/errors';
import { readContactId } from './contactId';
import { optionsField, readOptions } from './options';
import { outputItem, type Result } from './output';

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
 * @returns one output item per input item, in input order, failures included
 * @throws {NodeApiError | NodeOperationError} only where On Error is "Stop Workflow": for the first item, in input
 *   order, of those that failed
 */
export async function getProfilePictures(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const itemCount = context.getInputData().length;
	const stopsAtFailure = !context.continueOnFail();
	const cancel = context.getExecutionCancelSignal?.();
	const lookUp = await lookUpForRun(context);

	let hasFailed = false;
	const results = await schedule(
		itemCount,
		lookUp.concurrency,
		async (index) => {
			const result = await lookUp.item(index);
			hasFailed ||= result.outcome.kind === 'failure';
			return result;
		},
		() => cancel?.aborted === true || (stopsAtFailure && hasFailed),
	);

	return results.flatMap((result, index) => {
		// Nothing started for this item: the execution was stopped, and nobody reads its output any more.
		if (result === undefined) return [];
		if (stopsAtFailure && result.outcome.kind === 'failure') {
			throw nodeError(context, result.outcome.failure, index);
		}
		return [outputItem(result, index)];
	});
}

/**
 * What is the same for all items of a run: options, credential, and whether the gateway still wants to be asked.
 */
async function lookUpForRun(
	context: IExecuteFunctions,
): Promise<{ concurrency: number; item: (index: number) => Promise<Result> }> {
	const read = readOptions(context);
	if ('failure' in read) return failEach(read.failure);
	const stored = await readCredential(context);
	if ('failure' in stored) return failEach(stored.failure);

	const { concurrency, timeout } = read.options;
	let credentialHasWorked = false;
	let end: Failure | undefined;

	const outcomeOf = async (query: Query): Promise<Outcome> => {
		const reply = await askGateway(context, stored.credential, query, timeout);
		if ('failure' in reply) return { kind: 'failure', failure: reply.failure };
		return judge(reply.answer, {
			contactId: query.contactId,
			credentialHasWorked,
			accessToken: String(stored.credential.data?.access_token).trim(),
			now: Date.now(),
		});
	};

	const item = async (index: number): Promise<Result> => {
		const query = readQuery(context, index);
		if ('failure' in query) return { ...query, outcome: { kind: 'failure', failure: query.failure }, attempts: 0 };
		const { contactId } = query;
		if (end) return { contactId, outcome: { kind: 'failure', failure: end }, attempts: 0 };

		const outcome = await outcomeOf(query);
		if (outcome.kind !== 'failure') credentialHasWorked = true;
		else if (endsTheRun(outcome.failure)) end ??= outcome.failure;
		return { contactId, outcome, attempts: 1 };
	};
	return { concurrency, item };
}

function failEach(failed: Failure): Awaited<ReturnType<typeof lookUpForRun>> {
	const outcome: Outcome = { kind: 'failure', failure: failed };
	return { concurrency: 1, item: async () => ({ contactId: null, outcome, attempts: 0 }) };
}

/** Reads the fields that may differ from item to item. Never throws. */
function readQuery(
	context: IExecuteFunctions,
	index: number,
): Query | { contactId: Result['contactId']; failure: Failure } {
	let typed: unknown = null;
	try {
		typed = context.getNodeParameter('contactId', index);
		const contactId = readContactId(typed);
		if (!contactId.ok) {
			const { message, description } = contactId;
			const particulars = description === undefined ? { message } : { message, description };
			return { contactId: asTyped(typed), failure: failure('invalid-contact-id', particulars) };
		}
		const refresh = readRefresh(context.getNodeParameter('refresh', index, false));
		if (refresh === undefined) {
			const failed = failure('bad-request', {
				message: 'Refresh is neither true nor false',
				description: 'Turn Refresh on or off, or map a field to it that holds true or false',
			});
			return { contactId: contactId.id, failure: failed };
		}
		return { contactId: contactId.id, refresh };
	} catch (error) {
		const failed = failure('invalid-contact-id', {
			message: 'The expression for this contact could not be evaluated',
			description: `Check the expressions in Contact ID and Refresh. ${whatN8nSays(error)}`,
		});
		return { contactId: asTyped(typed), failure: failed };
	}
}

/** Expressions often yield truth values as text. */
function readRefresh(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (value === undefined || value === null) return false;
	switch (String(value).trim().toLowerCase()) {
		case 'true':
			return true;
		case 'false':
		case '':
			return false;
		default:
			return undefined;
	}
}

function asTyped(input: unknown): Result['contactId'] {
	return typeof input === 'string' || typeof input === 'number' ? input : null;
}
