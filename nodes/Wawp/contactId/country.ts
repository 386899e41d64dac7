import codes from 'i18n-iso-countries/codes.json';
import english from 'i18n-iso-countries/langs/en.json';

import { callingCodeOfCountry, COUNTRIES, type CountryCode, mainCountryOf } from './numberingPlans';

/** The country of numbers that come without a country code. */
export interface Country {
	/** ISO 3166-1, two letters. */
	code: CountryCode;
	callingCode: string;
}

/** Names in use that neither ISO 3166 nor Unicode has as a country's. */
const OTHER_NAMES: Partial<Record<CountryCode, string[]>> = {
	CD: ['DRC', 'DR Congo'],
	GB: ['England', 'Scotland', 'Wales', 'Northern Ireland', 'Britain'],
	HK: ['Hong Kong'],
	IE: ['Republic of Ireland'],
	MK: ['Macedonia'],
	MM: ['Burma'],
	MO: ['Macau'],
	NL: ['Holland'],
	SZ: ['Swaziland'],
	US: ['America'],
	VA: ['Vatican'],
	VN: ['Viet Nam'],
};

let names: Intl.DisplayNames | undefined;

/** @returns the English name, such as "Germany" */
export function nameOf(code: CountryCode): string {
	names ??= new Intl.DisplayNames('en', { type: 'region' });
	return names.of(code) ?? code;
}

/**
 * Reads what stands for a country: an ISO 3166 code of two or three letters, an English name, or a calling code, with or
 * without +. Case, accents and punctuation do not matter.
 *
 * @returns `undefined` for what is none of these
 */
export function readCountry(text: string): Country | undefined {
	const callingCode = /^\s*(?:\+|00)?\s*(\d{1,3})\s*$/.exec(text)?.[1];
	const code = callingCode ? mainCountryOf(callingCode) : codeOfName(text);
	return code && { code, callingCode: callingCodeOfCountry(code) };
}

/** Lists have "Iran, Islamic Republic of" and the like. */
function codeOfName(name: string): CountryCode | undefined {
	const codes = codesByName();
	return codes.get(plain(name)) ?? codes.get(plain(name.replace(/\s*[,(].*\bof\b.*$/i, '')));
}

let byName: Map<string, CountryCode | undefined> | undefined;

/** Made when it is first needed: most workflows have no column of countries. */
function codesByName(): Map<string, CountryCode | undefined> {
	if (byName) return byName;
	byName = new Map();
	for (const [name, code] of allNames()) {
		const known = byName.get(plain(name));
		// There are two countries named Congo.
		byName.set(plain(name), known === undefined || known === code ? code : undefined);
	}
	const threeLetters = new Map((codes as string[][]).map(([two, three]) => [two, three]));
	for (const code of COUNTRIES) {
		byName.set(plain(code), code);
		byName.set(plain(threeLetters.get(code) ?? code), code);
	}
	return byName;
}

function allNames(): Array<[name: string, code: CountryCode]> {
	const listed: Record<string, string | string[]> = english.countries;
	return COUNTRIES.flatMap((code) => {
		const names = [nameOf(code), ...[listed[code] ?? []].flat(), ...(OTHER_NAMES[code] ?? [])];
		return names.map((name): [string, CountryCode] => [name, code]);
	});
}

/** A name without what people write differently: "Côte d’Ivoire", "The Bahamas", "Trinidad & Tobago", "St. Lucia". */
function plain(name: string): string {
	return name
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll('&', ' and ')
		.replace(/[^a-z\s]/g, '')
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/^the /, '')
		.replace(/\bst\b/g, 'saint');
}
