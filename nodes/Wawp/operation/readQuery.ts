import type { IExecuteFunctions } from 'n8n-workflow';

import { readContactId } from '../contactId/readContactId';
import { failure } from '../failure';
import type { Query } from '../gateway/request';
import { errorMessage } from '../n8n/errors';
import type { ItemResult, ReadQuery, RefusedQuery } from '../run/itemResult';
import { UNREADABLE_ITEM } from './outputItem';
import { parameterReader, parseBoolean } from './parameterReader';
import type { ReadOptions } from './readOptions';

/**
 * Makes the reader of what an item asks for. Neither of the two functions throws.
 */
export function queryReader(
	context: IExecuteFunctions,
	optionsOf: ReadOptions['ofItem'],
): (itemIndex: number) => ReadQuery {
	const { parameters } = context.getNode();
	const readTyped = parameterReader(context, 'contactId', parameters.contactId);
	const readLive = parameterReader(context, 'refresh', parameters.refresh ?? false);
	return (itemIndex) => {
		try {
			const { options, failure: unusable } = optionsOf(itemIndex);
			const query = readQuery(readTyped, readLive, itemIndex, options.defaultCountry);
			if ('failure' in query) return query;
			if (unusable) return { contactId: query.contactId, failure: unusable };
			const { downloadPicture, noPicture } = options;
			return { ...query, downloadPicture, failsWithoutPicture: noPicture === 'error' };
		} catch {
			// Nothing in there should throw; if something does, it must stay with its item.
			return { contactId: null, failure: UNREADABLE_ITEM };
		}
	};
}

type ReadParameter = (itemIndex: number) => unknown;

function readQuery(
	readTyped: ReadParameter,
	readLive: ReadParameter,
	itemIndex: number,
	defaultCountry: string,
): Query | RefusedQuery {
	let typed: unknown = null;
	try {
		typed = readTyped(itemIndex);
		const contactId = readContactId(typed, defaultCountry);
		if (!contactId.ok) {
			const { message, description } = contactId;
			const overrides = description === undefined ? { message } : { message, description };
			return { contactId: asTyped(typed), failure: failure('invalid-contact-id', overrides) };
		}
		const refresh = readRefresh(readLive(itemIndex));
		if (refresh === undefined) {
			const failed = failure('bad-request', {
				message: "'Refresh' is neither true nor false",
				description: "Turn 'Refresh' on or off, or map a field to it that holds true or false",
			});
			return { contactId: contactId.id, failure: failed };
		}
		return { contactId: contactId.id, refresh };
	} catch (error) {
		const failed = failure('invalid-contact-id', {
			message: 'The expression for this contact could not be evaluated',
			description: `Check the expressions in 'Contact ID' and 'Refresh'. ${errorMessage(error)}`,
		});
		return { contactId: asTyped(typed), failure: failed };
	}
}

/** What is left empty means off. */
function readRefresh(value: unknown): boolean | undefined {
	const isEmpty = value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
	return isEmpty ? false : parseBoolean(value);
}

/** More than any contact ID has: a whole file that was mapped by mistake is not copied into the error. */
const LONGEST_SHOWN = 200;

function asTyped(input: unknown): ItemResult['contactId'] {
	if (typeof input === 'string') return input.length > LONGEST_SHOWN ? `${input.slice(0, LONGEST_SHOWN)}…` : input;
	return typeof input === 'number' ? input : null;
}
