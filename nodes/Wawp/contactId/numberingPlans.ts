import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	Metadata,
	type MetadataJson,
	parsePhoneNumberFromString,
	type PhoneNumber,
	validatePhoneNumberLength,
} from 'libphonenumber-js/core';
// Of the three sets of metadata this is the largest (39 kB packed; the smallest has 19 kB). Only with it the library can
// tell a number that exists from one of a possible length, which decides what digits mean that could be two numbers.
import json from 'libphonenumber-js/metadata.max.json';

export type { CountryCode };

/** What is known of a number: its length is possible, it is in a range that exists, or in one of mobile phones. */
export const POSSIBLE = 1;
export const VALID = 2;
export const MOBILE = 3;

/** Digits, read as a phone number with its country code. */
export interface InternationalNumber {
	/** Country code and national number, as they were typed. */
	digits: string;
	callingCode: string;
	national: string;
	/** What was typed between the two, and dialled inside the country only; '' for none. */
	trunkPrefix: string;
	certainty: typeof POSSIBLE | typeof VALID | typeof MOBILE;
}

// As JSON its codes of countries are mere texts.
const metadata = json as unknown as MetadataJson;

export const COUNTRIES: readonly CountryCode[] = getCountries(metadata);

export function callingCodeOfCountry(country: CountryCode): string {
	return getCountryCallingCode(country, metadata);
}

const CALLING_CODES = new Set<string>([...COUNTRIES.map(callingCodeOfCountry), ...Object.keys(metadata.nonGeographic)]);

/** Whether it is a country code, no digit more or less. */
export function isCallingCode(digits: string): boolean {
	return CALLING_CODES.has(digits);
}

/** @returns the country code in front of digits; `undefined` where none begins like that */
export function callingCodeOf(digits: string): string | undefined {
	return [1, 2, 3].map((length) => digits.slice(0, length)).find((code) => CALLING_CODES.has(code));
}

/** @returns the country of a country code, the largest of those that share it; `undefined` for no code of a country */
export function mainCountryOf(callingCode: string): CountryCode | undefined {
	return metadata.country_calling_codes[callingCode]?.[0];
}

const ACCESS_CODES = new Map<CountryCode, RegExp>();

/** @returns what is dialled in a country in front of another's code, if digits begin with it */
export function accessCodeOf(digits: string, country: CountryCode): string | undefined {
	let pattern = ACCESS_CODES.get(country);
	if (!pattern) {
		const plan = new Metadata(metadata);
		plan.selectNumberingPlan(country);
		pattern = new RegExp(`^(?:${plan.numberingPlan?.IDDPrefix()})(?!0)`);
		ACCESS_CODES.set(country, pattern);
	}
	return pattern.exec(digits)?.[0];
}

// All that the library knows. Two may be one prefix: the 8 of Belarus, with a 0 behind it.
const TRUNK_PREFIX = /^(?:0|1|8|80|06)?$/;
// ITU-T E.164: at most 15 digits, country code included. No country has numbers shorter than 7 with it.
const E164 = /^[1-9]\d{6,14}$/;
const LONGEST_WITH_TRUNK_PREFIX = 17;

/**
 * Reads digits that begin with a country code.
 *
 * The library drops trunk prefixes, and so does this. But it also drops digits by which a carrier is chosen, and turns
 * some numbers into others, such as Argentina's 15 into a 9 elsewhere. What it gives is taken only where it was typed.
 *
 * @returns `undefined` for what cannot be a phone number
 */
export function readInternational(digits: string): InternationalNumber | undefined {
	// WhatsApp keeps the 1 of Mexico's mobile numbers, which telephony gave up in 2019.
	const mexican = /^52(1[2-9]\d{9})$/.exec(digits)?.[1];
	if (mexican) return { digits, callingCode: '52', national: mexican, trunkPrefix: '', certainty: VALID };
	const parsed = digits.length <= LONGEST_WITH_TRUNK_PREFIX ? parse(digits) : undefined;
	if (!parsed) return undefined;
	const number = asTyped(parsed, digits);
	const { countryCallingCode: callingCode } = parsed;
	const [zero, national] = [digits.charAt(callingCode.length), digits.slice(callingCode.length + 1)];
	if (number || zero !== '0') return number;
	// In most countries a zero is the trunk prefix, and people write one for the others, too.
	const withoutZero = parse(callingCode + national);
	const isInUse = withoutZero?.nationalNumber === national && withoutZero.isValid();
	const other = isInUse ? asTyped(withoutZero, callingCode + national) : undefined;
	return other && { ...other, trunkPrefix: '0' };
}

/** Reads a national number with a zero in front, where that is no trunk prefix. */
export function readWithZero(callingCode: string, national: string): InternationalNumber | undefined {
	const digits = `${callingCode}0${national}`;
	const parsed = parse(digits);
	return parsed?.nationalNumber.startsWith('0') ? asTyped(parsed, digits) : undefined;
}

/** @returns what the library has read, if it is what was typed, and possible */
function asTyped(parsed: PhoneNumber, digits: string): InternationalNumber | undefined {
	if (!parsed.isPossible()) return undefined;
	const { countryCallingCode: callingCode, nationalNumber: national } = parsed;
	const typed = digits.slice(callingCode.length);
	const trunkPrefix = typed.slice(0, -national.length);
	if (typed !== trunkPrefix + national || !TRUNK_PREFIX.test(trunkPrefix)) return undefined;
	if (!E164.test(callingCode + national)) return undefined;
	const number = { digits: callingCode + national, callingCode, national, trunkPrefix };
	const type = parsed.getType();
	// In North America the two share their ranges.
	if (type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE') return { ...number, certainty: MOBILE };
	if (type !== undefined) return { ...number, certainty: VALID };
	// Where a zero belongs to the number, as in Italy, the library knows the ranges. Elsewhere it is one too many.
	if (national.startsWith('0') || hasWrongLength(number.digits)) return undefined;
	return { ...number, certainty: POSSIBLE };
}

function parse(digits: string) {
	return parsePhoneNumberFromString(`+${digits}`, { extract: false }, metadata);
}

/**
 * Whether a number that is in no known range would be in one with a digit more or less. A length can be possible in a
 * country, but not in every range of it: London's numbers have ten digits, though some British numbers have nine.
 */
function hasWrongLength(digits: string): boolean {
	return [`${digits}0`, digits.slice(0, -1)].some((other) => parse(other)?.isValid());
}

/** @returns what is wrong with digits that begin with a country code and are no phone number, if it is their length */
export function wrongLengthOf(digits: string): 'too short' | 'too long' | undefined {
	const problem = validatePhoneNumberLength(`+${digits}`, metadata);
	if (problem === 'TOO_SHORT' || parse(`${digits}0`)?.isValid()) return 'too short';
	if (problem === 'TOO_LONG' || parse(digits.slice(0, -1))?.isValid()) return 'too long';
	return undefined;
}
