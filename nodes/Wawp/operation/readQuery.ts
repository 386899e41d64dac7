import type { IExecuteFunctions } from 'n8n-workflow';

import { readContactId } from '../contactId/readContactId';
import { failure, type Failure } from '../failure';
import { errorMessage } from '../n8n/errors';
import type { ItemResult, ReadQuery } from '../run/run';
import { isEmpty, parameterReader, parseBoolean } from './parameterReader';
import type { ReadOptions } from './readOptions';

/** Returns a reader that never throws. */
export function queryReader(
	context: IExecuteFunctions,
	optionsOf: ReadOptions['ofItem'],
): (itemIndex: number) => ReadQuery {
	const { parameters } = context.getNode();
	const readContact = parameterReader(context, 'contactId', parameters.contactId);
	const readRefresh = parameterReader(context, 'refresh', parameters.refresh ?? false);
	return (itemIndex) => {
		let contactId: ItemResult['contactId'] = null;
		let field = 'Contact ID';
		const refused = (why: Failure) => ({ contactId, failure: why });
		try {
			const { options, failure: invalidOption } = optionsOf(itemIndex);
			const typed = readContact(itemIndex);
			contactId = asTyped(typed);
			const read = readContactId(typed, options.defaultCountry);
			if (!read.ok) {
				const { message, description } = read;
				return refused(failure('invalid-contact-id', { message, ...(description && { description }) }));
			}
			contactId = read.id;
			field = 'Refresh';
			const typedRefresh = readRefresh(itemIndex);
			const refresh = isEmpty(typedRefresh) ? false : parseBoolean(typedRefresh);
			if (refresh === undefined) return refused(INVALID_REFRESH);
			if (invalidOption) return refused(invalidOption);
			const { downloadPicture, noPicture } = options;
			return { contactId, refresh, downloadPicture, failsWithoutPicture: noPicture === 'error' };
		} catch (error) {
			const message = `The expression in '${field}' could not be evaluated`;
			const reason = field === 'Refresh' ? 'bad-request' : 'invalid-contact-id';
			return refused(failure(reason, { message, description: errorMessage(error) }));
		}
	};
}

const INVALID_REFRESH = failure('bad-request', {
	message: "'Refresh' is neither true nor false",
	description: "Turn 'Refresh' on or off, or map it to a field that holds true or false",
});

/** Longer than any contact ID. A file that was mapped by mistake is not copied into the error. */
const LONGEST_SHOWN = 200;

function asTyped(typed: unknown): ItemResult['contactId'] {
	if (typeof typed === 'string') return typed.length > LONGEST_SHOWN ? `${typed.slice(0, LONGEST_SHOWN)}…` : typed;
	return typeof typed === 'number' ? typed : null;
}
