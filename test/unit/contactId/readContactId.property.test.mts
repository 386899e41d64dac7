import fc from 'fast-check';

import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';
import { EXAMPLES, oracle } from './numbers.mts';

const CANONICAL = /^(?:[1-9][0-9]{6,14}@c\.us|(?:[0-9]{5,15}-[0-9]{5,15}|[0-9]{10,25})@g\.us|[1-9][0-9]{4,24}@lid)$/;

const int = (min: number, max: number) => fc.integer({ min, max });
const join = (parts: fc.Arbitrary<string[]>) => parts.map((texts) => texts.join(''));
/** The usual six times out of seven. */
const mostly = (usual: string, ...others: string[]) =>
	fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

/* What phone numbers are written with. */

/** The zero of a script; its other digits follow. Latin, Arabic, Persian, Devanagari, full-width, bold, Adlam. */
const ZERO = fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce, 0x1e950);
const MARK = fc.constantFrom('\u200b', '\u200e', '\u200f', '\u202a', '\u202c', '\u2060', '\u2066', '\u2069', '\ufeff');
const SEPARATOR = fc.constantFrom(' ', '.', '-', '/', '\u00a0', '\u202f', '\u2011', '\u2013');
const DIGIT = int(0, 9).map(String);

const inScript = (text: string, zero: number) =>
	text.replace(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));

const COUNTRIES = ['1', '7', '20', '27', '33', '44', '49', '52', '55', '61', '62', '81', '91', '351', '966'];
const CODES = new Set(COUNTRIES);

/** Country code and number. Numbers of all countries that exist, and then others of the same ranges. */
const E164 = fc
	.tuple(fc.constantFrom(...EXAMPLES.filter(({ callingCode }) => CODES.has(callingCode))), fc.stringMatching(/^\d{3}$/))
	.map(([{ callingCode, national }, end]) => ({ country: callingCode, rest: national.slice(0, -3) + end }))
	// After these their country's code may also be an area code.
	.filter(({ country, rest }) => oracle.isValidNumber(oracle.parse(`+${country}${rest}`)));

/** One way to write it. A group has at most four digits, so none is long enough for a number of its own. */
const WRITING = fc.record({
	prefix: fc.constantFrom('+', '+', '00', '(+', '(00'),
	trunkZero: fc.constantFrom('', '', '', '(0)', ' (0) ', '( 0 )', ' 0', '-0', '/0'),
	isBracketed: fc.boolean(),
	// Some or none: a dot in front of nothing but the last group would be a spreadsheet's.
	separators: fc.oneof(
		fc.constant(Array<string>(6).fill('')),
		// A slash follows a country code. After more it can part two numbers.
		fc
			.array(SEPARATOR, { minLength: 6, maxLength: 6 })
			.map((signs) => signs.map((sign, index) => (sign === '/' && index > 0 ? '-' : sign))),
	),
	sizes: fc.array(int(2, 4), { minLength: 6, maxLength: 6 }),
	zero: ZERO,
	marks: fc.array(MARK, { maxLength: 3 }),
	form: fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'),
	isFullWidth: fc.boolean(),
	around: fc.constantFrom('', ' ', '\u00a0', '\r\n'),
	front: fc.constantFrom('', '', '', "'", 'tel:', 'whatsapp:', 'p:'),
});
type Phone = typeof E164 extends fc.Arbitrary<infer T> ? T : never;
type Writing = typeof WRITING extends fc.Arbitrary<infer T> ? T : never;

function write({ country, rest }: Phone, writing: Writing): string {
	const { isBracketed, separators, sizes } = writing;
	// 001 is also what some countries dial for calls abroad, before another country code.
	const prefix = country === '1' ? writing.prefix.replace('00', '+') : writing.prefix;
	// No zero is dialled after 1 and 7.
	const isUsual = writing.trunkZero.includes('(') || !['1', '7'].includes(country);
	const trunkZero = isUsual ? writing.trunkZero : '';
	const groups: string[] = [];
	let left = rest;
	for (const size of sizes) {
		if (left) groups.push(left.slice(0, size));
		left = left.slice(size);
	}
	const first = isBracketed && !trunkZero ? ` (${groups.shift()})` : '';
	const code = `${prefix}${country}${prefix.startsWith('(') ? ')' : ''}`;
	const local = groups.map((group, index) => `${separators[first ? index + 1 : index]}${group}`).join('');
	let text = inScript(`${code}${trunkZero}${first}${local}${left}`, writing.zero);
	if (writing.isFullWidth) text = text.replace(/[+()/]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0));
	writing.marks.forEach((mark, index) => {
		const at = [...text].slice(0, index * 4 + 1).join('').length;
		text = `${text.slice(0, at)}${mark}${text.slice(at)}`;
	});
	return `${writing.around}${writing.front}${text.normalize(writing.form)}${writing.around}`;
}

