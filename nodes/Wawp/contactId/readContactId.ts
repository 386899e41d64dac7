import { type ContactIdResult, invalid, quote, valid } from './contactIdResult';
import { readCountry } from './country';
import { hasCountryCode, readDigits, typedIn } from './readDigits';
import { missingCountryCode, refusedNumber, unknownCountry } from './refusedNumber';
import { severalNumbers, textProblem } from './textProblem';
import { numbersInLink, readJid } from './whatsAppForms';

// Far more than any ID with marks and spaces around it. Regular expressions run out of stack on texts of megabytes.
const LONGEST_INPUT = 100;
// A link can bring a message along.
const LONGEST_LINK = 10_000;
// What machines put in front: spreadsheets their mark of text, links RFC 3966, Twilio, Meta's exports of leads.
const PREFIX = /^(?:'|(?:tel|whatsapp|p):\s*)/i;
/** A whole number as programs print it from a floating-point value. */
const FLOAT = /^(\+?\d{7,15})\.0+$/;

/**
 * Reads what a user typed or mapped into Contact ID.
 *
 * `0049 171 1234567` and `+49 171 1234567` are 491711234567@c.us, whatever the Default Country. `0171 1234567` is the
 * same with Germany, and refused without one. Of other countries: `readDigits`.
 *
 * @param input the parameter's value, of any type: expressions can yield anything
 * @param defaultCountry the country of phone numbers without a country code, as `readCountry` takes it; '' for none
 * @returns the canonical ID (`<digits>@c.us`, `...@g.us`, `...@lid`), or what is wrong with the input. Never throws.
 */
export function readContactId(input: unknown, defaultCountry = ''): ContactIdResult {
	if (typeof input === 'number') return readNumber(input, defaultCountry);
	if (typeof input === 'bigint') return readContactId(String(input), defaultCountry);
	if (input === undefined || input === null) return readContactId('');
	if (typeof input !== 'string') return notText(input);
	const linked = input.length <= LONGEST_LINK ? numbersInLink(input) : undefined;
	if (linked) return readLinked(linked, input, defaultCountry);
	if (input.length > LONGEST_INPUT) {
		return invalid(`The contact ID has ${input.length} characters, too many for a phone number or WhatsApp ID`);
	}
	const text = plainText(input).replace(PREFIX, '').replace(FLOAT, '$1');
	if (text === '') {
		return invalid(
			'The contact ID is empty',
			"Map 'Contact ID' to the field that holds the phone number or WhatsApp ID, and check that this item has it",
		);
	}
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

function notText(input: unknown): ContactIdResult {
	const [type, where] = typeof input === 'boolean' ? ['true or false', ''] : ['an object', ' inside it'];
	return invalid(
		`The contact ID is ${Array.isArray(input) ? 'a list' : type}, not text or a number`,
		`Drag the field${where} that holds the phone number or WhatsApp ID onto 'Contact ID'`,
	);
}

function readLinked([number, ...others]: string[], link: string, defaultCountry: string): ContactIdResult {
	const start = link.slice(0, LONGEST_INPUT);
	if (others.length > 0) return severalNumbers(start);
	if (number && number.length <= LONGEST_INPUT) return readPhoneNumber(plainText(number), defaultCountry);
	return invalid(
		`${quote(start)} is a link without a phone number`,
		'Use the phone number itself, or a link such as https://wa.me/15551234567',
	);
}

/** @param text plain, see `plainText` */
function readPhoneNumber(text: string, defaultCountry: string): ContactIdResult {
	const hasDefault = defaultCountry.trim() !== '';
	const country = hasDefault ? readCountry(defaultCountry) : undefined;
	const typed = typedIn(text);
	// What most lists hold needs no look at how it is written.
	const problem = /^\+?\d{7,17}$/.test(text) ? undefined : textProblem(text, country);
	if (problem) return problem;
	if (!hasCountryCode(typed) && !country) {
		if (hasDefault) return unknownCountry(defaultCountry);
		if (typed.isLocal) return missingCountryCode(text);
	}
	const read = readDigits(typed, country);
	return typeof read === 'object' ? valid(read.digits, 'c.us') : refusedNumber(text, typed, read, country);
}

/** Latin digits, and none of the invisible marks that come along when a number is pasted from a messenger. */
function plainText(input: string): string {
	// What most texts are.
	if (/^[ -~]*$/.test(input)) return input.trim();
	// Halves of characters would join where a mark between them goes. A footnote's mark, such as a raised 1, would become
	// a digit of the number.
	return input
		.replace(/\p{Cs}/gu, '\ufffd')
		.replace(/\P{No}+/gu, (text) => text.normalize('NFKC'))
		.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
		.replace(EAST_ASIAN_HYPHEN, '-')
		.replace(/[\p{Pd}\u2212]/gu, '-')
		.replace(/(?!\d)\p{Nd}/gu, latinDigit)
		.trim();
}

/** Between digits: the long vowel of Japanese, the vowel eu of Korean, and two strokes that frames are drawn with. */
const EAST_ASIAN_HYPHEN = /(?<=\p{Nd}\s*)[\u30fc\u1173\u2500\u2501](?=\s*\p{Nd})/gu;

/** Unicode lays out the digits of every script as a run from zero to nine; some scripts have several runs in a row. */
function latinDigit(digit: string): string {
	let first = digit.codePointAt(0) as number;
	const value = first;
	while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first -= 1;
	return String((value - first) % 10);
}
