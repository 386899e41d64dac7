import { parseBoolean } from '../../../nodes/Wawp/operation/parameterReader';

describe('A truth value', () => {
	test.each([true, 'true', 'TRUE', ' True\n'])('is true in %j', (value) => {
		expect(parseBoolean(value)).toBe(true);
	});

	test.each([false, 'false', 'FALSE', ' False\n'])('is false in %j', (value) => {
		expect(parseBoolean(value)).toBe(false);
	});

	test.each([
		[undefined],
		[null],
		[''],
		[' '],
		['yes'],
		['no'],
		['on'],
		['1'],
		['0'],
		['true false'],
		['truely'],
		[1],
		[0],
		[NaN],
		[[]],
		[['true']],
		[{}],
		[{ valueOf: () => true }],
		[Object(true)],
	])('is not in %p', (value) => {
		expect(parseBoolean(value)).toBeUndefined();
	});
});
