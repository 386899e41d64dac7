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

/** A phone number as it was typed, without what does not matter. */
export interface Typed {
	hasPlus: boolean;
	digits: string;
	/** The digits between separators. */
	groups: string[];
	/** Whether its writing shows that it begins with an area code. */
	isLocal: boolean;
}

// ITU-T E.123: brackets at the beginning hold an area code. Or as in 415-555-0123.
const AREA_CODE_FIRST = /^(?:\(\s*(?!00)\d{1,5}\s*\)|[2-9]\d\d([.-])\d{3}\1\d{4}$)/;

/** @param text of digits and separators only */
export function typedIn(text: string): Typed {
	const groups = text.match(/\d+/g) ?? [];
	return { hasPlus: text.includes('+'), digits: groups.join(''), groups, isLocal: AREA_CODE_FIRST.test(text) };
}

/** Whether + or 00 shows that a country code follows. */
export function hasCountryCode({ hasPlus, digits }: Typed): boolean {
	return hasPlus || digits.startsWith('00');
}

/** Why digits are no phone number. */
export type Misread = 'no-country-code' | 'unknown-country-code' | 'ambiguous' | 'not-in-use';

/**
 * Finds the number that digits stand for, by the rules in docs/phone-numbers.md.
 *
 * Digits can often be two numbers: with and without a country code, or with the access code of one country or another.
 * They become a number only if the country, their groups or the ranges in use exclude the others.
 *
 * @param country of numbers without a country code
 */
export function readDigits(typed: Typed, country: Country | undefined): InternationalNumber | Misread {
	if (hasCountryCode(typed)) return readWithCountryCode(typed, country);
	if (country) return readInCountry(typed, country);
	const number = withOwnCode(typed);
	if (number) return number;
	return typed.digits.length > MOST_LOCAL_DIGITS && callingCodeOf(typed.digits) ? 'not-in-use' : 'no-country-code';
}

/** In nearly all countries, for local numbers, and for landlines with their country code. */
const MOST_LOCAL_DIGITS = 10;
const MOST_DIGITS_OF_LANDLINE = 12;

function readWithCountryCode(typed: Typed, country: Country | undefined): InternationalNumber | Misread {
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
	const others = [digits.startsWith('001') ? abroad : undefined, afterOtherAccessCode(typed)];
	const isAmbiguous = others.some((other) => other && other.digits !== number.digits && (other.range || !number.range));
	return isAmbiguous ? 'ambiguous' : read;
}

const MOST_DIGITS_OF_NEW_RANGE = 13;

/**
 * Whether a number can be in a range that is newer than the library: as long as the others of its country, with nothing
 * missing and no extension glued to it.
 *
 * @param rest what was typed, from the country code on
 */
function isNewRange({ digits, callingCode, national }: InternationalNumber, rest: string, groups: string[]): boolean {
	if (rest.length > MOST_DIGITS_OF_NEW_RANGE || rest.startsWith('00', callingCode.length)) return false;
	if (!lengthsIn(callingCode).includes(national.length)) return false;
	const lastGroup = groups.at(-1) ?? '';
	if ([`${digits}0`, digits.slice(0, -lastGroup.length), digits.slice(0, -1)].some(inUse)) return false;
	return ![2, 3].some((count) => inUse(digits.slice(0, -count))?.range === 'mobile');
}

function inUse(digits: string): InternationalNumber | undefined {
	const number = readInternational(digits);
	return number?.range && number;
}

/** Access codes: what some country dials for calls abroad. */
const ACCESS_CODE = /^(?:00[1-9]|0011|01[01]|119|810)$/;

/** Those that never begin a number. Mexico's 09, for calls by an operator, is not among them. */
const CLEAR_ACCESS_CODE = /^(?:00\d*|01[01]|119|810)$/;

/** The number in use after a country's access code, such as 011 in the United States. */
function readAbroad({ digits, groups: [first = ''] }: Typed, country: Country): InternationalNumber | undefined {
	const access = accessCodeOf(digits, country.code);
	if (!access || access === '00' || !CLEAR_ACCESS_CODE.test(access)) return undefined;
	if (ACCESS_CODE.test(first) && access !== first) return undefined;
	return inUse(digits.slice(access.length));
}

