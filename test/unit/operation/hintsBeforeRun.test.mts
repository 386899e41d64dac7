import { HINTS_BEFORE_RUN } from '../../../nodes/Wawp/operation/hints';

/** Which of the hints are shown, by the expressions that n8n's editor evaluates for it. */
function shown(parameters: object, items: number): boolean[] {
	const input = { all: () => Array.from({ length: items }) };
	return HINTS_BEFORE_RUN.map(({ displayCondition = '' }) => {
		const [, expression = ''] = /^=\{\{(.*)\}\}$/.exec(displayCondition) ?? [];
		return new Function('$parameter', '$input', `return ${expression}`)(parameters, input) as boolean;
	});
}

const [NONE, PACED, RISKY] = [
	[false, false],
	[true, false],
	[false, true],
];

describe('Before a run the node tells', () => {
	test.each([
		['nothing where no look-up is live', { refresh: false, options: { requestsPerMinute: 0 } }, 1000, NONE],
		['nothing of a few live look-ups', { refresh: true }, 49, NONE],
		['how live look-ups are paced', { refresh: true }, 50, PACED],
		['the same where Refresh was mapped to a text', { refresh: 'true', options: {} }, 50, PACED],
		['nothing where they are paced as Wawp advises', { refresh: true, options: { requestsPerMinute: 60 } }, 50, NONE],
		['of a risk where they are faster', { refresh: true, options: { requestsPerMinute: 61 } }, 50, RISKY],
		['of a risk where there is no pace', { refresh: true, options: { requestsPerMinute: 0 } }, 50, RISKY],
	])('%s', (_what, parameters, items, expected) => {
		expect(shown(parameters, items)).toEqual(expected);
	});
});
