import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { DEFAULT_OPTIONS, OPTION_FIELDS, optionsField } from '../../../nodes/Wawp/operation/optionFields';
import { readOptions } from '../../../nodes/Wawp/operation/readOptions';
import { checkAll } from './checkAll.mts';

const DEFAULTS = {
	...{ concurrency: 5, maxRetries: 3, requestsPerMinute: 60, timeout: 30_000 },
	...{ downloadPicture: false, binaryPropertyName: 'data', defaultCountry: '', noPicture: 'emptyUrl', fallbackUrl: '' },
	...{ includeExpiry: false, includeInputFields: false },
};
const EMPTY = [undefined, null, '', ' '];
const shown = (name: string) => OPTION_FIELDS.find((field) => field.name === name) as INodeProperties;

describe('The options in the editor', () => {
	test('have the defaults that count if they are not set, and are sorted by name', () => {
		expect(DEFAULT_OPTIONS).toStrictEqual(DEFAULTS);
		expect(optionsField.options).toBe(OPTION_FIELDS);
		const names = OPTION_FIELDS.map(({ displayName }) => displayName);
		expect(names).toStrictEqual([...names].sort());
	});

	test('are shown beside the option that they depend on only', () => {
		expect(shown('fallbackUrl').displayOptions?.show).toStrictEqual({ noPicture: ['fallbackUrl'] });
		expect(shown('binaryPropertyName').displayOptions?.show).toStrictEqual({ downloadPicture: [true] });
	});

	test('are hidden from the tool of an AI agent if they are for lists and files', () => {
		const hidden = OPTION_FIELDS.filter(({ displayOptions }) => displayOptions?.hide);
		expect(hidden.map(({ name, displayOptions }) => [name, displayOptions?.hide])).toEqual(
			['downloadPicture', 'includeInputFields', 'concurrency', 'binaryPropertyName', 'requestsPerMinute'].map(
				(name) => [name, { '@tool': [true] }],
			),
		);
	});

	test('list the countries by name, with their calling codes', () => {
		const { options } = shown('defaultCountry') as { options: INodePropertyOptions[] };
		expect(options).toHaveLength(246);
		expect(options[0]).toStrictEqual({ name: 'None', value: '' });
		expect(options).toContainEqual({ name: 'Germany (+49)', value: 'DE' });
		const names = options.slice(1).map(({ name }) => name);
		expect(names).toStrictEqual([...names].sort());
	});
});

describe('Valid options', () => {
	const fallbackUrl = 'https://example.com/avatar.png';
	const all = {
		...{ concurrency: 1, maxRetries: 0, requestsPerMinute: 0, timeout: 100 },
		...{ downloadPicture: true, binaryPropertyName: 'picture', noPicture: 'fallbackUrl', fallbackUrl },
		...{ includeExpiry: true, includeInputFields: true, defaultCountry: 'DE' },
	};
	const fallback = (given: string, taken: string): [object, object] => [
		{ noPicture: 'fallbackUrl', fallbackUrl: given },
		{ noPicture: 'fallbackUrl', fallbackUrl: taken },
	];
	const field = (given: string, taken: string): [object, object] => [
		{ downloadPicture: 'true', binaryPropertyName: given },
		{ downloadPicture: true, binaryPropertyName: taken },
	];

	test.each<[unknown, object]>([
		...[...EMPTY, {}, [], 7, 'none', Object.create({ timeout: 500 })].map((set): [unknown, object] => [set, {}]),
		[{ later: 'an option that is not known' }, {}],
		[all, all],
		[
			{ concurrency: '100', timeout: ' 600000 ' },
			{ concurrency: 100, timeout: 600_000 },
		],
		[{ noPicture: 'error' }, { noPicture: 'error' }],
		fallback(fallbackUrl, fallbackUrl),
		fallback('http://localhost:8080/avatar.png?a=1#b', 'http://localhost:8080/avatar.png?a=1#b'),
		fallback(' HTTPS://Example.com\n', 'HTTPS://Example.com'),
		fallback('https://ui-avatars.com/api/?name=Ada King', 'https://ui-avatars.com/api/?name=Ada%20King'),
		fallback('https://ui-avatars.com/api/?name=', 'https://ui-avatars.com/api/?name='),
		field(' Picture of 2026 ', 'Picture of 2026'),
		field('__proto__', '__proto__'),
		[{ defaultCountry: 'Gemany' }, { defaultCountry: 'Gemany' }],
		[{ defaultCountry: 49 }, { defaultCountry: '49' }],
		[{ defaultCountry: null }, {}],
		[{ defaultCountry: { code: 'DE' } }, { defaultCountry: '{"code":"DE"}' }],
	])('%j mean %j', (set, options) => {
		expect(checkAll(set)).toStrictEqual({ options: { ...DEFAULTS, ...options } });
	});

	test.each(['downloadPicture', 'includeExpiry', 'includeInputFields'])('include text for %s', (name) => {
		for (const on of [true, 'true', ' TRUE ']) {
			expect(checkAll({ [name]: on })).toStrictEqual({ options: { ...DEFAULTS, [name]: true } });
		}
		for (const off of [false, 'false', ' False\n']) {
			expect(checkAll({ [name]: off })).toStrictEqual({ options: DEFAULTS });
		}
	});

	test.each([
		['concurrency', 1, 100],
		['maxRetries', 0, 10],
		['requestsPerMinute', 0, 60_000],
		['timeout', 100, 600_000],
	])('let %s range from %d to %d, in the editor as well', (name, least, most) => {
		expect(shown(name).typeOptions).toStrictEqual({ minValue: least, maxValue: most });
		for (const value of [least, most, String(most)]) {
			expect(checkAll({ [name]: value })).toStrictEqual({ options: { ...DEFAULTS, [name]: Number(value) } });
		}
		for (const value of [least - 1, most + 1]) expect(checkAll({ [name]: value })).toHaveProperty('failure');
	});
});

