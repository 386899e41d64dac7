import type { IExecuteFunctions } from 'n8n-workflow';

import { readContactId } from '../contactId/readContactId';
import { failure } from '../failure';
import { errorMessage } from '../n8n/errors';
import type { ItemResult, ReadQuery } from '../run/itemResult';
import { parseBoolean } from './parseBoolean';
import { fieldOfSimpleExpression } from './simpleExpression';

/**
 * Makes the reader of the fields that may differ from item to item. Neither of the two functions throws.
 */
export function queryReader(context: IExecuteFunctions): (itemIndex: number) => ReadQuery {
	const readTyped = contactIdReader(context);
	return (itemIndex) => {
		let typed: unknown = null;
		try {
			typed = readTyped(itemIndex);
			const contactId = readContactId(typed);
			if (!contactId.ok) {
				const { message, description } = contactId;
				const overrides = description === undefined ? { message } : { message, description };
				return { contactId: asTyped(typed), failure: failure('invalid-contact-id', overrides) };
			}
			const refresh = readRefresh(context.getNodeParameter('refresh', itemIndex, false));
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
				description: `Check the expressions in Contact ID and Refresh. ${errorMessage(error)}`,
			});
			return { contactId: asTyped(typed), failure: failed };
		}
	};
}

/** Takes a field that was dragged onto Contact ID straight from the item, and leaves the rest to n8n. */
function contactIdReader(context: IExecuteFunctions): (itemIndex: number) => unknown {
	const items = context.getInputData();
	const field = fieldOfSimpleExpression(context.getNode().parameters.contactId);
	return (itemIndex) => {
		const json = items[itemIndex]?.json ?? {};
		const value = field !== undefined && Object.hasOwn(json, field) ? json[field] : undefined;
		if (typeof value === 'string' || typeof value === 'number') return value;
		return context.getNodeParameter('contactId', itemIndex);
	};
}

/** What is left empty means off. */
function readRefresh(value: unknown): boolean | undefined {
	const isEmpty = value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
	return isEmpty ? false : parseBoolean(value);
}

function asTyped(input: unknown): ItemResult['contactId'] {
	return typeof input === 'string' || typeof input === 'number' ? input : null;
}
