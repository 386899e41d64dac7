import { type ContactIdResult, invalid, quote } from './contactIdResult';
import type { Country } from './country';
import { hasCountryCode, readDigits, type Typed, typedIn } from './readDigits';

const PHONE = /^\(?\s*(?:\+\s*)?(?=[^\d]*\d)[\d(](?:[\d\s().\-/]*[\d).])?$/;
const EXTENSION_IN_BRACKETS = /\d\D*\(\s*\d{1,6}\s*\)$/;
/** A last group of two or three digits: much shorter than the one before, or after the only hyphen or a spaced one. */
const LIKE_EXTENSION = /(?<=\d{5})[\s.-]+\d{3}$|(?<=\d{4})[\s.-]+\d\d$|(?:(?<=^[^-]*)|\s)-\s*\d{2,3}$/;
/** Meta's names for accounts that hide their number: a country, sometimes ENT for a group of businesses, and an ID. */
const BUSINESS_SCOPED_ID = /^[A-Z]{2}\.(?:ENT\.)?(?=\D*\d)[\dA-Za-z]{10,}$/;

/**
 * What a text is, if it is not one phone number in any usual writing.
 *
 * @returns `undefined` for a phone number
 */
export function textProblem(text: string, country: Country | undefined): ContactIdResult | undefined {
	if (/^\+?\d+(?:[.,]\d+)?e\+?\d+$|\d{7}(?:\.\d+|,\d{1,6})$/i.test(text)) {
		return invalid(
			`${quote(text)} is a phone number that a spreadsheet has changed`,
			'Format the column as text in the spreadsheet, and enter the number again',
		);
	}
	if (BUSINESS_SCOPED_ID.test(text)) {
		return invalid(
			`${quote(text)} is a business-scoped user ID, which only Meta's own API knows`,
			"Map the field that holds the contact's phone number or WhatsApp ID",
		);
	}
	const isPhone = PHONE.test(text) && !EXTENSION_IN_BRACKETS.test(text) && !isDateOrAddress(text, country);
	if (!isPhone || isExtended(text, country)) return notANumber(text);
	return areSeveral(text, country) ? severalNumbers(text) : undefined;
}

export function severalNumbers(text: string): ContactIdResult {
	return invalid(`${quote(text)} is more than one phone number`, 'Split the field into one item per number first');
}

/** A name, an extension, a link or a second number is so common next to a phone number that it has its own message. */
function notANumber(text: string): ContactIdResult {
	const runs = text.match(/(?<![\w-])\d(?:[\s().\-/]*\d){6,}/g) ?? [];
	const numbers = runs.filter((run) => !isDateOrAddress(run)).length;
	if (numbers > 1) return severalNumbers(text);
	if (numbers === 0) return invalid(`${quote(text)} is neither a phone number nor a WhatsApp ID`);
	return invalid(
		`${quote(text)} contains more than a phone number`,
		"Map only the number to 'Contact ID', without a name, an extension, a link or quotation marks",
	);
}

/** Whether leaving out what looks like an extension leaves a mobile. Landlines have such groups: "+49 761 47810-900". */
function isExtended(text: string, country: Country | undefined): boolean {
	const { index } = LIKE_EXTENSION.exec(text) ?? {};
	const mobile = index && readDigits(typedIn(text.slice(0, index)), country);
	return typeof mobile === 'object' && mobile.range === 'mobile';
}

/** 2026-11-22 (and a time), 22/11/2026 or 192.168.0.1: no phone number, though written with its signs. */
function isDateOrAddress(text: string, country?: Country): boolean {
	if (/^(?:(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:19|20)\d\d)(?:\s|$)/.test(text)) return true;
	// As Danes, Norwegians and Senegalese write their numbers.
	if (country && /^\d\d\.\d{2,3}\.\d\d\.\d\d$/.test(text)) return false;
	const parts = text.split('.');
	return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

const SHORTEST_NUMBER = 7;
const SHORTEST_OF_PAIR = 5;

/**
 * Whether a text holds more than one phone number, or one and the end of another: "5551234-5554321" or
 * "+212 522 940770/74". A slash follows an area code, too, as in "+49 30/23125-123".
 */
function areSeveral(text: string, country: Country | undefined): boolean {
	if (/[\n\r\t]/.test(text) || (/\s\/|\/\s/.test(text) && /\/.*\//.test(text))) return true;
	// Most texts end here: too few digits for two numbers, and no slash.
	if (text.replace(/\D/g, '').length < 2 * SHORTEST_NUMBER && !text.includes('/')) return false;
	return [...text.matchAll(/[\s.()\-/]+/g)].some(({ 0: separator, index }) => {
		const [before, after] = [typedIn(text.slice(0, index)), typedIn(text.slice(index))];
		const isSlash = separator.includes('/');
		if (!hasCountryCode(before) && isPair(before, after, isSlash)) return true;
		if (!isSlash && Math.min(before.digits.length, after.digits.length) < SHORTEST_NUMBER) return false;
		const read = readDigits(before, country);
		// A number as short as that may be an area code.
		return typeof read === 'object' && (read.national.length >= SHORTEST_NUMBER || after.digits.length <= 3);
	});
}

/** Whether two texts are local numbers, each long enough for one: in a row, or with a slash between them. */
function isPair(before: Typed, after: Typed, isSlash: boolean): boolean {
	const first = isSlash ? before.digits : (before.groups.at(-1) ?? '');
	const second = isSlash ? after.digits : (after.groups[0] ?? '');
	if (Math.min(first.length, second.length) >= SHORTEST_NUMBER) return true;
	return isSlash && first.length === second.length && first.length >= SHORTEST_OF_PAIR;
}
