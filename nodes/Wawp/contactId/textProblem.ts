import { type ContactIdResult, invalid, quote } from './contactIdResult';
import type { Country } from './country';
import { areSeveral } from './severalNumbers';

const PHONE = /^\(?\s*(?:\+\s*)?(?=[^\d]*\d)[\d(](?:[\d\s().\-/]*[\d).])?$/;

/**
 * What a text is, if it is not one phone number in any usual writing.
 *
 * @param country of numbers without a country code
 * @returns `undefined` for a phone number
 */
export function unusualWriting(text: string, country: Country | undefined): ContactIdResult | undefined {
	if (/^\+?\d+(?:[.,]\d+)?e\+?\d+$|\d{7}(?:\.\d+|,\d{1,6})$/i.test(text)) {
		return invalid(
			`${quote(text)} is a phone number that a spreadsheet has changed`,
			'Format the column as text in the spreadsheet, and enter the number again',
		);
	}
	if (!PHONE.test(text) || isDateOrAddress(text, country)) return notANumber(text);
	return areSeveral(text, country) ? severalNumbers(text) : undefined;
}

/** 2026-11-22 (and a time), 22/11/2026 or 192.168.0.1: written with the signs of a phone number, but none. */
function isDateOrAddress(text: string, country?: Country): boolean {
	if (/^(?:(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:19|20)\d\d)(?:\s|$)/.test(text)) return true;
	// As Danes, Norwegians and Senegalese write their numbers.
	if (country && /^\d\d\.\d{2,3}\.\d\d\.\d\d$/.test(text)) return false;
	const parts = text.split('.');
	return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
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
		"Map only the number to 'Contact ID', without a name, an extension, a link or quotation marks",
	);
}