const WRITTEN = fc.tuple(E164, WRITING).map(([phone, writing]) => ({
	text: write(phone, writing),
	id: `${phone.country}${phone.rest}@c.us`,
}));

/* What comes close to a contact ID. */

const randomCase = (text: string) =>
	int(0, 2 ** text.length - 1).map((bits) =>
		[...text].map((char, index) => ((bits >> index) & 1 ? char.toUpperCase() : char)).join(''),
	);
const SERVER = fc
	.constantFrom('@c.us', '@g.us', '@lid', '@s.whatsapp.net', '@newsletter', '@broadcast', '@hosted', '@')
	.chain(randomCase);
const INJECTION = fc.constantFrom('&refresh=true', '#', '/../x', '%40c.us', '\r\nHost: x', '\0', '@c.us', '?a=b', '¹');
const DIGITS = fc
	.tuple(join(fc.array(DIGIT, { minLength: 4, maxLength: 26 })), ZERO)
	.map(([digits, zero]) => inScript(digits, zero));
const WHATSAPP_ID = join(
	fc.tuple(
		mostly('', '+', ' ', '\u202a', "'", '00'),
		DIGITS,
		fc.oneof(
			{ weight: 4, arbitrary: fc.constant('') },
			fc.constantFrom(':12', ':0', ':', ':123456', '.0'),
			DIGITS.map((digits) => `-${digits}`),
		),
		SERVER,
		fc.oneof({ weight: 9, arbitrary: mostly('', ' ', '\u200f', '\r\n') }, INJECTION),
	),
);
const SOUP = join(
	fc.array(
		fc.oneof(
			{ weight: 6, arbitrary: DIGITS },
			{ weight: 4, arbitrary: SEPARATOR },
			...[MARK, SERVER, INJECTION, fc.constantFrom('+', '(', ')', '(0', 'e+', ',', ';', '\t', ':', '¹', 'x', '\ud800')],
		),
		{ maxLength: 8 },
	),
);
const SPOILT = fc
	.tuple(WRITTEN, int(0, 30), fc.oneof(INJECTION, fc.string({ maxLength: 3, unit: 'binary' })))
	.map(([{ text }, at, more]) => `${text.slice(0, at)}${more}${text.slice(at)}`);
