import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { parameterReader } from '../../../nodes/Wawp/operation/parameterReader';

const EVALUATED = 'evaluated by n8n';

/** What comes of a parameter for each item, and for which of them n8n was asked. */
function read(raw: unknown, items: unknown[]) {
	const asked: unknown[] = [];
	const context = {
		getInputData: () => items as INodeExecutionData[],
		getNodeParameter: (...call: unknown[]) => {
			asked.push(call);
			return EVALUATED;
		},
	} as unknown as IExecuteFunctions;
	const reader = parameterReader(context, 'options.timeout', raw);
	return { values: items.map((_, index) => reader(index)), asked };
}

const ITEMS = [{ json: { phone: '+1' } }, { json: { phone: 2 } }];

describe('A parameter', () => {
	test.each(['', 'text', 'https://example.com/?name=', 0, 7, false, true, null])(
		'that is fixed is handed on as it is: %p',
		(raw) => {
			expect(read(raw, ITEMS)).toEqual({ values: [raw, raw], asked: [] });
		},
	);

	test('that is mapped to a field of text or numbers is read off the item', () => {
		expect(read('={{ $json.phone }}', ITEMS)).toEqual({ values: ['+1', 2], asked: [] });
	});

	test.each(['={{ $json.phone + 1 }}', '={{ $("Leads").item.json.phone }}', '=', { phone: 1 }, [1], undefined])(
		'that is anything else is evaluated by n8n, for each item: %p',
		(raw) => {
			expect(read(raw, ITEMS)).toEqual({
				values: [EVALUATED, EVALUATED],
				asked: [
					['options.timeout', 0],
					['options.timeout', 1],
				],
			});
		},
	);

	test.each<[string, unknown]>([
		['no text and no number', { json: { phone: true } }],
		['null', { json: { phone: null } }],
		['an object', { json: { phone: {} } }],
		['not there', { json: {} }],
		['inherited', { json: Object.create({ phone: '+1' }) as object }],
		['that of an item without JSON', {}],
		['that of no item', undefined],
	])('that is mapped to a field is evaluated by n8n where the field is %s', (_what, item) => {
		expect(read('={{ $json.phone }}', [item])).toEqual({ values: [EVALUATED], asked: [['options.timeout', 0]] });
	});

	test('that names no field is evaluated by n8n, whatever the fields of the item are called', () => {
		expect(read('={{ $json.phone + 1 }}', [{ json: { undefined: '+1' } }]).values).toEqual([EVALUATED]);
	});

	test('that names what every object has is evaluated by n8n', () => {
		expect(read('={{ $json.constructor }}', [{ json: {} }]).values).toEqual([EVALUATED]);
	});
});
