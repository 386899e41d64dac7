import {
	type CountryCode,
	getCountries,
	getCountryCallingCode,
	Metadata,
	type MetadataJson,
	type NumberingPlan,
	parsePhoneNumberFromString,
	validatePhoneNumberLength,
} from 'libphonenumber-js/core';
// Of the three sets of metadata this is the largest (39 kB packed; the smallest has 19 kB). Only this one has the ranges
// that are in use, which decide what digits mean that could be two numbers.
import json from 'libphonenumber-js/metadata.max.json';

export type { CountryCode };

/** Digits, read as a phone number with its country code. */
export interface InternationalNumber {
	/** Country code and national number, as they were typed. */
	digits: string;
	callingCode: string;
	national: string;
	/** What was typed between the two, and is dialled inside the country only; '' for none. */
	trunkPrefix: string;
	/** The kind of range that the number is in; `undefined` where it is in none that is in use. */
	range: 'mobile' | 'other' | undefined;
}

// JSON's types know its country codes as plain strings.
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

/** @returns the country code that digits begin with; `undefined` where there is none */
export function callingCodeOf(digits: string): string | undefined {
	return [1, 2, 3].map((length) => digits.slice(0, length)).find(isCallingCode);
}

/** @returns the country of a country code, the largest of those that share it; `undefined` for no code of a country */
export function mainCountryOf(callingCode: string): CountryCode | undefined {
	return metadata.country_calling_codes[callingCode]?.[0];
}

function planOf(countryOrCallingCode: string) {
	const library = new Metadata(metadata);
	library.selectNumberingPlan(countryOrCallingCode as CountryCode);
	// The library's types leave this method out.
	return library.numberingPlan as NumberingPlan & { type(name: string): { possibleLengths(): number[] } | undefined };
}

/** @returns the country in North America that has an area code to itself: Bahamas for 242 */
export function countryOfAreaCode(areaCode: string): CountryCode | undefined {
	return metadata.country_calling_codes['1']?.find((country) => {
		const areaCodes = planOf(country).leadingDigits();
		return areaCodes !== undefined && new RegExp(`^(?:${areaCodes})$`).test(areaCode);
	});
}

/** @returns what is dialled in a country in front of another's code, if digits begin with it */
export function accessCodeOf(digits: string, country: CountryCode): string | undefined {
	return new RegExp(`^(?:${planOf(country).IDDPrefix()})(?!0)`).exec(digits)?.[0];
}

/** @returns how many digits a country's mobiles and landlines have, without its code */
export function lengthsIn(callingCode: string): number[] {
	const plan = planOf(callingCode);
	return ['MOBILE', 'FIXED_LINE'].flatMap((type) => plan.type(type)?.possibleLengths() ?? []);
}

/**
 * Forms of numbers that WhatsApp keeps although telephony has changed them, and what has replaced them or was added:
 * Mexico's in 2019, Brazil's from 2012 to 2016, Benin's in 2024, Ivory Coast's in 2021, where the network decided between
 * 01, 05 and 07. The last is in no plan: documentation is written with it.
 */
const KEPT_FORMS: Array<[form: RegExp, today: string]> = [
	[/^521(?=[2-9]\d{9}$)/, '52'],
	[/(?<=^55\d\d)(?=[6-9]\d{7}$)/, '9'],
	[/(?<=^229)(?=\d{8}$)/, '01'],
	[/(?<=^225)(?=[04-9]\d{7}$)/, '05'],
	[/^1555\d{3}(?=\d{4}$)/, '1201555'],
];

// All that the library knows. Two may be one prefix: the 8 of Belarus, with a 0 after it.
const TRUNK_PREFIX = /^(?:0|1|8|80|06)?$/;
// ITU-T E.164: at most 15 digits, country code included. No country has numbers shorter than 7 with it.
const E164 = /^[1-9]\d{6,14}$/;

/**
 * Reads digits that begin with a country code. What is dialled in front of a number inside its country is dropped.
 *
 * @returns `undefined` for what cannot be a phone number
 */
export function readInternational(digits: string): InternationalNumber | undefined {
	const number = readAsDialled(digits);
	const callingCode = number?.callingCode ?? callingCodeOf(digits) ?? '';
	if (number?.range || digits.charAt(callingCode.length) !== '0') return number;
	// In most countries a zero is the trunk prefix, and people write one for the others, too.
	const other = readAsDialled(callingCode + digits.slice(callingCode.length + 1));
	return other?.range && other.trunkPrefix === '' ? { ...other, trunkPrefix: '0' } : number;
}

/**
 * Reads digits that begin with a country code, by the rules of their country alone.
 *
 * The library drops trunk prefixes, and so does this. But it also drops carrier selection codes, and turns some numbers
 * into others: it takes the 15 out of Argentina's mobiles, and puts a 9 in front. Its result counts only if it is what was
 * typed.
 */
export function readAsDialled(typed: string): InternationalNumber | undefined {
	const parsed = parse(typed);
	if (!parsed) return undefined;
	const { countryCallingCode: callingCode, nationalNumber: national } = parsed;
	const digits = callingCode + national;
	const trunkPrefix = typed.slice(callingCode.length, typed.length - national.length);
	if (callingCode + trunkPrefix + national !== typed || !TRUNK_PREFIX.test(trunkPrefix)) return undefined;
	if (!E164.test(digits)) return undefined;
	const [form, today = ''] = KEPT_FORMS.find(([kept]) => kept.test(digits)) ?? [];
	const type = (form ? parse(digits.replace(form, today)) : parsed)?.getType();
	// In North America mobiles and landlines share their ranges.
	const isMobile = type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
	return { digits, callingCode, national, trunkPrefix, range: isMobile ? 'mobile' : type && 'other' };
}

function parse(digits: string) {
	return parsePhoneNumberFromString(`+${digits}`, { extract: false }, metadata);
}

/** @returns what is wrong with digits that begin with a country code and are no phone number, if it is their length */
export function wrongLengthOf(digits: string): 'too short' | 'too long' | undefined {
	const problem = validatePhoneNumberLength(`+${digits}`, metadata);
	if (problem === 'TOO_SHORT' || parse(`${digits}0`)?.isValid()) return 'too short';
	if (problem === 'TOO_LONG' || parse(digits.slice(0, -1))?.isValid()) return 'too long';
	return undefined;
}
