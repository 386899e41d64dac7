import type { Country } from './country';
import { readDigits, typedIn } from './readDigits';
import { VALID } from './numberingPlans';

/**
 * Whether a text holds more than one phone number, or one and the end of another: "+212 522 940770/74". A slash stands
 * behind an area code, too, as in "+49 30/23125-123".
 *
 * @param text with nothing in it but what phone numbers are written with
 */
export function areSeveral(text: string, country: Country | undefined): boolean {
	if (/[\n\r\t]/.test(text)) return true;
	return haveLongGroups(text, country) || haveSlash(text, country);
}

/** "5551234-5554321"; but "0049171 1234567" is one number. */
function haveLongGroups(text: string, country: Country | undefined): boolean {
	const [first, second] = text.match(/\d{7,}/g) ?? [];
	if (first === undefined || second === undefined) return false;
	const isOnlyItsBeginning =
		/^(?:\+|00)/.test(text) && !isNumber(text.slice(0, text.indexOf(first) + first.length), country);
	return !isOnlyItsBeginning;
}

function haveSlash(text: string, country: Country | undefined): boolean {
	const parts = text.split('/');
	if (parts.length > 2 && /\s\/|\/\s/.test(text)) return true;
	return parts.slice(1).some((_, index) => {
		const before = parts.slice(0, index + 1).join('/');
		const [first, second] = [before, parts.slice(index + 1).join('/')].map((part) => part.replace(/\D/g, '').length);
		if (first === undefined || second === undefined) return false;
		const isPair = !/^\(?(?:\+|00)/.test(text) && (Math.min(first, second) >= 7 || (first === second && first >= 5));
		return isPair || isNumber(before, country, second);
	});
}

/** Whether a text is a number by itself. An area code can look like one that is short. */
function isNumber(text: string, country: Country | undefined, digitsBehind = 0): boolean {
	const read = readDigits(typedIn(text), country);
	if (!('number' in read)) return false;
	const { national, certainty } = read.number;
	return national.length >= 7 || (certainty >= VALID && digitsBehind <= 3);
}
