import { figuresOf, newRangeFigures, randomFigures, randomPhones, type Tally } from './figures.mts';

const find = (figures: Array<[string, string, Tally]>, what: string, country: string) =>
	figures.find((figure) => figure[0] === what && figure[1] === country)?.[2] as Tally;
const share = (part: number, { texts }: Tally) => part / texts;

// An eighth of what `npm run numbers` reads.
const MOBILES = randomPhones('mobile', 7);

describe.each([
	['mobiles', MOBILES, 1600],
	['landlines', randomPhones('landline', 4), 850],
])('Of random %s of all countries', (kind, phones, atLeast) => {
	// Half of them tells enough of what is refused.
	const figures = figuresOf(phones, 2);
	const isMobile = kind === 'mobiles';

	test('there are many, of nearly every country', () => {
		expect(phones.length).toBeGreaterThan(atLeast);
		expect(new Set(phones.map(({ region }) => region)).size).toBeGreaterThan(225);
	});

	test.each([
		['with +, 00, in groups', 'none', 0.001],
		['with +, 00, in groups', 'their own', 0.001],
		['digits with the country code', 'none', isMobile ? 0.001 : 0.03],
		['digits without the country code', 'their own', 0.01],
		['as in their country', 'their own', 0.01],
	])('none is read as another, and few are refused: %s, Default Country %s', (what, country, refused) => {
		const result = find(figures, what, country);
		expect(share(result.anothers, result)).toBeLessThan(isMobile ? Number.MIN_VALUE : 0.001);
		expect(share(result.refused, result)).toBeLessThan(refused);
	});

	test.each([
		['digits with the country code', 'their own', 0.005],
		['as in their country', 'none', 0.02],
		['with + and something after it', 'none', isMobile ? 0.005 : 0.025],
		['as in their country and something after it', 'their own', isMobile ? 0.003 : 0.025],
		['with +, a digit too many', 'none', 0.08],
		['with +, a digit too few', 'none', 0.07],
		['as in their country, a digit too many', 'their own', 0.09],
		['as in their country, a digit too few', 'their own', 0.08],
		['without their first digit', 'their own', 0.03],
		['two of them', 'their own', 0.01],
	])('few are read as another, and only as one in use: %s, Default Country %s', (what, country, anothers) => {
		const result = find(figures, what, country);
		expect(share(result.anothers, result)).toBeLessThan(anothers);
		expect(share(result.anothers - result.inUse, result)).toBeLessThan(0.01);
	});

	test.each([
		['DE', 0.45],
		['IN', 0.79],
		['ID', 0.65],
		['IT', 0.71],
		['US', 0.79],
		['MX', 0.79],
		['GB', 0.79],
		['FR', 0.79],
		['BR', 0.76],
	])('most are read with their country code where the Default Country is %s', (country, right) => {
		const result = find(figures, 'digits with the country code', country);
		expect(share(result.right, result)).toBeGreaterThan(isMobile ? right : right * 0.6);
	});
});

describe('Random digits', () => {
	test.each(randomFigures())('are hardly ever taken: %s, Default Country %s', (_what, _country, result) => {
		expect(share(result.anothers, result)).toBeLessThan(0.005);
	});
});

describe('A range that is newer than the library', () => {
	const [[, , withPlus], [, , local]] = newRangeFigures(MOBILES) as [[string, string, Tally], [string, string, Tally]];

	test('is read with a +', () => {
		expect(share(withPlus.right, withPlus)).toBeGreaterThan(0.98);
		expect(share(withPlus.anothers, withPlus)).toBeLessThan(0.002);
	});

	test('is refused without one', () => {
		expect(share(local.anothers, local)).toBeLessThan(0.003);
	});
});
