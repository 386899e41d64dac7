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
// The largest set of metadata (39 kB packed; the smallest has 19 kB), and the only one with the ranges in use.
import json from 'libphonenumber-js/metadata.max.json';

export type { CountryCode };

/** Digits, read as a phone number with its country code. */
export interface InternationalNumber {
	/** Country code and national number, as they were typed. */
	digits: string;
	callingCode: string;
	national: string;
	/** The prefix for calls inside the country, if it was typed between the two; '' for none. */
	trunkPrefix: string;
	/** `undefined` if the number is in no range in use. */
	range: 'mobile' | 'other' | undefined;
}

// In JSON, country codes are plain strings.
const metadata = json as unknown as MetadataJson;

export const COUNTRIES: readonly CountryCode[] = getCountries(metadata);

export function callingCodeOfCountry(country: CountryCode): string {
	return getCountryCallingCode(country, metadata);
}

const CALLING_CODES = new Set<string>([...COUNTRIES.map(callingCodeOfCountry), ...Object.keys(metadata.nonGeographic)]);

export function isCallingCode(digits: string): boolean {
	return CALLING_CODES.has(digits);
}

/** The country code that digits begin with. */
export function callingCodeOf(digits: string): string | undefined {
	return [1, 2, 3].map((length) => digits.slice(0, length)).find(isCallingCode);
}

/** The country of a calling code; the largest of those that share it. */
export function mainCountryOf(callingCode: string): CountryCode | undefined {
	return metadata.country_calling_codes[callingCode]?.[0];
}

function planOf(countryOrCallingCode: string) {
	const library = new Metadata(metadata);
	library.selectNumberingPlan(countryOrCallingCode as CountryCode);
	// The library's types leave this method out.
	return library.numberingPlan as NumberingPlan & { type(name: string): { possibleLengths(): number[] } | undefined };
}

/** The country in North America with its own area code: Bahamas for 242. */
export function countryOfAreaCode(areaCode: string): CountryCode | undefined {
	return metadata.country_calling_codes['1']?.find((country) => {
		const areaCodes = planOf(country).leadingDigits();
		return areaCodes !== undefined && new RegExp(`^(?:${areaCodes})$`).test(areaCode);
	});
}

/** The code for calls abroad from a country, if digits begin with it. */
export function accessCodeOf(digits: string, country: CountryCode): string | undefined {
	return new RegExp(`^(?:${planOf(country).IDDPrefix()})(?!0)`).exec(digits)?.[0];
}

/** How many digits mobiles and landlines have, without the country code. */
export function lengthsIn(callingCode: string): number[] {
	const plan = planOf(callingCode);
	return ['MOBILE', 'FIXED_LINE'].flatMap((type) => plan.type(type)?.possibleLengths() ?? []);
}

/**
 * Forms that WhatsApp keeps although the numbering plans have changed, and today's: Mexico's (2019), Brazil's (2012 to
 * 2016), Benin's (2024), Ivory Coast's (2021: 01, 05 or 07, by network). The last is in no plan: documentation uses it.
 */
const KEPT_FORMS: Array<[form: RegExp, today: string]> = [
	[/^521(?=[2-9]\d{9}$)/, '52'],
	[/(?<=^55\d\d)(?=[6-9]\d{7}$)/, '9'],
	[/(?<=^229)(?=\d{8}$)/, '01'],
	[/(?<=^225)(?=[04-9]\d{7}$)/, '05'],
	[/^1555\d{3}(?=\d{4}$)/, '1201555'],
];

// All that the library knows. In Belarus it is 8, or 8 and 0.
const TRUNK_PREFIX = /^(?:0|1|8|80|06)?$/;
// ITU-T E.164: at most 15 digits, country code included. No country has numbers shorter than 7 with it.
const E164 = /^[1-9]\d{6,14}$/;

/** Reads digits with a country code, without a prefix for calls inside the country. `undefined` for no phone number. */
export function readInternational(digits: string): InternationalNumber | undefined {
	const number = readAsDialled(digits);
	const callingCode = number?.callingCode ?? callingCodeOf(digits) ?? '';
	if (number?.range || digits.charAt(callingCode.length) !== '0') return number;
	// Most countries have a zero as trunk prefix, and people write it for the others, too.
	const other = readAsDialled(callingCode + digits.slice(callingCode.length + 1));
	return other?.range && other.trunkPrefix === '' ? { ...other, trunkPrefix: '0' } : number;
}

/**
 * Reads digits with a country code, by the rules of their country only. The library drops trunk prefixes, but also
 * digits that choose a carrier, and changes Argentina's 15 to a 9 elsewhere. So its result must have been typed.
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

/** Whether the length is wrong, of digits with a country code that are no phone number. */
export function wrongLengthOf(digits: string): 'too short' | 'too long' | undefined {
	const problem = validatePhoneNumberLength(`+${digits}`, metadata);
	if (problem === 'TOO_SHORT' || parse(`${digits}0`)?.isValid()) return 'too short';
	if (problem === 'TOO_LONG' || parse(digits.slice(0, -1))?.isValid()) return 'too long';
	return undefined;
}
