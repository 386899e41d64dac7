import codes from 'i18n-iso-countries/codes.json';
import english from 'i18n-iso-countries/langs/en.json';

import { callingCodeOfCountry, COUNTRIES, type CountryCode, countryOfAreaCode, mainCountryOf } from './numberingPlans';

/** The country of numbers that come without a country code. */
export interface Country {
	/** ISO 3166-1, two letters. */
	code: CountryCode;
	callingCode: string;
}

/** ISO 3166-1: two letters, three letters, and three digits. */
const ISO_CODES = codes as string[][];

const GREAT_BRITAIN = 'United Kingdom of Great Britain and Northern Ireland';

/** Names in use that the lists of names lack: some of ISO 3166's own, and what people say. */
const OTHER_NAMES: Partial<Record<CountryCode, string[]>> = {
	CD: ['DRC', 'DR Congo'],
	CV: ['Cabo Verde'],
	GB: ['Britain', 'England', 'Scotland', 'Wales', 'Northern Ireland', GREAT_BRITAIN],
	HK: ['Hong Kong SAR'],
	IE: ['Republic of Ireland'],
	KP: ["Democratic People's Republic of Korea"],
	MK: ['Macedonia'],
	MM: ['Burma'],
	MO: ['Macau', 'Macao SAR'],
	NL: ['Holland'],
	SA: ['KSA'],
	SH: ['Saint Helena, Ascension and Tristan da Cunha'],
	SZ: ['Swaziland'],
	TW: ['Republic of China', 'Taiwan, Republic of China'],
	US: ['America'],
	VA: ['Vatican', 'Holy See'],
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
 * ISO's codes of three digits are refused: without a +, 250 may be France's or the calling code of Rwanda.
 *
 * @returns `undefined` for what is none of these
 */
export function readCountry(text: string): Country | undefined {
	const [digits, sign, callingCode, areaCode] = /^\s*(\+|00)?\s*(?:(\d{1,3})|1[\s-]?(\d{3}))\s*$/.exec(text) ?? [];
	if (callingCode && !sign && ISO_CODES.some((iso) => iso[2] === callingCode)) return undefined;
	const codeOfDigits = areaCode ? countryOfAreaCode(areaCode) : mainCountryOf(callingCode ?? '');
	const code = digits === undefined ? codeOfName(text) : codeOfDigits;
	return code && { code, callingCode: callingCodeOfCountry(code) };
}

function codeOfName(name: string): CountryCode | undefined {
	const full = name.replace(/\(the\)/i, '');
	// "Iran, Islamic Republic of": there is no other Iran.
	const short = full.replace(/[,(][^,(]*\bof(?: the)?\W*$/i, '');
	return [full, turned(full), short].map((each) => codesByName().get(plain(each))).find(Boolean);
}

/** "Republic of Korea" for "Korea, Republic of" and "Korea (the Republic of)" */
function turned(name: string): string {
	return name.replace(/([^,(]*)[,(](.*)/, '$2 $1');
}

let byName: Map<string, CountryCode | undefined> | undefined;

/** Made when it is first needed: most workflows have no column of countries. */
function codesByName(): Map<string, CountryCode | undefined> {
	if (byName) return byName;
	byName = new Map();
	const listed: Record<string, string | string[]> = english.countries;
	for (const code of COUNTRIES) {
		const all = [nameOf(code), ...[listed[code] ?? []].flat(), ...(OTHER_NAMES[code] ?? [])];
		for (const name of all.flatMap((each) => [plain(each), plain(turned(each))])) {
			// There are two countries named Congo.
			byName.set(name, !byName.has(name) || byName.get(name) === code ? code : undefined);
		}
	}
	for (const code of COUNTRIES) byName.set(plain(code), code);
	for (const [two = '', three = ''] of ISO_CODES) byName.set(plain(three), byName.get(plain(two)));
	return byName;
}

/** A name without what people spell differently: "Côte d’Ivoire", "The Bahamas", "Trinidad & Tobago", "St. Lucia". */
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
