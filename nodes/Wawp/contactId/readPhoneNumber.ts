import { type ContactIdResult, valid } from './contactIdResult';
import { readCountry } from './country';
import { readDigits, typedIn } from './readDigits';
import { misreadNumber, missingCountryCode, unknownCountry } from './refusedNumber';
import { unusualWriting } from './textProblem';

/** What most lists hold; it needs no look at how it is written. */
const PLAIN = /^\+?\d{7,17}$/;
// ITU-T E.123: brackets at the beginning hold an area code.
const AREA_CODE = /^\(\s*(?!00)\d{1,5}\s*\)/;
// As in 415-555-0123, with the area code in front.
const NORTH_AMERICAN = /^[2-9]\d\d([.-])\d{3}\1\d{4}$/;

/**
 * Reads a phone number in any usual writing.
 *
 * @param text plain, see `plainText`
 * @param defaultCountry see `readCountry`; '' for none. One that is unknown matters only to a number that needs it.
 */
export function readPhoneNumber(text: string, defaultCountry: string): ContactIdResult {
	const country = defaultCountry.trim() === '' ? undefined : readCountry(defaultCountry);
	const typed = typedIn(text);
	const needsCountry = !typed.hasPlus && !typed.digits.startsWith('00');
	if (!PLAIN.test(text)) {
		const problem = unusualWriting(text, country);
		if (problem) return problem;
		const isLocal = AREA_CODE.test(text) || NORTH_AMERICAN.test(text);
		if (isLocal && defaultCountry.trim() === '') return missingCountryCode(text);
	}
	if (needsCountry && defaultCountry.trim() !== '' && !country) return unknownCountry(defaultCountry);
	const read = readDigits(typed, country);
	return 'number' in read ? valid(read.number.digits, 'c.us') : misreadNumber(text, typed, read.misread, country);
}
