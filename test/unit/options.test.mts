import type { INodeProperties } from 'n8n-workflow';

import { checkOptions, DEFAULT_OPTIONS, optionsField } from '../../nodes/Wawp/contact/options';

const DEFAULTS = { concurrency: 5, maxRetries: 3, requestsPerMinute: 0, timeout: 30_000 };

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
			{ concurrency: 2, maxRetries: 0, requestsPerMinute: 60, timeout: 5000 },
		],
	])('%p mean %p', (given, options) => {
		expect(checkOptions(given)).toEqual({ options });
	});

	test.each(['fast', 7, true, [1]])('%p are no set of options', (given) => {
		expect(checkOptions(given)).toMatchObject({
			failure: { reason: 'bad-request', message: 'Options is not a set of options', retryable: false },
		});
	});

	test.each([0, -1, 1e9, 2.5, NaN, Infinity, 'abc', '', '1e2', true, [], {}])(
		'cannot be a timeout of %p',
		(timeout) => {
			expect(checkOptions({ timeout })).toMatchObject({
				failure: {
					reason: 'bad-request',
					message: 'Timeout is not usable',
					description: 'Set Timeout under Options to a whole number from 100 to 600000, or remove it',
				},
			});
		},
	);

	test.each([0, -1, 101, 2.5, '', 'abc'])('cannot be a concurrency of %p', (concurrency) => {
		expect(checkOptions({ concurrency })).toMatchObject({
			failure: { message: 'Max Concurrent Requests is not usable' },
		});
	});

	test.each([-1, 11, 2.5, 'abc'])('cannot be %p for the retries', (maxRetries) => {
		expect(checkOptions({ maxRetries })).toMatchObject({ failure: { message: 'Max Retries is not usable' } });
	});

	test.each([-1, 60_001, 2.5, 'abc'])('cannot be %p for the requests per minute', (requestsPerMinute) => {
		expect(checkOptions({ requestsPerMinute })).toMatchObject({
			failure: { message: 'Requests per Minute is not usable' },
		});
	});

	// A limit that someone set must not be lifted because an expression found nothing.
	test.each(Object.keys(DEFAULTS).flatMap((name) => [undefined, null, '', ' '].map((value) => [name, value])))(
		'do not fall back to a default where %s was given %p',
		(name, value) => {
			const { displayName } = shown(String(name));
			expect(checkOptions({ [String(name)]: value })).toMatchObject({
				failure: {
					reason: 'bad-request',
					message: `${displayName} is not usable`,
					description: expect.stringContaining(`Set ${displayName} under Options to a whole number from `),
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

	test.each(Object.entries(DEFAULT_OPTIONS))('show the editor the %s that is checked here', (name, value) => {
		const { displayName, default: shownDefault, typeOptions } = shown(name);
		expect(shownDefault).toBe(value);
		const { minValue = NaN, maxValue = NaN } = typeOptions ?? {};
		for (const allowed of [minValue, maxValue]) expect(checkOptions({ [name]: allowed })).toHaveProperty('options');
		for (const barred of [minValue - 1, maxValue + 1]) {
			expect(checkOptions({ [name]: barred })).toMatchObject({ failure: { message: `${displayName} is not usable` } });
		}
	});
});
