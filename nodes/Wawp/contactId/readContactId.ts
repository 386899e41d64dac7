import { valid, type ContactIdResult, PHONE_DIGITS, quote, invalid } from './contactIdResult';
import { plainText } from './plainText';
import { readPhone } from './readPhoneNumber';

// Since 2021 a group has a number of its own; before, it was <creator's phone>-<creation time>.
const GROUP = /^(?:\d{5,15}-\d{5,15}|\d{10,25})$/;
const LID = /^[1-9]\d{4,24}$/;

// Far more than any ID with marks and spaces around it. Regular expressions run out of stack on texts of megabytes.
const LONGEST_INPUT = 1000;
// What machines put in front: spreadsheets their mark of text, links RFC 3966, Twilio, Meta's exports of leads.
const PREFIX = /^(?:'|(?:tel|whatsapp|p):\s*)/i;

const NO_CONTACT = new Map([
	['newsletter', 'A newsletter (channel) has no contact picture'],
	['broadcast', 'A broadcast list has no contact picture'],
]);

/**
 * Reads what a user typed or mapped into Contact ID.
 *
 * @param input the parameter's value, of any type: expressions can yield anything
 * @returns the canonical ID (`<digits>@c.us`, `...@g.us`, `...@lid`), or what is wrong with the input in
 *   the user's words. Never throws.
 */
export function readContactId(input: unknown): ContactIdResult {
	if (typeof input === 'number') return readNumber(input);
	if (typeof input === 'bigint') return readContactId(String(input));
	if (input === undefined || input === null || input === '') return emptyContactId();
	if (typeof input !== 'string') {
		return invalid(
			`The contact ID is ${nameOfType(input)}, not text or a number`,
			`Drag the field${typeof input === 'boolean' ? '' : ' inside it'} that holds the phone number or WhatsApp ID onto Contact ID`,
		);
	}
	// What most lists hold needs no further reading.
	if (PHONE_DIGITS.test(input)) return valid(input, 'c.us');
	if (input.length > LONGEST_INPUT) {
		return invalid(
			`The contact ID is a text of ${input.length} characters, too long for a phone number or WhatsApp ID`,
		);
	}
	const text = plainText(input).replace(PREFIX, '');
	if (text === '') return emptyContactId();
	return text.includes('@') ? readJid(text) : readPhone(text);
}

function readNumber(input: number): ContactIdResult {
	if (!Number.isSafeInteger(input)) {
		return invalid(
			'The contact ID is a number that has lost digits',
			'Keep phone numbers as text in the sheet or database that they come from',
		);
	}
	return input < 0 ? invalid('The contact ID is a negative number') : readPhone(String(input));
}

/** Source of the ID's endings: Wawp's public documentation; `s.whatsapp.net` is WhatsApp's own. */
function readJid(text: string): ContactIdResult {
	const at = text.indexOf('@');
	const user = text.slice(0, at);
	const server = text.slice(at + 1).toLowerCase();
	if (server.includes('@')) return invalid(`${quote(text)} has more than one @`);
	switch (server) {
		case 'c.us':
		case 's.whatsapp.net': {
			// Expressions put the ending behind a number with a +; the service would strip that, too.
			const phone = (server === 'c.us' ? user : user.replace(/:\d{1,5}$/, '')).replace(/^\+/, '');
			if (PHONE_DIGITS.test(phone)) return valid(phone, 'c.us');
			return invalidUser(text, server, `Put digits only before @${server}, or enter the phone number without it`);
		}
		case 'g.us':
			return GROUP.test(user) ? valid(user, 'g.us') : invalidUser(text, 'g.us');
		case 'lid':
			return LID.test(user) ? valid(user, 'lid') : invalidUser(text, 'lid');
		default:
			return invalid(
				NO_CONTACT.get(server) ??
					`${quote(text)} is not a WhatsApp ID, which ends in @c.us, @g.us, @lid or @s.whatsapp.net`,
			);
	}
}

function emptyContactId(): ContactIdResult {
	return invalid(
		'The contact ID is empty',
		'Map Contact ID to the field that holds the phone number or WhatsApp ID, and check that this item has it',
	);
}

function invalidUser(text: string, server: string, description?: string): ContactIdResult {
	return invalid(`${quote(text)} has no valid number before @${server}`, description);
}

function nameOfType(input: unknown): string {
	if (Array.isArray(input)) return 'a list';
	if (typeof input === 'boolean') return 'true or false';
	return 'an object';
}
