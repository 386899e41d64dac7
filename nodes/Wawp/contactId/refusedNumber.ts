import { type ContactIdResult, invalid, quote } from './contactIdResult';
import { type Country, nameOf } from './country';
import { callingCodeOf, mainCountryOf, wrongLengthOf } from './numberingPlans';
import { hasCountryCode, type Misread, type Typed } from './readDigits';

const EXAMPLES = '+1 555 123 4567 in the United States, +44 20 7946 0958 for 020 7946 0958 in Britain';

/** @param text what was typed */
export function missingCountryCode(text: string): ContactIdResult {
	return invalid(
		`${quote(text)} is missing the country code`,
		`Put + and the country code in front, without a leading zero: ${EXAMPLES}. ` +
			"Or choose the country in the option 'Default Country'",
	);
}

/** @param given what stands in Default Country */
export function unknownCountry(given: string): ContactIdResult {
	return invalid(
		`${quote(given)} in 'Default Country' is not a country`,
		'Use a code such as DE or DEU, an English name such as Germany, or a country code such as +49',
	);
}

/** The message for digits that are no phone number. */
export function refusedNumber(text: string, typed: Typed, misread: Misread, country?: Country): ContactIdResult {
	const isInternational = hasCountryCode(typed) || !country;
	const rest = typed.digits.replace(/^00/, '');
	if (misread === 'ambiguous') {
		return invalid(
			`${quote(text)} can be more than one phone number`,
			'Put + and the country code in front, without 00 or any other code for calls abroad',
		);
	}
	if (rest.length > 15 || (isInternational && rest.length < 7)) {
		const count = rest.length === 1 ? '1 digit' : `${rest.length} digits`;
		return invalid(`${quote(text)} has ${count}; a phone number with its country code has 7 to 15`);
	}
	if (misread === 'no-country-code') return missingCountryCode(text);
	if (misread === 'unknown-country-code') {
		return invalid(
			`${quote(text)} begins with a country code that does not exist`,
			'Check the digits after the +, or after 00',
		);
	}
	const international = isInternational ? rest : country.callingCode + typed.digits;
	const wrong = wrongLengthOf(international);
	return invalid(
		`${quote(text)} is ${wrong ? `${wrong} for a number` : 'not in any number range used'} in ${placeOf(international)}`,
		'Check its digits, and enter the number as it is dialled from abroad, with + and the country code',
	);
}

/** "the United Kingdom" */
function placeOf(international: string): string {
	const callingCode = callingCodeOf(international) ?? '';
	if (callingCode === '1') return 'North America';
	const country = mainCountryOf(callingCode);
	if (!country) return `the country code ${callingCode}`;
	const name = nameOf(country);
	return /^(?:United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Central|Dominican|.* Islands$)/.test(name)
		? `the ${name}`
		: name;
}
