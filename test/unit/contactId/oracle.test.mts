import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';
import { dialledFrom, type Example, EXAMPLES, isPossible, oracle } from './numbers.mts';
import { BROKEN, LOCAL, TWO_NUMBERS, WITH_ACCESS_CODE, WITH_COUNTRY_CODE, type Writing } from './writings.mts';

/** What became of the examples in some writings. */
interface Tally {
	texts: number;
	refused: string[];
	/** Read as a number that is not the example: the text, and the digits that came of it. */
	wrong: Array<[text: string, digits: string]>;
}

function tally(writings: Record<string, Writing>, countryOf: (example: Example) => string): Tally {
	const result: Tally = { texts: 0, refused: [], wrong: [] };
	for (const write of Object.values(writings)) {
		for (const example of EXAMPLES) {
			const text = write(example);
			if (text === undefined) continue;
			const read = readContactId(text, countryOf(example));
			const line = `${example.region} ${example.type}: ${text}`;
			result.texts += 1;
			if (!read.ok) result.refused.push(line);
			else if (read.id !== example.id) result.wrong.push([line, read.id.replace(/@.*/, '')]);
		}
	}
	return result;
}

const none = () => '';
const own = ({ region }: Example) => region;
const isInUse = (digits: string) => oracle.isValidNumber(oracle.parse(`+${digits}`));
const readings: Array<[what: string, countryOf: (example: Example) => string]> = [
	['no default', none],
	['its own country by default', own],
];

describe("By Google's libphonenumber, a number of any country", () => {
	test('is tried with a fixed and a mobile number of each, in at least thirty writings', () => {
		expect(new Set(EXAMPLES.map(own)).size).toBe(oracle.getSupportedRegions().length);
		expect(Object.keys(WITH_COUNTRY_CODE).length).toBeGreaterThanOrEqual(30);
	});

	test.each(readings)('with its country code is read right, or one in 200 refused, with %s', (_what, countryOf) => {
		const { wrong, refused, texts } = tally(WITH_COUNTRY_CODE, countryOf);
		expect(wrong).toEqual([]);
		expect(refused.length).toBeLessThan(texts / 200);
	});

	test('without its country code is read right, or one in 250 refused, where the country is known', () => {
		const { wrong, refused, texts } = tally(LOCAL, own);
		expect(wrong).toEqual([]);
		expect(refused.length).toBeLessThan(texts / 250);
	});

	test('without its country code is refused where no country is known, unless it is in use in another', () => {
		const { wrong, refused, texts } = tally(LOCAL, none);
		expect(refused.length + wrong.length).toBe(texts);
		expect(wrong.filter(([, digits]) => !isInUse(digits))).toEqual([]);
		expect(wrong.length).toBeLessThan(texts / 100);
	});

	test.each(readings)('is right or refused after a foreign code for calls abroad, with %s', (_what, countryOf) => {
		expect(tally(WITH_ACCESS_CODE, countryOf).wrong).toEqual([]);
	});

	test.each(['DE', 'US', 'GB', 'AU', 'JP', 'SG', 'TH', 'BR', 'IT', 'KR'])(
		'is read as it is dialled from %s, where that is the default country',
		(region) => {
			const result = tally({ dialled: (example) => dialledFrom(region, example) }, () => region);
			expect(result).toEqual({ texts: EXAMPLES.length, refused: [], wrong: [] });
		},
	);

	test.each(['DE', 'AU', 'TH'])('keeps its country after + or 00 where the default country is %s', (region) => {
		const marked = Object.entries(WITH_COUNTRY_CODE).filter(([name]) => /^\(?(?:\+|00)/.test(name));
		// Other countries' numbers: 0011 is what Australians dial for calls abroad.
		const countryOf = ({ callingCode }: Example) => (callingCode === '1' ? '' : region);
		const { wrong, refused, texts } = tally(Object.fromEntries(marked), countryOf);
		expect(wrong).toEqual([]);
		expect(refused.length).toBeLessThan(texts / 100);
	});

	test.each(readings)('next to another one is refused, with %s', (_what, countryOf) => {
		const { refused, texts } = tally(TWO_NUMBERS, countryOf);
		expect(refused.length).toBe(texts);
	});

	test('with a digit too few, or too many, is refused unless that is in use', () => {
		const { wrong } = tally(BROKEN, none);
		expect(wrong.filter(([, digits]) => !isPossible(digits))).toEqual([]);
		// Brazil's mobiles without their last digit are like those that WhatsApp keeps without the ninth.
		const isKept = (digits: string) => /^55\d\d[6-9]\d{7}$/.test(digits);
		expect(wrong.filter(([, digits]) => !isKept(digits) && !isInUse(digits))).toEqual([]);
	});
});