const REPEATED = [
	...['1', '1,', '1.', '1-', '1 ', '1(0', '(', '( ', '-', ' ', '/ ', '@', ':1', '+1555123'],
	...['١', '𝟏', '\u200b', '\ufdfa', '\u0301', '\u0007'],
];
const LONG = fc.tuple(fc.constantFrom(...REPEATED), int(1, 3000)).map(([text, times]) => `1${text.repeat(times)}`);
const NUMBER = fc.oneof(fc.double(), fc.maxSafeInteger(), int(0, 2 ** 31 - 1), fc.bigInt());
const PHONE = WRITTEN.map(({ text }) => text);
const NEAR = fc.oneof(
	{ weight: 3, arbitrary: fc.oneof(PHONE, WHATSAPP_ID) },
	{ weight: 2, arbitrary: fc.oneof(SOUP, SPOILT, LONG, NUMBER) },
);
const ANYTHING = fc.oneof(
	{ weight: 5, arbitrary: NEAR },
	{ weight: 1, arbitrary: fc.anything({ withBigInt: true, withDate: true, withBoxedValues: true }) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);

/** The digits of all scripts, in order: each script has ten of them. */
const ALL_DIGITS = new Map(
	Array.from({ length: 0x11_0000 }, (_, codePoint) => String.fromCodePoint(codePoint))
		.filter((char) => /^\p{Nd}$/u.test(char))
		.map((char, index) => [char, index % 10]),
);

/** The digits in Latin, and no other character. */
function latinDigits(input: string): string {
	return [...input].map((char) => ALL_DIGITS.get(char) ?? '').join('');
}

/** What is dialled inside some country in front of a number, or nothing. */
const TRUNK_PREFIXES = ['', '0', '1', '8', '80', '06'];

describe('Any contact ID', () => {
	test('that is accepted is canonical, and stays as it is when read again', () => {
		let [tried, accepted] = [0, 0];
		const servers = new Set<string>();
		fc.assert(
			fc.property(fc.oneof(ANYTHING, PHONE, WHATSAPP_ID), (input) => {
				tried += 1;
				const read = readContactId(input);
				if (!read.ok) return;
				accepted += 1;
				servers.add(read.id.replace(/.*@/, ''));
				expect(read.id).toMatch(CANONICAL);
				expect(readContactId(read.id)).toStrictEqual(read);
			}),
			{ numRuns: 5_000 },
		);
		expect(accepted / tried).toBeGreaterThan(0.2);
		expect([...servers].sort()).toStrictEqual(['c.us', 'g.us', 'lid']);
	});

	test('may be written in the digits of every script that Unicode knows', () => {
		const digits = [...ALL_DIGITS.keys()];
		const scripts = Array.from({ length: digits.length / 10 }, (_, script) =>
			digits.slice(script * 10, script * 10 + 10),
		);

		const read = scripts.map(([zero, ...oneToNine]) => readContactId(['+', ...oneToNine, zero, zero].join('')));

		expect(scripts.length).toBeGreaterThan(60);
		expect(read).toStrictEqual(scripts.map(() => ({ ok: true, id: '12345678900@c.us' })));
	});

	test('that is a phone number in a usual writing becomes its digits', () => {
		fc.assert(
			fc.property(WRITTEN, ({ text, id }) => {
				expect(readContactId(text)).toStrictEqual({ ok: true, id });
			}),
			{ numRuns: 5_000 },
		);
	});

	test('that is a phone number with a + is the same wherever it is parted, unless a zero follows its country code', () => {
		fc.assert(
			fc.property(E164, int(1, 5), SEPARATOR, ({ country, rest }, at, separator) => {
				const digits = `${country}${rest}`;
				fc.pre(digits[at] !== '0' || !CODES.has(digits.slice(0, at)));
				expect(readContactId(`+${digits.slice(0, at)}${separator}${digits.slice(at)}`)).toStrictEqual({
					ok: true,
					id: `${digits}@c.us`,
				});
			}),
			{ numRuns: 2_000 },
		);
	});

	test('has the digits that were typed, after the country code of its default country or its own', () => {
		let [tried, local] = [0, 0];
		const country = fc.constantFrom('DE', 'US', 'GB', 'IT', 'RU', 'MX', 'AR', 'BR', 'JP', 'SG', 'AU', 'HU', 'BY', 'KE');
		const typed = fc.oneof(
			fc
				.tuple(fc.constantFrom('', '0', '00', '+', '8', '06', '1', '011', '0011', '+0'), DIGITS)
				.map((parts) => parts.join('')),
			...[SOUP, PHONE, fc.constantFrom(...EXAMPLES.map(({ local: text }) => text))],
		);
		fc.assert(
			fc.property(typed, country, (input, region) => {
				tried += 1;
				const read = readContactId(input, region);
				if (!read.ok || input.includes('@')) return;
				const digits = read.id.replace(/\D/g, '');
				const all = latinDigits(input.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, ''));
				const code = String(oracle.getCountryCodeForRegion(region));
				// What is dialled for calls abroad, the country code, and what is dialled inside the country.
				const front = /^(?:00|0011|001|011|010|810|00[1-9]\d?\d?|0014|0015|0021|0023|0025|0031|0041)?$/;
				const isOwn = [1, 2, 3].some((length) =>
					TRUNK_PREFIXES.some((prefix) => {
						const written = digits.slice(0, length) + prefix + digits.slice(length);
						return all.endsWith(written) && front.test(all.slice(0, -written.length));
					}),
				);
				const isLocal =
					digits.startsWith(code) && TRUNK_PREFIXES.some((prefix) => all === prefix + digits.slice(code.length));
				if (isLocal) local += 1;
				expect([input, region, read.id, isOwn || isLocal]).toEqual([input, region, read.id, true]);
			}),
			// Behind Mexico's code for calls by an operator there could be a number in South Korea.
			{ numRuns: 5_000, examples: [['098221000000', 'MX']] },
		);
		expect(local / tried).toBeGreaterThan(0.02);
	});

	test('that is refused comes with words that can be shown, and little of what was typed', () => {
		let [tried, refused] = [0, 0];
		fc.assert(
			fc.property(fc.oneof(ANYTHING, SOUP, LONG), (input) => {
				tried += 1;
				const read = readContactId(input);
				if (read.ok) return;
				refused += 1;
				expect(read.message).toMatch(/^\S.*\S$/u);
				expect(read.message).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
				expect([...(/"(.*)"/su.exec(read.message)?.[1] ?? '').replace(/…$/, '')].length).toBeLessThanOrEqual(40);
				expect(read.message.length).toBeLessThan(200);
			}),
			{ numRuns: 5_000 },
		);
		expect(refused / tried).toBeGreaterThan(0.3);
	});

	// Endless, were a regular expression to try all ways to read it.
	test.each(REPEATED)('of megabytes is refused: %j', (text) => {
		for (const long of [text.repeat(1_000_000), `1${text.repeat(1_000_000)}x`, `1${text.repeat(900 / text.length)}x`]) {
			expect(readContactId(long)).toHaveProperty('ok', false);
		}
	});
});
