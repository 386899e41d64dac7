import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { checkItemOptions, checkRunOptions } from '../../../nodes/Wawp/operation/readOptions';
import { DEFAULT_OPTIONS, optionsField } from '../../../nodes/Wawp/operation/optionFields';
import { checkAll as checkOptions } from './checkAll.mts';

const NUMBERS = { concurrency: 5, maxRetries: 3, requestsPerMinute: 'advised', timeout: 30_000 };
/** What the editor begins with where an option is added. */
const SHOWN = { ...NUMBERS, requestsPerMinute: 60 };
const DEFAULTS = {
	...NUMBERS,
	...{ downloadPicture: false, binaryPropertyName: 'data' },
	...{ noPicture: 'emptyUrl', fallbackUrl: '' },
	defaultCountry: '',
	...{ includeExpiry: false, includeInputFields: false },
};

function shown(name: string) {
	const options = optionsField.options as INodeProperties[];
	return options.find((option) => option.name === name) as INodeProperties;
}

describe('the options', () => {
	test.each([
		[undefined, DEFAULTS],
		[null, DEFAULTS],
		['', DEFAULTS],
		[{}, DEFAULTS],
		[{ concurrency: 1 }, { ...DEFAULTS, concurrency: 1 }],
		[
			{ concurrency: '100', timeout: ' 600000 ' },
			{ ...DEFAULTS, concurrency: 100, timeout: 600_000 },
		],
		[
			{ timeout: 100, later: 'unknown options are left alone' },
			{ ...DEFAULTS, timeout: 100 },
		],
		[
			{ concurrency: 2, maxRetries: 0, requestsPerMinute: 60, timeout: 5000 },
			{ ...DEFAULTS, concurrency: 2, maxRetries: 0, requestsPerMinute: 60, timeout: 5000 },
		],
	])('%p mean %p', (given, options) => {
		expect(checkOptions(given)).toEqual({ options });
	});

	test.each([0, -1, 1e9, 2.5, NaN, Infinity, 'abc', '', '1e2', true, [], {}])(
		'cannot be a timeout of %p',
		(timeout) => {
			expect(checkOptions({ timeout })).toMatchObject({
				failure: {
					reason: 'bad-request',
					message: "'Timeout' is not usable",
					description: "Set 'Timeout' under Options to a whole number from 100 to 600000, or remove it",
				},
			});
		},
	);

	test.each([0, -1, 101, 2.5, '', 'abc', [5]])('cannot be a concurrency of %p', (concurrency) => {
		expect(checkOptions({ concurrency })).toMatchObject({
			failure: { message: "'Max Concurrent Requests' is not usable" },
		});
	});

	test.each([-1, 11, 2.5, 'abc'])('cannot be %p for the retries', (maxRetries) => {
		expect(checkOptions({ maxRetries })).toMatchObject({ failure: { message: "'Max Retries' is not usable" } });
	});

	test.each([-1, 60_001, 2.5, 'abc'])('cannot be %p for the requests per minute', (requestsPerMinute) => {
		expect(checkOptions({ requestsPerMinute })).toMatchObject({
			failure: { message: "'Requests per Minute' is not usable" },
		});
	});

	// A limit that someone set must not be lifted because an expression found nothing.
	test.each(Object.keys(NUMBERS).flatMap((name) => [undefined, null, '', ' '].map((value) => [name, value])))(
		'do not fall back to a default where %s was given %p',
		(name, value) => {
			const { displayName } = shown(String(name));
			expect(checkOptions({ [String(name)]: value })).toMatchObject({
				failure: {
					reason: 'bad-request',
					message: `'${displayName}' is not usable`,
					description: expect.stringContaining(`Set '${displayName}' under Options to a whole number from `),
				},
			});
		},
	);

	test.each([
		['concurrency', 1, 100],
		['maxRetries', 0, 10],
		['requestsPerMinute', 0, 60_000],
		['timeout', 100, 600_000],
	])('let %s range from %d to %d', (name, least, most) => {
		expect(shown(name).typeOptions).toStrictEqual({ minValue: least, maxValue: most });
		for (const value of [least, most, String(most)]) {
			expect(checkOptions({ [name]: value })).toStrictEqual({ options: { ...DEFAULTS, [name]: Number(value) } });
		}
		for (const value of [least - 1, most + 1]) expect(checkOptions({ [name]: value })).toHaveProperty('failure');
	});

	test.each(Object.entries(SHOWN))('show the editor the %s that is checked here', (name, value) => {
		const { displayName, default: shownDefault, typeOptions } = shown(name);
		expect(shownDefault).toBe(value);
		const { minValue = NaN, maxValue = NaN } = typeOptions ?? {};
		for (const allowed of [minValue, maxValue]) expect(checkOptions({ [name]: allowed })).toHaveProperty('options');
		for (const barred of [minValue - 1, maxValue + 1]) {
			expect(checkOptions({ [name]: barred })).toMatchObject({
				failure: { message: `'${displayName}' is not usable` },
			});
		}
	});

	// A value that nobody set must not be one that somebody could not have set.
	test('are shown with their defaults, all of them, by the names that the editor sorts them by', () => {
		expect(DEFAULT_OPTIONS).toStrictEqual(DEFAULTS);
		const options = optionsField.options as INodeProperties[];
		expect(Object.fromEntries(options.map(({ name, default: value }) => [name, value]))).toStrictEqual({
			...DEFAULTS,
			...SHOWN,
		});
		const names = options.map(({ displayName }) => displayName);
		expect(names).toStrictEqual([...names].sort());
	});

	test.each([
		['downloadPicture', 'Download Picture'],
		['includeExpiry', 'Include Expiry'],
		['includeInputFields', 'Include Input Fields'],
	])('let %s be true or false, and nothing else', (name, displayName) => {
		for (const on of [true, 'true', ' TRUE ']) {
			expect(checkOptions({ [name]: on })).toStrictEqual({ options: { ...DEFAULTS, [name]: true } });
		}
		for (const off of [false, 'false', ' False ']) {
			expect(checkOptions({ [name]: off })).toStrictEqual({ options: DEFAULTS });
		}
		for (const wrong of [undefined, null, '', ' ', 'yes', 'on', 0, 1, NaN, [], [true], {}]) {
			expect(checkOptions({ [name]: wrong })).toMatchObject({
				failure: {
					reason: 'bad-request',
					message: `'${displayName}' is not usable`,
					description: `Set '${displayName}' under Options to true or false, or remove it`,
				},
			});
		}
	});

	test.each(['emptyUrl', 'error'])('let the outcome without a picture be %s', (noPicture) => {
		expect(checkOptions({ noPicture })).toStrictEqual({ options: { ...DEFAULTS, noPicture } });
	});

	test.each([...[undefined, null, '', 'Error', ' error ', 'nothing', 'constructor', 0, true], ...[[], ['error'], {}]])(
		'cannot be %p for the outcome without a picture',
		(noPicture) => {
			expect(checkOptions({ noPicture })).toMatchObject({
				failure: {
					reason: 'bad-request',
					message: "'If There Is No Picture' is not usable",
					description:
						"Set 'If There Is No Picture' under Options to one of its choices (in an expression: emptyUrl, fallbackUrl, error), or remove it",
				},
			});
		},
	);

	test.each([
		['https://example.com/avatar.png', 'https://example.com/avatar.png'],
		['http://localhost:8080/avatar.png?a=1#b', 'http://localhost:8080/avatar.png?a=1#b'],
		[' HTTPS://Example.com\n', 'HTTPS://Example.com'],
		['https://ui-avatars.com/api/?name=Ada Lovelace King', 'https://ui-avatars.com/api/?name=Ada%20Lovelace%20King'],
		['https://ui-avatars.com/api/?name=', 'https://ui-avatars.com/api/?name='],
	])('take %j for a fallback URL', (fallbackUrl, taken) => {
		const noPicture = 'fallbackUrl';
		expect(checkOptions({ noPicture, fallbackUrl })).toStrictEqual({
			options: { ...DEFAULTS, noPicture, fallbackUrl: taken },
		});
	});

	const EMPTY = [undefined, null, '', ' '];

	const NO_WEB_ADDRESSES = [
		...['avatar.png', '/avatar.png', '//example.com/avatar.png', 'example.com'],
		...[
			'ftp://example.com/a.png',
			'file:///a.png',
			'data:image/png;base64,aa',
			'javascript:alert(1)',
			'x:https://example.com',
		],
		...[
			'https://',
			'https:example.com',
			'https://a b.example',
			'https://example.com/a\nb.png',
			'https://example.com/a\tb.png',
			'https://[',
			'x https://x',
		],
		...[0, 42, true, [], ['https://example.com'], {}, { href: 'https://example.com' }],
	];

	test.each(NO_WEB_ADDRESSES)('do not take %p for a fallback URL where it counts', (fallbackUrl) => {
		expect(checkOptions({ noPicture: 'fallbackUrl', fallbackUrl })).toMatchObject({
			failure: {
				reason: 'bad-request',
				message: "'Fallback URL' is not usable",
				description: "Set 'Fallback URL' under Options to a URL that begins with https:// or http://",
			},
		});
	});

	test.each([{}, ...EMPTY.map((fallbackUrl) => ({ fallbackUrl }))])(
		'need a fallback URL where it counts: %p has none',
		(set) => {
			expect(checkOptions({ noPicture: 'fallbackUrl', ...set })).toMatchObject({
				failure: {
					reason: 'bad-request',
					message: "'Fallback URL' is missing",
					description: "Add 'Fallback URL' under Options, and enter a URL that begins with https:// or http://",
				},
			});
		},
	);

	test.each([...EMPTY, ...NO_WEB_ADDRESSES])(
		'leave a fallback URL of %p alone where nothing uses it',
		(fallbackUrl) => {
			expect(checkOptions({ fallbackUrl })).toStrictEqual({ options: DEFAULTS });
			const noPicture = 'error';
			expect(checkOptions({ noPicture, fallbackUrl })).toStrictEqual({ options: { ...DEFAULTS, noPicture } });
		},
	);

	test.each([
		['picture', 'picture'],
		[' Picture of 2026 ', 'Picture of 2026'],
		['__proto__', '__proto__'],
	])('take %j for the field of the file', (binaryPropertyName, taken) => {
		expect(checkOptions({ downloadPicture: 'true', binaryPropertyName })).toStrictEqual({
			options: { ...DEFAULTS, downloadPicture: true, binaryPropertyName: taken },
		});
	});

	const NO_FIELD_NAMES = [undefined, null, '', ' ', 0, 42, true, [], ['data'], {}];

	test.each(NO_FIELD_NAMES)('do not take %p for the field of the file where it counts', (binaryPropertyName) => {
		expect(checkOptions({ binaryPropertyName, downloadPicture: true })).toMatchObject({
			failure: {
				reason: 'bad-request',
				message: "'Put Output File in Field' is not usable",
				description: "Set 'Put Output File in Field' under Options to the name of a field, or remove it",
			},
		});
	});

	test.each(NO_FIELD_NAMES)('leave %p for the field of the file alone where there is none', (binaryPropertyName) => {
		expect(checkOptions({ binaryPropertyName })).toStrictEqual({ options: DEFAULTS });
		expect(checkOptions({ binaryPropertyName, downloadPicture: 'false' })).toStrictEqual({ options: DEFAULTS });
	});

	test('show the editor what depends on another option beside that option only', () => {
		expect(shown('fallbackUrl').displayOptions?.show).toStrictEqual({ noPicture: ['fallbackUrl'] });
		expect(shown('binaryPropertyName').displayOptions?.show).toStrictEqual({ downloadPicture: [true] });
	});

	test('are all there at once', () => {
		const all = {
			...{ concurrency: 1, maxRetries: 0, requestsPerMinute: 60, timeout: 100 },
			...{ downloadPicture: true, binaryPropertyName: 'picture' },
			...{ noPicture: 'fallbackUrl', fallbackUrl: 'https://example.com/avatar.png' },
			...{ includeExpiry: true, includeInputFields: true, defaultCountry: 'DE' },
		};
		expect(checkOptions(all)).toStrictEqual({ options: all });
	});

	test.each([
		['DE', 'DE'],
		['Gemany', 'Gemany'],
		[49, '49'],
		[null, ''],
		[undefined, ''],
		[{ code: 'DE' }, '{"code":"DE"}'],
	])('take %p for a default country, known or not, as not every number needs one', (given, defaultCountry) => {
		expect(checkOptions({ defaultCountry: given })).toStrictEqual({ options: { ...DEFAULTS, defaultCountry } });
	});

	test('list the countries by name, with what is dialled for them', () => {
		const { options } = shown('defaultCountry') as { options: INodePropertyOptions[] };
		expect(options).toHaveLength(246);
		expect(options[0]).toStrictEqual({ name: 'None', value: '' });
		expect(options).toContainEqual({ name: 'Germany (+49)', value: 'DE' });
		const names = options.slice(1).map(({ name }) => name);
		expect(names).toStrictEqual([...names].sort());
	});

	test('of a run and of an item are checked apart, and are all of them', () => {
		const wrong: Record<string, unknown> = { timeout: 'soon', includeExpiry: 'perhaps' };
		const run = checkRunOptions((name) => wrong[name] ?? DEFAULT_OPTIONS[name]);
		const item = checkItemOptions((name) => wrong[name] ?? DEFAULT_OPTIONS[name]);
		expect(Object.keys(run.options)).toStrictEqual(Object.keys(NUMBERS));
		expect({ ...run.options, ...item.options }).toStrictEqual(DEFAULTS);
		expect(run.failure?.message).toBe("'Timeout' is not usable");
		expect(item.failure?.message).toBe("'Include Expiry' is not usable");
	});

	// The item that fails is still to have the fields of its input.
	test('that are usable count beside one that is not', () => {
		const set = { includeInputFields: true, noPicture: 'nothing', includeExpiry: 7, maxRetries: 1, timeout: 0 };
		const { options, failure } = checkOptions(set);
		expect(options).toStrictEqual({ ...DEFAULTS, includeInputFields: true, maxRetries: 1 });
		expect(failure?.message).toBe("'Timeout' is not usable");
	});

	test('name the first that is not usable, in the order of the editor', () => {
		const { failure } = checkOptions({ includeExpiry: 7, noPicture: 'nothing', includeInputFields: 7 });
		expect(failure?.message).toBe("'If There Is No Picture' is not usable");
	});

	test('with an expression that cannot be evaluated are named, with what n8n says', () => {
		const { options, failure } = checkItemOptions((name) => {
			if (name === 'includeExpiry') throw new Error('No such node');
			return DEFAULT_OPTIONS[name];
		});
		expect(options).toMatchObject({ includeExpiry: false });
		expect(failure).toMatchObject({
			reason: 'bad-request',
			message: "The expression in 'Include Expiry' under Options could not be evaluated",
			description: 'n8n says: No such node',
		});
	});

	test('are not evaluated where they are not applicable', () => {
		const asked: string[] = [];
		checkItemOptions((name) => {
			asked.push(name);
			return DEFAULT_OPTIONS[name];
		});
		expect(asked.sort()).toStrictEqual([
			'defaultCountry',
			'downloadPicture',
			'includeExpiry',
			'includeInputFields',
			'noPicture',
		]);
	});
});
