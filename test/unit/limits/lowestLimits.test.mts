import { lowestLimits, type RunSettings } from '../../../nodes/Wawp/limits/lowestLimits';

const NONE = { open: Infinity, perMinute: Infinity, livePerMinute: Infinity };

test.each<[string, RunSettings[], object]>([
	['no run', [], NONE],
	[
		'one that sets no pace',
		[{ concurrency: 5, requestsPerMinute: 'advised' }],
		{ ...NONE, open: 5, livePerMinute: 60 },
	],
	['one that wants no pace at all', [{ concurrency: 5, requestsPerMinute: 0 }], { ...NONE, open: 5 }],
	['one that sets a pace', [{ concurrency: 5, requestsPerMinute: 600 }], { ...NONE, open: 5, perMinute: 600 }],
	[
		'several: the lowest of each',
		[
			{ concurrency: 20, requestsPerMinute: 600 },
			{ concurrency: 3, requestsPerMinute: 0 },
			{ concurrency: 5, requestsPerMinute: 900 },
			{ concurrency: 9, requestsPerMinute: 'advised' },
		],
		{ open: 3, perMinute: 600, livePerMinute: 60 },
	],
])('the limits of %s', (_what, runs, limits) => {
	expect(lowestLimits(runs)).toStrictEqual(limits);
});
