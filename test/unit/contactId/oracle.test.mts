import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';
import { dialledFrom, type Example, EXAMPLES, isPossible, oracle } from './numbers.mts';
import { BROKEN, LOCAL, TWO_NUMBERS, WITH_ACCESS_CODE, WITH_COUNTRY_CODE, type Writing } from './writings.mts';

/** What became of the examples in some writings. */
interface Tally {
	read: number;
	refused: string[];
	/** Read as a number that is not the example. */
	wrong: string[];
	/** Read as a number that cannot exist. */
	impossible: string[];
}

function tally(writings: Record<string, Writing>, countryOf: (example: Example) => string = () => ''): Tally {
	const result: Tally = { read: 0, refused: [], wrong: [], impossible: [] };
	for (const write of Object.values(writings)) {
		for (const example of EXAMPLES) {
			const text = write(example);
			if (text === undefined) continue;
			const read = readContactId(text, countryOf(example));
			const line = `${example.region} ${example.type}: ${text} -> ${read.ok ? read.id : read.message}`;
			if (!read.ok) result.refused.push(line);
			else if (read.id === example.id) result.read += 1;
			else result.wrong.push(line);
			if (read.ok && read.id !== example.id && !isPossible(read.id.replace(/@.*/, ''))) result.impossible.push(line);
		}
	}
	return result;
}

/** The counts go to the terminal: they are what a change to the rules is judged by. */
function print(what: string, { read, refused, wrong, impossible }: Tally): void {
	const counts = `${read} right, ${refused.length} refused, ${wrong.length} another's, ${impossible.length} impossible`;
	process.stdout.write(`${what}: ${counts}\n`);
}

const own = ({ region }: Example) => region;
const total = ({ read, refused, wrong }: Tally) => read + refused.length + wrong.length;

describe("By Google's libphonenumber, a number of any country", () => {
	test('is tried with a fixed and a mobile number of each, in at least thirty writings', () => {
		expect(new Set(EXAMPLES.map(own)).size).toBe(oracle.getSupportedRegions().length);
		expect(Object.keys(WITH_COUNTRY_CODE).length).toBeGreaterThanOrEqual(30);
	});

	test.each<[what: string, countryOf: (example: Example) => string]>([
		['no default', () => ''],
		['its own country by default', own],
	])('with its country code is read right, or one in a hundred refused, with %s', (what, countryOf) => {
		const result = tally(WITH_COUNTRY_CODE, countryOf);
		print(`With country code, ${what}`, result);
		expect(result.wrong).toEqual([]);
		expect(result.impossible).toEqual([]);
		expect(result.refused.length).toBeLessThan(total(result) / 100);
	});

	test('without its country code is read right, or one in two hundred refused, where the country is known', () => {
		const result = tally(LOCAL, own);
		print('Local, its own country by default', result);
		expect(result.wrong).toEqual([]);
		expect(result.impossible).toEqual([]);
		expect(result.refused.length).toBeLessThan(total(result) / 200);
	});

	test('without its country code is refused where no country is known, unless it is a valid number of another', () => {
		const result = tally(LOCAL);
		print('Local, no default', result);
		expect(result.read).toBe(0);
		expect(result.impossible).toEqual([]);
		expect(result.wrong.filter((line) => !oracle.isValidNumber(oracle.parse(`+${idIn(line)}`)))).toEqual([]);
		expect(result.wrong.length).toBeLessThan(total(result) / 100);
	});

	test.each<[what: string, countryOf: (example: Example) => string]>([
		['no default', () => ''],
		['its own country by default', own],
	])(
		'behind a code for calls abroad that is not dialled everywhere is right or refused, with %s',
		(what, countryOf) => {
			const result = tally(WITH_ACCESS_CODE, countryOf);
			print(`Behind a code for calls abroad, ${what}`, result);
			expect(result.wrong).toEqual([]);
		},
	);

	test.each(['DE', 'US', 'GB', 'AU', 'JP', 'SG', 'TH', 'BR', 'IT', 'KR'])(
		'is read as it is dialled from %s, where that is the default country',
		(region) => {
			const result = tally({ dialled: (example) => dialledFrom(region, example) }, () => region);
			print(`Dialled from ${region}`, result);
			expect(result.wrong).toEqual([]);
			expect(result.refused.length).toBeLessThanOrEqual(1);
		},
	);

	test.each(['DE', 'AU', 'TH'])('keeps its country behind + or 00 where the default country is %s', (region) => {
		const isOpen = (name: string) => /^\(?(?:\+|00)/.test(name);
		const marked = Object.fromEntries(Object.entries(WITH_COUNTRY_CODE).filter(([name]) => isOpen(name)));
		// Other countries' numbers: 0011 is what Australians dial for calls abroad.
		const result = tally(marked, ({ callingCode }) => (callingCode === '1' ? '' : region));
		expect(result.wrong).toEqual([]);
		expect(result.refused.length).toBeLessThan(total(result) / 100);
	});

	test.each<[what: string, countryOf: (example: Example) => string]>([
		['no default', () => ''],
		['its own country by default', own],
	])('beside another one is refused, with %s', (what, countryOf) => {
		const result = tally(TWO_NUMBERS, countryOf);
		print(`Two numbers, ${what}`, result);
		expect([...result.wrong, ...Array<string>(result.read)]).toEqual([]);
	});

	test('with a digit too few, or too many, is refused unless that is possible', () => {
		const result = tally(BROKEN);
		print('Broken', result);
		expect(result.impossible).toEqual([]);
		// Brazil's mobiles without their last digit are like those that WhatsApp keeps without the ninth.
		const isKept = (line: string) => /^55\d\d[6-9]\d{7}$/.test(idIn(line));
		const isWrong = (line: string) => !isKept(line) && !oracle.isValidNumber(oracle.parse(`+${idIn(line)}`));
		expect(result.wrong.filter(isWrong)).toEqual([]);
	});
});

function idIn(line: string): string {
	return /(\d+)@c\.us$/.exec(line)?.[1] ?? '';
}