/** Of digits with 00: the number after 001, 0011 or the like, the access codes of other countries. */
function afterOtherAccessCode({ digits, groups }: Typed): InternationalNumber | undefined {
	return digits.startsWith('0011') ? readInternational(digits.slice(4)) : afterGroup(/^00[1-9]$/, groups);
}

/** The number after one group with an access code and one with a country code. */
function afterGroup(access: RegExp, [first = '', second = '', ...others]: string[]): InternationalNumber | undefined {
	return access.test(first) && isCallingCode(second) ? readInternational(second + others.join('')) : undefined;
}

function readInCountry(typed: Typed, country: Country): InternationalNumber | Misread {
	const local = readLocal(typed.digits, country);
	if (!local) return readAbroad(typed, country) ?? readElsewhere(typed, country);
	const elsewhere = afterGroup(ACCESS_CODE, typed.groups);
	if (elsewhere?.range && elsewhere.digits !== local.digits) return 'ambiguous';
	return local.trunkPrefix === '' ? readWithoutTrunkPrefix(local, typed, country) : local;
}

/** A local number in use. */
function readLocal(digits: string, { callingCode }: Country): InternationalNumber | undefined {
	// Mexico's 1 follows a country code only.
	if (callingCode === '52' && /^1\d{10}$/.test(digits)) return undefined;
	const local = readAsDialled(callingCode + digits);
	if (!local?.range) return undefined;
	const isTooLong = local.range === 'other' && !local.trunkPrefix && digits.length >= MOST_DIGITS_OF_LANDLINE;
	return isTooLong ? undefined : local;
}

function readWithoutTrunkPrefix(
	local: InternationalNumber,
	typed: Typed,
	country: Country,
): InternationalNumber | Misread {
	const { callingCode } = country;
	const isMobile = local.range === 'mobile';
	// A spreadsheet drops the zero of an Italian number.
	const withZero = typed.digits.length < 7 ? undefined : readAsDialled(`${callingCode}0${typed.digits}`);
	const hasLostZero = withZero?.national === `0${typed.digits}` && withZero.range;
	if (hasLostZero && (!isMobile || withZero.range === 'mobile')) return 'ambiguous';
	const other = withOwnCode(typed);
	if (!other) return local;
	if (other.callingCode === callingCode) {
		if (other.range === local.range) return 'ambiguous';
		return isMobile ? local : other;
	}
	const isApart = typed.groups[0] === other.callingCode;
	const isLikely = isMobile
		? isApart && other.range === 'mobile'
		: isApart || other.range === 'mobile' || typed.digits.length === SHORTEST_FROM_ELSEWHERE;
	return isLikely ? 'ambiguous' : local;
}

const SHORTEST_FROM_ELSEWHERE = 11;

function readElsewhere(typed: Typed, country: Country): InternationalNumber | Misread {
	const { digits, groups } = typed;
	const number = withOwnCode(typed);
	if (!number || number.callingCode === country.callingCode) return number ?? 'not-in-use';
	// In Spain, "973 90 73 97 12" is a number in Bahrain, or one in Lleida with an extension.
	const front = groups.length > 1 && readLocal(digits.slice(0, -(groups.at(-1) ?? '').length), country);
	const shortest = Math.min(SHORTEST_FROM_ELSEWHERE, Math.max(...lengthsIn(country.callingCode)) + 2);
	return front || digits.length < shortest ? 'ambiguous' : number;
}

/** The number in use if digits begin with its country code and their writing allows that. */
function withOwnCode({ digits, groups, isLocal }: Typed): InternationalNumber | undefined {
	if (digits.startsWith('0') || isLocal) return undefined;
	const number = inUse(digits);
	// North America's 1 is also dialled before an area code; it is not written twice.
	if (!number || (number.callingCode === '1' && number.trunkPrefix === '1')) return undefined;
	if (groups.length === 1 && number.range === 'other' && digits.length > MOST_DIGITS_OF_LANDLINE) return undefined;
	// "305 555-0100" begins like a number in Greece (30), but its first group is an area code.
	const [first = ''] = groups;
	return groups.length > 1 && first.length <= 3 && first !== number.callingCode ? undefined : number;
}
