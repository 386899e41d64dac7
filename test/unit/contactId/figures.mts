import fc from 'fast-check';
import google from 'google-libphonenumber';
import { createRequire } from 'node:module';

import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';
import { oracle } from './numbers.mts';

const { PhoneNumberFormat, PhoneNumberType } = google;
const SEED = 22;

type Types = Array<[pattern: string, lengths?: number[]] | 0>;
// The same object that the node has, so that ranges can be taken out of it.
const metadata = createRequire(`${process.cwd()}/package.json`)('libphonenumber-js/metadata.max.json') as {
	countries: Record<string, unknown[]>;
};
const typesOf = (region: string) => metadata.countries[region]?.[11] as Types;

const KINDS = { mobile: PhoneNumberType.MOBILE, landline: PhoneNumberType.FIXED_LINE };
type Kind = keyof typeof KINDS;

/** A random number that Google's library takes for one of its country and kind, and reads back in its national writing. */
interface Phone {
	region: string;
	code: string;
	national: string;
	/** With its country code. */
	digits: string;
	local: string;
	abroad: string;
}

/**
 * Random numbers of all countries, always the same.
 *
 * @param perRegion how many of each country; fewer where its range has fewer
 */
export function randomPhones(kind: Kind, perRegion: number): Phone[] {
	return oracle.getSupportedRegions().flatMap((region) => {
		const [pattern] = typesOf(region)[kind === 'mobile' ? 1 : 0] || [];
		if (!pattern) return [];
		const options = { seed: SEED, numRuns: perRegion * 2 };
		const nationals = new Set(fc.sample(fc.stringMatching(new RegExp(`^(?:${pattern})$`)), options));
		return [...nationals].flatMap((national) => phoneOf(region, kind, national)).slice(0, perRegion);
	});
}

function phoneOf(region: string, kind: Kind, national: string): Phone[] {
	const code = String(oracle.getCountryCodeForRegion(region));
	const number = oracle.parse(`+${code}${national}`);
	const local = oracle.format(number, PhoneNumberFormat.NATIONAL);
	const types: number[] = [KINDS[kind], PhoneNumberType.FIXED_LINE_OR_MOBILE];
	const isOne =
		oracle.isValidNumberForRegion(number, region) &&
		types.includes(oracle.getNumberType(number)) &&
		oracle.getNationalSignificantNumber(number) === national &&
		oracle.format(oracle.parse(local, region), PhoneNumberFormat.E164) === `+${code}${national}`;
	const abroad = oracle.format(number, PhoneNumberFormat.INTERNATIONAL).slice(code.length + 1);
	return isOne ? [{ region, code, national, digits: code + national, local, abroad: abroad.trim() }] : [];
}

/** What became of texts: another's are numbers that nobody meant. */
export interface Tally {
	texts: number;
	right: number;
	refused: number;
	anothers: number;
	/** Of another's: numbers that Google's library takes for in use, so that nothing tells them apart. */
	inUse: number;
}

type Try = [text: string, country: string, digits?: string];

function tally(tries: Try[]): Tally {
	const result = { texts: tries.length, right: 0, refused: 0, anothers: 0, inUse: 0 };
	for (const [text, country, digits] of tries) {
		const read = readContactId(text, country);
		if (!read.ok) result.refused += 1;
		else if (read.id === `${digits}@c.us`) result.right += 1;
		else {
			result.anothers += 1;
			if (oracle.isValidNumber(oracle.parse(`+${read.id.replace(/@.*/, '')}`))) result.inUse += 1;
		}
	}
	return result;
}

export type Figure = [what: string, country: string, tally: Tally];
type Writer = (phone: Phone) => string[];

const digitsOf = (text: string) => text.replace(/\D/g, '');
const GLUED = [' 12', '-12', ' - 12', ' (12)', ' 123', '/12'];
const marked: Writer = ({ code, digits, abroad }) => [
	...[`+${digits}`, `00${digits}`, `+${code} ${abroad}`, `00${code} ${abroad}`, `(+${code}) ${abroad}`],
];
const OTHER_COUNTRIES = ['DE', 'IN', 'ID', 'IT', 'US', 'MX', 'GB', 'FR', 'BR'];