const URL_EXPECTED = 'a URL that begins with https:// or http://';
const CHOICES = 'one of its choices (in an expression: emptyUrl, fallbackUrl, error), or remove it';
const NO_URLS = [
	...['avatar.png', '/avatar.png', '//example.com/avatar.png', 'example.com', 'ftp://example.com/a.png'],
	...['file:///a.png', 'data:image/png;base64,aa', 'javascript:alert(1)', 'x:https://example.com', 'https://'],
	...['https:example.com', 'https://a b.example', 'https://example.com/a\nb.png', 'https://example.com/a\tb.png'],
	...['https://[', 'x https://x', 0, 42, true, [], ['https://example.com'], {}, { href: 'https://example.com' }],
];
const NO_NAMES = [...EMPTY, 0, 42, true, [], ['data'], {}];
const NO_NUMBERS = [...EMPTY, -1, 1e9, 2.5, NaN, Infinity, 'abc', '1e2', '-1', true, [5], {}];
const NO_BOOLEANS = [
	...EMPTY,
	'yes',
	'on',
	'true false',
	'truely',
	'constructor',
	0,
	1,
	NaN,
	[],
	[true],
	{},
	Object(true),
];

describe('An option that is not valid', () => {
	// A limit must not be lifted because an expression found nothing.
	test.each<[option: string, wrong: unknown[], expected: string, beside: object]>([
		['concurrency', NO_NUMBERS, 'a whole number from 1 to 100, or remove it', {}],
		['maxRetries', NO_NUMBERS, 'a whole number from 0 to 10, or remove it', {}],
		['requestsPerMinute', [...NO_NUMBERS, 'advised'], 'a whole number from 0 to 60000, or remove it', {}],
		['timeout', NO_NUMBERS, 'a whole number from 100 to 600000, or remove it', {}],
		['downloadPicture', NO_BOOLEANS, 'true or false, or remove it', {}],
		['includeExpiry', NO_BOOLEANS, 'true or false, or remove it', {}],
		['includeInputFields', NO_BOOLEANS, 'true or false, or remove it', {}],
		['noPicture', [...EMPTY, 'Error', ' error ', 'constructor', 0, true, [], ['error'], {}], CHOICES, {}],
		['fallbackUrl', NO_URLS, URL_EXPECTED, { noPicture: 'fallbackUrl' }],
		['binaryPropertyName', NO_NAMES, 'some text, or remove it', { downloadPicture: true }],
	])('is named, with what is expected, and its default counts: %s', (name, wrong, expected, beside) => {
		const { displayName } = shown(name);
		const failure = {
			reason: 'bad-request',
			message: `'${displayName}' has an invalid value`,
			description: `Set '${displayName}' under Options to ${expected}`,
		};
		for (const value of wrong) {
			const checked = checkAll({ ...beside, [name]: value });
			expect([value, checked]).toMatchObject([value, { options: { ...DEFAULTS, ...beside }, failure }]);
		}
	});

	test.each([{}, ...EMPTY.map((fallbackUrl) => ({ fallbackUrl }))])('can be a missing fallback URL: %p', (set) => {
		expect(checkAll({ noPicture: 'fallbackUrl', ...set }).failure).toMatchObject({
			message: "'Fallback URL' is missing",
			description: `Set 'Fallback URL' under Options to ${URL_EXPECTED}`,
		});
	});

	test('does not matter where nothing uses it', () => {
		for (const fallbackUrl of [...EMPTY, ...NO_URLS, 'https://example.com']) {
			expect(checkAll({ fallbackUrl })).toStrictEqual({ options: DEFAULTS });
			expect(checkAll({ fallbackUrl, noPicture: 'error' })).not.toHaveProperty('failure');
		}
		for (const binaryPropertyName of [...NO_NAMES, 'picture']) {
			expect(checkAll({ binaryPropertyName })).toStrictEqual({ options: DEFAULTS });
			expect(checkAll({ binaryPropertyName, downloadPicture: 'false' })).toStrictEqual({ options: DEFAULTS });
		}
	});

	// The item that fails is still to have the fields of its input.
	test('leaves the others as they are', () => {
		const { options } = checkAll({ includeInputFields: true, noPicture: 'nothing', maxRetries: 1, timeout: 0 });
		expect(options).toStrictEqual({ ...DEFAULTS, includeInputFields: true, maxRetries: 1 });
	});

	test('is the first one in the order of the editor', () => {
		const { failure } = checkAll({ includeExpiry: 7, noPicture: 'nothing', includeInputFields: 7 });
		expect(failure?.message).toBe("'If There Is No Picture' has an invalid value");
	});
});

