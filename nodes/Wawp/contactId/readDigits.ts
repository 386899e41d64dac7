import type { Country } from './country';
import {
	accessCodeOf,
	callingCodeOf,
	type InternationalNumber,
	isCallingCode,
	lengthsIn,
	readAsDialled,
	readInternational,
} from './numberingPlans';

/** A phone number as it was typed, reduced to what tells which number it is. */
export interface Typed {
	hasPlus: boolean;
	digits: string;
	/** The digits as separators part them. */
	groups: string[];
	/** Whether it begins with an area code, as its writing shows. */
	isLocal: boolean;
}

// ITU-T E.123: brackets at the beginning hold an area code. And as in 415-555-0123.
const AREA_CODE_FIRST = /^(?:\(\s*(?!00)\d{1,5}\s*\)|[2-9]\d\d([.-])\d{3}\1\d{4}$)/;

/** What a text with nothing in it but what phone numbers are written with says about the number. */
export function typedIn(text: string): Typed {
	const groups = text.match(/\d+/g) ?? [];
	return { hasPlus: text.includes('+'), digits: groups.join(''), groups, isLocal: AREA_CODE_FIRST.test(text) };
}

/** Whether digits show that they begin with a country code. */
export function hasCountryCode({ hasPlus, digits }: Typed): boolean {
	return hasPlus || digits.startsWith('00');
}

/** Why digits are no phone number. */
export type Misread = 'no-country-code' | 'unknown-country-code' | 'ambiguous' | 'not-in-use';
type Read = InternationalNumber | Misread;

/**
 * Finds the number that digits stand for.
 *
 * Digits can often be two numbers: with and without a country code, or with the code for calls abroad of one country or
 * another. They become a number only where the others are ruled out, by the country, by how the digits are grouped, or
 * because they are in no range in use. The rules are in docs/phone-numbers.md, in the same words.
 *
 * @param country Default Country, which decides about digits without + or 00, and what is dialled for calls abroad there
 */
export function readDigits(typed: Typed, country: Country | undefined): Read {
	if (hasCountryCode(typed)) return readWithCountryCode(typed, country);
	if (country) return readInCountry(typed, country);
	const number = withOwnCode(typed);
	if (number) return number;
	return typed.digits.length > MOST_LOCAL_DIGITS && callingCodeOf(typed.digits) ? 'not-in-use' : 'no-country-code';
}

// Longer ones are rare.
const MOST_LOCAL_DIGITS = 10;
// With their country code.
const MOST_DIGITS_OF_LANDLINE = 12;
const MOST_DIGITS_OF_NEW_RANGE = 13;
const SHORTEST_FROM_ELSEWHERE = 11;

function readWithCountryCode(typed: Typed, country: Country | undefined): Read {
	const { hasPlus, digits, groups } = typed;
	const rest = digits.replace(/^00/, '');
	if (rest.startsWith('0')) return 'no-country-code';
	const found = readInternational(rest);
	const number = found && (found.range || isNewRange(found, rest, groups)) ? found : undefined;
	const read = number ?? (callingCodeOf(rest) ? 'not-in-use' : 'unknown-country-code');
	if (hasPlus || (number && number.callingCode === country?.callingCode)) return read;
	const abroad = country && readAbroad(typed, country);
	if (abroad && (!number?.range || accessCodeOf(digits, country.code) === '0011')) return abroad;
	if (!number) return read;
	// What some countries dial instead of 00 begins with 00 as well: 001, 0011. Then another number follows.
	const after = digits.startsWith('0011') ? readInternational(digits.slice(4)) : afterGroup(/^00[1-9]$/, groups);
	const others = [digits.startsWith('001') ? abroad : undefined, after];
	const isAmbiguous = others.some((other) => other && other.digits !== number.digits && (other.range || !number.range));
	return isAmbiguous ? 'ambiguous' : read;
}

/**
 * Whether a number that is in no range in use can be in one that is newer than the library: as long as the others of its
 * country, with nothing missing, and no extension glued to it.
 */
function isNewRange({ digits, callingCode, national }: InternationalNumber, typed: string, groups: string[]): boolean {
	if (typed.length > MOST_DIGITS_OF_NEW_RANGE || typed.startsWith('00', callingCode.length)) return false;
	if (!lengthsIn(callingCode).includes(national.length)) return false;
	const lastGroup = groups.at(-1) ?? '';
	if ([`${digits}0`, digits.slice(0, -lastGroup.length), digits.slice(0, -1)].some(inUse)) return false;
	return ![2, 3].some((count) => inUse(digits.slice(0, -count))?.range === 'mobile');
}

function inUse(digits: string): InternationalNumber | undefined {
	const number = readInternational(digits);
	return number?.range && number;
}

