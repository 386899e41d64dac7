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

function randomPhones(kind: Kind, perRegion: number): Phone[] {
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

export const MOBILES = randomPhones('mobile', 57);
export const LANDLINES = randomPhones('landline', 28);

const digitsOf = (text: string) => text.replace(/\D/g, '');
const marked = ({ code, digits, abroad }: Phone) => [
	`+${digits}`,
	`00${digits}`,
	`+${code} ${abroad}`,
	`00${code} ${abroad}`,
	`(+${code}) ${abroad}`,
];
const GLUED = [' 12', '-12', ' - 12', ' (12)', ' 123', '/12'];
const randomDigits = (length: number) =>
	fc.sample(fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`)), { seed: SEED, numRuns: 2000 });

/** Texts of a kind, of all countries, and how they are read. */
export function figuresOf(phones: Phone[]): Array<[what: string, country: string, tally: Tally]> {
	const each = (write: (phone: Phone) => string[], country: (phone: Phone) => string): Try[] =>
		phones.flatMap((phone) => write(phone).map((text): Try => [text, country(phone), phone.digits]));
	const broken = (write: (phone: Phone) => string[], country: (phone: Phone) => string = () => ''): Try[] =>
		each(write, country).map(([text, given]): Try => [text, given]);
	const own = ({ region }: Phone) => region;
	const none = () => '';
	const abroad = (region: string) =>
		tally(
			each(
				({ digits }) => [digits],
				() => region,
			).filter((_, index) => phones[index]?.region !== region),
		);
	return [
		['with +, 00, in groups', 'none', tally(each(marked, none))],
		['with +, 00, in groups', 'their own', tally(each(marked, own))],
		['digits with the country code', 'none', tally(each(({ digits }) => [digits], none))],
		['digits with the country code', 'their own', tally(each(({ digits }) => [digits], own))],
		['as in their country', 'their own', tally(each(({ local }) => [local, digitsOf(local)], own))],
		['digits without the country code', 'their own', tally(each(({ national }) => [national], own))],
		['as in their country', 'none', tally(broken(({ local }) => [local, digitsOf(local)]))],
		...['DE', 'IN', 'ID', 'IT', 'US', 'MX', 'GB', 'FR', 'BR'].map((region): [string, string, Tally] => [
			'digits with the country code',
			region,
			abroad(region),
		]),
		[
			'with + and something after it',
			'none',
			tally(broken((phone) => GLUED.map((end) => `+${phone.code} ${phone.abroad}${end}`))),
		],
		[
			'as in their country and something after it',
			'their own',
			tally(broken(({ local }) => GLUED.map((end) => local + end), own)),
		],
		['with +, a digit too many', 'none', tally(broken(({ digits }) => [`+${digits}7`]))],
		['with +, a digit too few', 'none', tally(broken(({ digits }) => [`+${digits.slice(0, -1)}`]))],
		['as in their country, a digit too many', 'their own', tally(broken(({ local }) => [`${digitsOf(local)}7`], own))],
		[
			'as in their country, a digit too few',
			'their own',
			tally(broken(({ local }) => [digitsOf(local).slice(0, -1)], own)),
		],
		['without their first digit', 'their own', tally(each(({ local }) => [digitsOf(local).slice(1)], own))],
		[
			'two of them',
			'their own',
			tally(broken(({ local }) => [`${local} - ${local}`, `${local}/${local}`, `${local} ${local}`], own)),
		],
	];
}

/** Digits that are no number, as in front of `@lid`. */
export function randomFigures(): Array<[what: string, country: string, tally: Tally]> {
	return [13, 14, 15].flatMap((length) =>
		['', 'DE', 'IN', 'BR'].map((country): [string, string, Tally] => [
			`${length} random digits`,
			country || 'none',
			tally(randomDigits(length).map((text): Try => [text, country])),
		]),
	);
}

const sum = (tallies: Tally[]): Tally =>
	tallies.reduce((all, one) => ({
		texts: all.texts + one.texts,
		right: all.right + one.right,
		refused: all.refused + one.refused,
		anothers: all.anothers + one.anothers,
		inUse: all.inUse + one.inUse,
	}));

/** Mobiles as an older version of the library would read them: one that does not have the range that they are in. */
export function newRangeFigures(): Array<[what: string, country: string, tally: Tally]> {
	const ranges = new Map<string, Phone[]>();
	for (const phone of MOBILES) {
		const range = `${phone.region} ${phone.national.slice(0, 2)}`;
		ranges.set(range, [...(ranges.get(range) ?? []), phone]);
	}
	const tallies = [...ranges].map(([range, phones]) => {
		const types = typesOf(range.slice(0, 2));
		const [fixed = 0, mobile = 0] = types;
		const without = (type: Types[number]): Types[number] =>
			type && [`(?!${range.slice(3)})(?:${type[0]})`, ...(type.slice(1) as [number[]?])];
		types[1] = without(mobile);
		if (fixed && mobile && fixed[0] === mobile[0]) types[0] = without(fixed);
		const withPlus = tally(phones.map(({ code, abroad, digits }): Try => [`+${code} ${abroad}`, '', digits]));
		const local = tally(phones.map(({ local: text, region, digits }): Try => [text, region, digits]));
		[types[0], types[1]] = [fixed, mobile];
		return [withPlus, local] as const;
	});
	return [
		['with +, in a range that the library lacks', 'none', sum(tallies.map(([withPlus]) => withPlus))],
		['as in their country, in such a range', 'their own', sum(tallies.map(([, local]) => local))],
	];
}
