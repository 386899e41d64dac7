import type { IExecuteFunctions } from 'n8n-workflow';

import { DEFAULT_OPTIONS } from '../../../nodes/Wawp/operation/optionFields';
import { readOptions } from '../../../nodes/Wawp/operation/readOptions';

/** The options of two items, where an expression is evaluated to the item's value in the list behind it. */
function read(options: unknown, evaluated: Record<string, unknown[]> = {}) {
	const asked: string[] = [];
	const context = {
		getNode: () => ({ parameters: { options } }),
		getInputData: () => [{ json: {} }, { json: {} }],
		getNodeParameter: (path: string, itemIndex: number) => {
			asked.push(`${path} of ${itemIndex}`);
			return evaluated[path]?.[itemIndex];
		},
	} as unknown as IExecuteFunctions;
	return { ...readOptions(context), asked };
}

const EXPRESSION = '={{ $json.value.trim() }}';

describe('The options', () => {
	test.each([{}, undefined, null, 'none', 7])('are their defaults where none is set: %p', (options) => {
		const { run, ofItem, asked } = read(options);
		expect(DEFAULT_OPTIONS).toMatchObject(run.options);
		expect(DEFAULT_OPTIONS).toMatchObject(ofItem(0).options);
		expect({ ...run.options, ...ofItem(1).options }).toEqual(DEFAULT_OPTIONS);
		expect(asked).toEqual([]);
	});

	test('are what is set', () => {
		const { run, ofItem } = read({ timeout: 500, includeExpiry: true });
		expect(run.options).toMatchObject({ timeout: 500, concurrency: 5 });
		expect(ofItem(1).options).toMatchObject({ includeExpiry: true, downloadPicture: false });
	});

	test('are not what every object has', () => {
		expect(read(Object.create({ timeout: 500 })).run.options.timeout).toBe(30_000);
	});
});

describe('An expression', () => {
	test('in an option of the run is evaluated once, for the first item', () => {
		const { run, asked } = read({ timeout: EXPRESSION }, { 'options.timeout': [500, 900] });
		expect(run.options.timeout).toBe(500);
		expect(asked).toEqual(['options.timeout of 0']);
	});

	test('in an option of an item is evaluated once for each item, however often it is read', () => {
		const urls = ['https://example.com/1', 'https://example.com/2'];
		const options = { noPicture: 'fallbackUrl', fallbackUrl: EXPRESSION };
		const { ofItem, asked } = read(options, { 'options.fallbackUrl': urls });
		const read1 = [0, 1, 1, 0].map((itemIndex) => ofItem(itemIndex).options.fallbackUrl);
		expect(read1).toEqual([urls[0], urls[1], urls[1], urls[0]]);
		expect(asked).toEqual(['options.fallbackUrl of 0', 'options.fallbackUrl of 1']);
	});

	test('that is unusable for one item fails that one', () => {
		const { ofItem } = read({ includeExpiry: EXPRESSION }, { 'options.includeExpiry': [true, 'perhaps'] });
		expect([ofItem(0).failure, ofItem(1).failure?.message]).toEqual([undefined, "'Include Expiry' is not usable"]);
	});

	test('in an option of the run alone leaves one set of options for all items', () => {
		const { ofItem } = read({ timeout: EXPRESSION, includeExpiry: true }, { 'options.timeout': [500, 900] });
		expect(ofItem(1)).toBe(ofItem(0));
	});
});
