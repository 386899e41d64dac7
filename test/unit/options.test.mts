import type { INodeProperties } from 'n8n-workflow';

import { checkOptions, DEFAULT_OPTIONS, optionsField } from '../../nodes/Wawp/contact/options';

const DEFAULTS = { concurrency: 5, timeout: 30_000 };

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
			{ concurrency: 100, timeout: 600_000 },
		],
		[
			{ timeout: 100, later: 'unknown options are left alone' },
			{ ...DEFAULTS, timeout: 100 },
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
