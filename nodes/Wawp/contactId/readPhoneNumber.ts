import { valid, type ContactIdResult, PHONE_DIGITS, quote, invalid } from './contactIdResult';

const PHONE = /^\(?\s*(?:\+\s*)?(?=[^\d]*\d)[\d(](?:[\d\s().\-/]*[\d).])?$/;
// The country codes of ITU-T E.164, but for 1 and 7.
const COUNTRY_CODE =
	'(?:2(?:[07]|[1-689]\\d)|3(?:[0-469]|[578]\\d)|4(?:[013-9]|2\\d)|5(?:[1-8]|[09]\\d)|6(?:[0-6]|[7-9]\\d)|8(?:[1246]|[03578]\\d)|9(?:[0-58]|[679]\\d))';
// In Italy, San Marino, Tajikistan and parts of West and Central Africa a zero belongs to the number (source:
// libphonenumber).
const KEEPS_ZERO = '(?:39|22[569]|24[12]|378|992)\\D';
// The zero in front of an area code, dialled inside the country only: in brackets, or parted from the country code.
const BRACKETED_ZERO = new RegExp(`^(\\(*(?:00[()]*)?(?!${KEEPS_ZERO})(?:[17]|${COUNTRY_CODE})\\)?\\()0`);
const PARTED_ZERO = new RegExp(
	`^(\\(?\\s*(?:\\+|00)[\\s()]*(?!${KEEPS_ZERO})${COUNTRY_CODE}\\)?[\\s.\\-/]+)0(?![\\s().\\-/]*0)`,
);
// ITU-T E.123: brackets at the beginning hold an area code.
const AREA_CODE = /^\(\s*(?!00)\d{1,5}\s*\)/;
// As in 415-555-0123, unless the first three digits can be a country code (ITU-T E.164).
const NORTH_AMERICAN = /^(?!2[1-69]|3[578]|42|5[09]|6[7-9]|8[0578]|9[679])[2-9]\d\d([\s.-])\d{3}\1\d{4}$/;

/**
 * Reads a phone number in any usual writing.
 *
 * @param text plain, see `plainText`
 */
export function readPhone(text: string): ContactIdResult {
	if (/^\+?\d+(?:[.,]\d+)?e\+?\d+$|\d{7}(?:\.\d+|,\d{1,6})$/i.test(text)) {
		return invalid(
			`${quote(text)} is a phone number that a spreadsheet has changed`,
			'Format the column as text in the spreadsheet, and enter the number again',
		);
	}
	if (!PHONE.test(text) || isDateOrAddress(text)) return notANumber(text);
	if (areSeveral(text)) return severalNumbers(text);
	const dialled = text
		.replace(PARTED_ZERO, '$1')
		.replace(/[^\d()]/g, '')
		.replace(BRACKETED_ZERO, '$1');
	const digits = dialled.replace(/^\(?00/, '').replace(/\D/g, '');
	if (digits.startsWith('0') || AREA_CODE.test(text) || NORTH_AMERICAN.test(text)) {
		return invalid(
			`${quote(text)} is missing the country code`,
			'Put + and the country code in front, in the place of a leading zero: +1 555 123 4567 in the United States, +44 20 7946 0958 for 020 7946 0958 in Britain',
		);
	}
	if (!PHONE_DIGITS.test(digits)) {
		const count = digits.length === 1 ? '1 digit' : `${digits.length} digits`;
		return invalid(`${quote(text)} has ${count}; a phone number with its country code has 7 to 15`);
	}
	return valid(digits, 'c.us');
}

/** 2026-11-22 (and a time), 22/11/2026 or 192.168.0.1: written with the signs of a phone number, but none. */
function isDateOrAddress(text: string): boolean {
	if (/^(?:(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:19|20)\d\d)(?:\s|$)/.test(text)) return true;
	const parts = text.split('.');
	return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function areSeveral(text: string): boolean {
	if (/[\n\r\t]|\d{7}\s+\d{7}/.test(text)) return true;
	// Germans write " / " behind an area code, too: +49 (0)30 / 23125-123.
	const [first, second, ...others] = text.split(/\s\/|\/\s/).map((part) => part.replace(/^00|\D/g, '').length);
	if (second === undefined) return false;
	return others.length > 0 || first >= 8 || (first === 7 && second >= 7);
}

function severalNumbers(text: string): ContactIdResult {
	return invalid(`${quote(text)} is more than one phone number`, 'Split the field into one item per number first');
}

/** A name, an extension, a link or a second number comes with phone numbers so often that it is worth its own words. */
function notANumber(text: string): ContactIdResult {
	const runs = text.match(/(?<![\w-])\d(?:[\s().\-/]*\d){6,}/g) ?? [];
	const numbers = runs.filter((run) => !isDateOrAddress(run)).length;
	if (numbers > 1) return severalNumbers(text);
	if (numbers === 0) return invalid(`${quote(text)} is neither a phone number nor a WhatsApp ID`);
	return invalid(
		`${quote(text)} has more in it than a phone number`,
		'Map only the number to Contact ID, without a name, an extension, a link or quotation marks',
	);
}
