import type { Country } from './country';
import {
	accessCodeOf,
	callingCodeOf,
	type InternationalNumber,
	isCallingCode,
	MOBILE,
	POSSIBLE,
	readInternational,
	readWithZero,
	VALID,
} from './numberingPlans';

/** A phone number as it was typed, reduced to what tells which number it is. */
export interface Typed {
	/** Whether a + stands in front. */
	hasPlus: boolean;
	digits: string;
	/** The digits as separators part them. */
	groups: string[];
}

/** What a text with nothing in it but what phone numbers are written with says about the number. */
export function typedIn(text: string): Typed {
	return { hasPlus: text.includes('+'), digits: text.replace(/\D/g, ''), groups: text.match(/\d+/g) ?? [] };
}

/** Why digits are no phone number. */
export type Misread = 'no-country-code' | 'unknown-country-code' | 'ambiguous' | 'impossible';

export type Read = { number: InternationalNumber } | { misread: Misread };

/**
 * Finds the number that digits stand for.
 *
 * Digits can often be two numbers: with and without a country code, or with the code for calls abroad of one country or
 * another. They become a number only where the others are ruled out, by the country, by how the digits are grouped, or
 * because they are in no range that exists.
 *
 * @param country of numbers without a country code
 */
export function readDigits(typed: Typed, country: Country | undefined): Read {
	if (typed.hasPlus || typed.digits.startsWith('00')) return readWithCountryCode(typed, country);
	return country ? readInCountry(typed, country) : readBare(typed);
}

function readWithCountryCode({ hasPlus, digits, groups }: Typed, country: Country | undefined): Read {
	const rest = digits.replace(/^00/, '');
	if (rest.startsWith('0')) return { misread: 'no-country-code' };
	const number = readInternational(rest);
	const misread = { misread: callingCodeOf(rest) ? 'impossible' : 'unknown-country-code' } as const;
	if (hasPlus || (number && number.callingCode === country?.callingCode)) return number ? { number } : misread;
	const abroad = country && readAbroad({ digits, groups }, country);
	const isInUse = number && number.certainty >= VALID;
	if (abroad && (!isInUse || accessCodeOf(digits, country.code) === '0011')) return { number: abroad };
	if (!number) return misread;
	const others = [digits.startsWith('001') ? abroad : undefined, behindOtherAccessCode(digits, groups)];
	return others.some((other) => other && isLikely(other, number)) ? { misread: 'ambiguous' } : { number };
}

/** Whether a number is another one, and may be the one that was meant. */
function isLikely(other: InternationalNumber, number: InternationalNumber): boolean {
	return other.digits !== number.digits && (other.certainty >= VALID || number.certainty === POSSIBLE);
}

/** What some country dials for calls abroad. */
const ACCESS_CODE = /^(?:00[1-9]|0011|01[01]|119|810)$/;

/** What nobody takes for the beginning of a number: Mexico's 09, for calls by an operator, is not among them. */
const CLEAR_ACCESS_CODE = /^(?:00\d*|01[01]|119|810)$/;

/** The number behind what is dialled in a country for calls abroad: 011 in the United States. */
function readAbroad({ digits, groups: [first = ''] }: Pick<Typed, 'digits' | 'groups'>, country: Country) {
	const access = accessCodeOf(digits, country.code);
	if (!access || access === '00' || !CLEAR_ACCESS_CODE.test(access)) return undefined;
	if (ACCESS_CODE.test(first) && access !== first) return undefined;
	const number = readInternational(digits.slice(access.length));
	return number && number.certainty >= VALID ? number : undefined;
}

/** Of digits that begin with 00: the number behind 001, 0011 or the like, which some countries dial in its place. */
function behindOtherAccessCode(digits: string, groups: string[]): InternationalNumber | undefined {
	return digits.startsWith('0011') ? readInternational(digits.slice(4)) : behindParted(/^00[1-9]$/, groups);
}

/** The number behind a group of digits for calls abroad and one for a country code. */
function behindParted(access: RegExp, [first = '', second = '', ...others]: string[]): InternationalNumber | undefined {
	return access.test(first) && isCallingCode(second) ? readInternational(second + others.join('')) : undefined;
}

/** Digits that are possible as a local number are local, unless they are not in use there and another number is. */
function readInCountry(typed: Typed, country: Country): Read {
	const { digits } = typed;
	const local = readLocal(digits, country);
	const abroad = readAbroad(typed, country);
	if (abroad && (!local || local.certainty === POSSIBLE)) return { number: abroad };
	const elsewhere = behindParted(ACCESS_CODE, typed.groups);
	if (local && elsewhere && isLikely(elsewhere, local)) return { misread: 'ambiguous' };
	if (local?.trunkPrefix && local.certainty >= VALID) return { number: local };
	if (!local) {
		const bare = readBare(typed);
		return 'number' in bare ? bare : { misread: 'impossible' };
	}
	return otherReading(local, typed, country) ?? { number: local };
}

/** @returns the number that is meant instead of a local one, or that nobody can know; `undefined` for the local one */
function otherReading(local: InternationalNumber, { digits, groups }: Typed, country: Country): Read | undefined {
	const misread = { misread: 'ambiguous' } as const;
	// A spreadsheet drops the zero that belongs to an Italian number.
	const withZero = /^[1-9]\d{6}/.test(digits) ? readWithZero(country.callingCode, digits) : undefined;
	if (withZero && withZero.certainty >= VALID && withZero.certainty >= local.certainty) return misread;
	// North America's code for calls abroad stands in lists of all countries.
	const isDialledAbroad = digits.startsWith('011');
	const code = callingCodeOf(digits);
	const canBeAsLikely = code === country.callingCode || groups[0] === code;
	if (local.certainty === MOBILE && !canBeAsLikely && !isDialledAbroad) return undefined;
	const other = readInternational(isDialledAbroad ? digits.slice(3) : digits);
	if (!other || !isLikely(other, local)) return undefined;
	if (isDialledAbroad || other.callingCode !== country.callingCode) {
		const isAsLikely = other.certainty === local.certainty && groups[0] === other.callingCode;
		return isAsLikely || other.certainty > local.certainty ? misread : undefined;
	}
	if (other.certainty < local.certainty) return undefined;
	return other.certainty > local.certainty ? { number: other } : misread;
}

function readLocal(digits: string, { callingCode }: Country): InternationalNumber | undefined {
	// Mexico's 1 stands behind the country code only.
	if (callingCode === '52' && /^1\d{10}$/.test(digits)) return undefined;
	return readInternational(callingCode + digits);
}

const MOST_LOCAL_DIGITS = 10;

/**
 * Digits with nothing that tells whether the country code is among them. Local numbers have ten digits at most, nearly
 * everywhere: as many, or fewer, have to be in a range of the country that their country code would be.
 */
function readBare({ digits, groups }: Typed): Read {
	if (digits.startsWith('0')) return { misread: 'no-country-code' };
	const number = readInternational(digits);
	if (!number) return { misread: 'impossible' };
	const [first = ''] = groups;
	// "305 555-0100" begins like a number in Greece (30), but its first group is an area code.
	const isCodeApart = first === number.callingCode;
	if (groups.length > 1 && !isCodeApart && first.length <= 3) return { misread: 'no-country-code' };
	if (number.certainty >= VALID) return { number };
	const isLong = digits.length > MOST_LOCAL_DIGITS && (isCodeApart || number.trunkPrefix === '');
	const isNorthAmerican = /^1[2-9]\d{9}$/.test(number.digits);
	if (number.callingCode === '1' ? isNorthAmerican : isLong) return { number };
	return { misread: 'no-country-code' };
}