describe('An expression', () => {
	const EXPRESSION = '={{ $json.value.trim() }}';

	/** The options of two items. An expression is evaluated to its item's value, or throws it. */
	function read(options: object, evaluated: Record<string, unknown[]> = {}) {
		const asked: string[] = [];
		const context = {
			getNode: () => ({ parameters: { options } }),
			getInputData: () => [{ json: {} }, { json: {} }],
			getNodeParameter: (path: string, itemIndex: number) => {
				asked.push(`${path} of ${itemIndex}`);
				const value = evaluated[path]?.[itemIndex];
				if (value instanceof Error) throw value;
				return value;
			},
		};
		return { ...readOptions(context as unknown as IExecuteFunctions), asked };
	}

	test('in an option of the run is evaluated once, for the first item, and leaves one set of options for all', () => {
		const { run, ofItem, asked } = read(
			{ timeout: EXPRESSION, includeExpiry: true },
			{ 'options.timeout': [500, 900] },
		);
		expect(run).toStrictEqual({ options: { concurrency: 5, maxRetries: 3, requestsPerMinute: 60, timeout: 500 } });
		expect(ofItem(1)).toBe(ofItem(0));
		expect(ofItem(1).options).toMatchObject({ includeExpiry: true });
		expect(ofItem(1).options).not.toHaveProperty('timeout');
		expect(asked).toEqual(['options.timeout of 0']);
	});

	test('in an option of an item is evaluated once for each item, however often it is read', () => {
		const urls = ['https://example.com/1', 'https://example.com/2'];
		const options = { noPicture: 'fallbackUrl', fallbackUrl: EXPRESSION };
		const { ofItem, asked } = read(options, { 'options.fallbackUrl': urls });
		expect([0, 1, 1, 0].map((index) => ofItem(index).options.fallbackUrl)).toEqual(
			[0, 1, 1, 0].map((index) => urls[index]),
		);
		expect(asked).toEqual(['options.fallbackUrl of 0', 'options.fallbackUrl of 1']);
	});

	test('that is not valid for one item fails that item', () => {
		const { ofItem, run } = read({ includeExpiry: EXPRESSION }, { 'options.includeExpiry': [true, 'perhaps'] });
		expect([run, ofItem(0), ofItem(1)].map(({ failure }) => failure?.message)).toEqual([
			...[undefined, undefined],
			"'Include Expiry' has an invalid value",
		]);
	});

	test('that cannot be evaluated is named, with what n8n says', () => {
		const { ofItem } = read({ includeExpiry: EXPRESSION }, { 'options.includeExpiry': [new Error('No such node')] });
		expect(ofItem(0)).toMatchObject({
			options: { includeExpiry: false },
			failure: {
				reason: 'bad-request',
				message: "The expression in 'Include Expiry' under Options could not be evaluated",
				description: 'n8n says: No such node',
			},
		});
	});

	test('is not evaluated where nothing uses it', () => {
		const { ofItem, asked } = read({
			fallbackUrl: EXPRESSION,
			binaryPropertyName: EXPRESSION,
			includeExpiry: EXPRESSION,
		});
		ofItem(0);
		expect(asked).toEqual(['options.includeExpiry of 0']);
	});
});
