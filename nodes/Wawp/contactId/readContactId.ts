import { type ContactIdResult, invalid, quote } from './contactIdResult';
import { plainText } from './plainText';
import { readJid } from './whatsAppForms';
import { isLink, numberInLink } from './readLink';
import { readPhoneNumber } from './readPhoneNumber';

// Far more than any ID with marks and spaces around it. It costs time to look at each character, and regular expressions
// run out of stack on texts of megabytes.
const LONGEST_INPUT = 100;
// A link can bring a message along.
const LONGEST_LINK = 10_000;
// What machines put in front: spreadsheets their mark of text, links RFC 3966, Twilio, Meta's exports of leads.
const PREFIX = /^(?:'|(?:tel|whatsapp|p):\s*)/i;

/**
 * Reads what a user typed or mapped into Contact ID.
 *
 * @param input the parameter's value, of any type: expressions can yield anything
 * @param defaultCountry what stands for the country of phone numbers without a country code; see `readCountry`, '' for
 *   none
 * @returns the canonical ID (`<digits>@c.us`, `...@g.us`, `...@lid`), or what is wrong with the input in
 *   the user's words. Never throws.
 */
export function readContactId(input: unknown, defaultCountry = ''): ContactIdResult {
	if (typeof input === 'number') return readNumber(input, defaultCountry);
	if (typeof input === 'bigint') return readContactId(String(input), defaultCountry);
	if (input === undefined || input === null || input === '') return emptyContactId();
	if (typeof input !== 'string') {
		return invalid(
			`The contact ID is ${nameOfType(input)}, not text or a number`,
			`Drag the field${typeof input === 'boolean' ? '' : ' inside it'} that holds the phone number or WhatsApp ID onto 'Contact ID'`,
		);
	}
	const link = input.length <= LONGEST_LINK && isLink(input) ? input : undefined;
	if (link) return readNumberInLink(link, defaultCountry);
	if (input.length > LONGEST_INPUT) {
		return invalid(
			`The contact ID is a text of ${input.length} characters, too long for a phone number or WhatsApp ID`,
		);
	}
	const text = plainText(input).replace(PREFIX, '');
	if (text === '') return emptyContactId();
	return text.includes('@') ? readJid(text) : readPhoneNumber(text, defaultCountry);
}

function readNumber(input: number, defaultCountry: string): ContactIdResult {
	if (!Number.isSafeInteger(input)) {
		return invalid(
			'The contact ID is a number that has lost digits',
			'Keep phone numbers as text in the sheet or database that they come from',
		);
	}
	return input < 0 ? invalid('The contact ID is a negative number') : readPhoneNumber(String(input), defaultCountry);
}

function readNumberInLink(link: string, defaultCountry: string): ContactIdResult {
	const number = numberInLink(link);
	if (number && number.length <= LONGEST_INPUT) return readPhoneNumber(plainText(number), defaultCountry);
	return invalid(
		`${quote(link.slice(0, LONGEST_INPUT))} is a link without a phone number`,
		'Use the phone number itself, or a link such as https://wa.me/15551234567',
	);
}

function emptyContactId(): ContactIdResult {
	return invalid(
		'The contact ID is empty',
		"Map 'Contact ID' to the field that holds the phone number or WhatsApp ID, and check that this item has it",
	);
}

function nameOfType(input: unknown): string {
	if (Array.isArray(input)) return 'a list';
	if (typeof input === 'boolean') return 'true or false';
	return 'an object';
}