/** What some country dials for calls abroad. */
const ACCESS_CODE = /^(?:00[1-9]|0011|01[01]|119|810)$/;
/** Those of them that begin no number of their own, as Mexico's 09 would. 00 itself is read before. */
const CLEAR_ACCESS_CODE = /^(?:00\d+|01[01]|119|810)$/;

/** The number in use after what is dialled in a country for calls abroad: 011 in the United States. */
function readAbroad({ digits, groups: [first = ''] }: Typed, country: Country): InternationalNumber | undefined {
	const access = accessCodeOf(digits, country.code);
	if (!access || !CLEAR_ACCESS_CODE.test(access) || (ACCESS_CODE.test(first) && access !== first)) return undefined;
	return inUse(digits.slice(access.length));
}

/** The number after a group of digits for calls abroad and one for a country code. */
function afterGroup(access: RegExp, [first = '', second = '', ...others]: string[]): InternationalNumber | undefined {
	return access.test(first) && isCallingCode(second) ? readInternational(second + others.join('')) : undefined;
}

function readInCountry(typed: Typed, country: Country): Read {
	const local = readLocal(typed.digits, country);
	if (!local) return readAbroad(typed, country) ?? readElsewhere(typed, country);
	const elsewhere = afterGroup(ACCESS_CODE, typed.groups);
	if (elsewhere?.range && elsewhere.digits !== local.digits) return 'ambiguous';
	return local.trunkPrefix === '' ? readWithoutTrunkPrefix(local, typed, country) : local;
}

/** A number in use in the country, read by the rules of that country alone. */
function readLocal(digits: string, { callingCode }: Country): InternationalNumber | undefined {
	// Mexico's 1 follows a country code only.
	if (callingCode === '52' && /^1\d{10}$/.test(digits)) return undefined;
	const local = readAsDialled(callingCode + digits);
	const isTooLong = local?.range === 'other' && !local.trunkPrefix && digits.length >= MOST_DIGITS_OF_LANDLINE;
	return local?.range && !isTooLong ? local : undefined;
}

function readWithoutTrunkPrefix(local: InternationalNumber, typed: Typed, { callingCode }: Country): Read {
	const isMobile = local.range === 'mobile';
	// A spreadsheet drops the zero that belongs to an Italian number.
	const withZero = typed.digits.length < 7 ? undefined : readAsDialled(`${callingCode}0${typed.digits}`);
	const hasLostZero = withZero?.national === `0${typed.digits}` && withZero.range;
	if (hasLostZero && (!isMobile || withZero.range === 'mobile')) return 'ambiguous';
	const other = withOwnCode(typed);
	if (!other) return local;
	if (other.callingCode === callingCode && other.range !== local.range) return isMobile ? local : other;
	if (other.callingCode === callingCode) return 'ambiguous';
	const isApart = typed.groups[0] === other.callingCode;
	const isLikely = isMobile
		? isApart && other.range === 'mobile'
		: isApart || other.range === 'mobile' || typed.digits.length === SHORTEST_FROM_ELSEWHERE;
	return isLikely ? 'ambiguous' : local;
}

/** Digits that are no local number in use. */
function readElsewhere(typed: Typed, country: Country): Read {
	const { digits, groups } = typed;
	const number = withOwnCode(typed);
	if (!number || number.callingCode === country.callingCode) return number ?? 'not-in-use';
	if (groups.length > 1 && groups[0] !== number.callingCode) return 'ambiguous';
	// With a default country of Spain, "973 90 73 97 12" is one of Bahrain, or one of Lleida and its extension.
	const last = groups.at(-1) ?? '';
	const front = last.length <= 3 && readLocal(digits.slice(0, -last.length), country);
	const shortest = Math.min(SHORTEST_FROM_ELSEWHERE, Math.max(...lengthsIn(country.callingCode)) + 2);
	return front || digits.length < shortest ? 'ambiguous' : number;
}

/** The number in use whose country code digits begin with, as far as their writing allows that. */
function withOwnCode({ digits, groups, isLocal }: Typed): InternationalNumber | undefined {
	if (digits.startsWith('0') || isLocal) return undefined;
	// In one group, nothing but the country's own rules tells a zero that is dialled from a digit of the number.
	const number = groups.length === 1 ? readAsDialled(digits) : readInternational(digits);
	// North America's 1 is dialled before an area code as well, but never written twice.
	if (!number?.range || (number.callingCode === '1' && number.trunkPrefix === '1')) return undefined;
	if (groups.length === 1 && number.range === 'other' && digits.length > MOST_DIGITS_OF_LANDLINE) return undefined;
	// "305 555-0100" begins like a number in Greece (30), but its first group is an area code.
	const [first = ''] = groups;
	return groups.length > 1 && first.length <= 3 && first !== number.callingCode ? undefined : number;
}