/** Texts that are a number. */
const WHOLE: Array<[what: string, countries: string[], write: Writer]> = [
	['with +, 00, in groups', ['none', 'their own'], marked],
	['digits with the country code', ['none', 'their own', ...OTHER_COUNTRIES], ({ digits }) => [digits]],
	['as in their country', ['their own'], ({ local }) => [local, digitsOf(local)]],
	['digits without the country code', ['their own'], ({ national }) => [national]],
	['without their first digit', ['their own'], ({ local }) => [digitsOf(local).slice(1)]],
];

/** Texts that are none, or none that can be known. */
const BROKEN: typeof WHOLE = [
	['as in their country', ['none'], ({ local }) => [local, digitsOf(local)]],
	['with + and something after it', ['none'], ({ code, abroad }) => GLUED.map((end) => `+${code} ${abroad}${end}`)],
	['as in their country and something after it', ['their own'], ({ local }) => GLUED.map((end) => local + end)],
	['with +, a digit too many', ['none'], ({ digits }) => [`+${digits}7`]],
	['with +, a digit too few', ['none'], ({ digits }) => [`+${digits.slice(0, -1)}`]],
	['as in their country, a digit too many', ['their own'], ({ local }) => [`${digitsOf(local)}7`]],
	['as in their country, a digit too few', ['their own'], ({ local }) => [digitsOf(local).slice(0, -1)]],
	['two of them', ['their own'], ({ local }) => [' - ', '/', ' '].map((between) => local + between + local)],
];

/**
 * Texts of a kind, of all countries, and how they are read.
 *
 * @param every which part of the phones to take for texts that are no number, and for the default of another country
 */
export function figuresOf(phones: Phone[], every = 1): Figure[] {
	const part = phones.filter((_, index) => index % every === 0);
	const figures = (kinds: typeof WHOLE, isWhole: boolean) =>
		kinds.flatMap(([what, countries, write]) =>
			countries.map((country): Figure => {
				const ofOthers = part.filter(({ region }) => region !== country);
				const all = isWhole ? phones : part;
				const tries = (OTHER_COUNTRIES.includes(country) ? ofOthers : all).flatMap((phone) => {
					const given = { none: '', 'their own': phone.region }[country] ?? country;
					return write(phone).map((text): Try => [text, given, isWhole ? phone.digits : undefined]);
				});
				return [what, country, tally(tries)];
			}),
		);
	return [...figures(WHOLE, true), ...figures(BROKEN, false)];
}

/** Digits that are no number, as in front of `@lid`. */
export function randomFigures(): Figure[] {
	return [13, 14, 15].flatMap((length) => {
		const pattern = fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`));
		const texts = fc.sample(pattern, { seed: SEED, numRuns: 2000 });
		return ['', 'DE', 'IN', 'BR'].map((country): Figure => {
			return [`${length} random digits`, country || 'none', tally(texts.map((text): Try => [text, country]))];
		});
	});
}

/** Mobiles as an older version of the library would read them: one that does not have the range that they are in. */
export function newRangeFigures(mobiles: Phone[]): Figure[] {
	const ranges = new Map<string, Phone[]>();
	for (const phone of mobiles) {
		const range = `${phone.region} ${phone.national.slice(0, 2)}`;
		ranges.set(range, [...(ranges.get(range) ?? []), phone]);
	}
	const readings = [...ranges].map(([range, phones]) => {
		const types = typesOf(range.slice(0, 2));
		const [fixed = 0, mobile = 0] = types;
		const without = (type: Types[number]): Types[number] =>
			type && [`(?!${range.slice(3)})(?:${type[0]})`, ...(type.slice(1) as [number[]?])];
		types[1] = without(mobile);
		if (fixed && mobile && fixed[0] === mobile[0]) types[0] = without(fixed);
		const withPlus = tally(phones.map(({ code, abroad, digits }): Try => [`+${code} ${abroad}`, '', digits]));
		const local = tally(phones.map(({ local: text, region, digits }): Try => [text, region, digits]));
		[types[0], types[1]] = [fixed, mobile];
		return { withPlus, local };
	});
	return [
		['with +, in a range that the library lacks', 'none', sum(readings.map(({ withPlus }) => withPlus))],
		['as in their country, in such a range', 'their own', sum(readings.map(({ local }) => local))],
	];
}

function sum(tallies: Tally[]): Tally {
	const total = (key: keyof Tally) => tallies.reduce((all, one) => all + one[key], 0);
	const [texts, right, refused] = [total('texts'), total('right'), total('refused')];
	return { texts, right, refused, anothers: total('anothers'), inUse: total('inUse') };
}
