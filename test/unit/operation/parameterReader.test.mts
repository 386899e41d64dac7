import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { parameterReader } from '../../../nodes/Wawp/operation/parameterReader';

const EVALUATED = 'evaluated by n8n';

/** What a parameter is for each item, and which of them n8n was asked for. */
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

const ITEM = {
	json: { phone: '+1', 'Phone Number': 2, "it's": '+3', téléphone: '+4', _private$1: '+5', 1: '+6', undefined: '+7' },
};

describe('A parameter', () => {
	test.each(['', 'text', 'phone={{ $json.phone }}', '{{ $json.phone }}', 0, 7, false, true, null])(
		'that is fixed is taken as it is: %p',
		(raw) => {
			expect(read(raw, [ITEM, ITEM])).toEqual({ values: [raw, raw], asked: [] });
		},
	);

	test.each([
		['={{ $json.phone }}', '+1'],
		['={{$json.phone}}', '+1'],
		['={{ $json["Phone Number"] }}', 2],
		["={{ $json['Phone Number'] }}", 2],
		['={{ $json["it\'s"] }}', '+3'],
		['={{ $json["téléphone"] }}', '+4'],
		['={{ $json._private$1 }}', '+5'],
	])('that is a dragged field is read off the item, without n8n: %s', (raw, value) => {
		expect(read(raw, [ITEM])).toEqual({ values: [value], asked: [] });
	});

	test.each([
		...['=', '=phone {{ $json.phone }}', '=+{{ $json.phone }}', '={{ $json.phone }}@c.us', '={{ $json.lead.phone }}'],
		...['={{ $json.phones[0] }}', '={{ $json[0] }}', '={{ $json["a\\"b"] }}', '={{ $json[""] }}', '={{ $json }}'],
		...['={{ $json.phone.trim() }}', '={{ $json.phone + 1 }}', '={{ $input.item.json.phone }}', '={{ $json?.phone }}'],
		...['={{ $("Leads").item.json.phone }}', '={{ $json.phone }}{{ $json.phone }}', '={{ $json.1 }}'],
		...['={{ $json.constructor }}', ['={{ $json.phone }}'], { phone: 1 }, undefined],
	])('that is anything else is evaluated by n8n, for each item: %p', (raw) => {
		expect(read(raw, [ITEM, ITEM])).toEqual({
			values: [EVALUATED, EVALUATED],
			asked: [0, 1].map((itemIndex) => ['options.timeout', itemIndex]),
		});
	});

	test.each<[string, unknown]>([
		['neither text nor a number', { json: { phone: true } }],
		['null', { json: { phone: null } }],
		['an object', { json: { phone: {} } }],
		['not there', { json: {} }],
		['inherited', { json: Object.create({ phone: '+1' }) as object }],
		['that of an item without JSON', {}],
		['that of no item', undefined],
	])('that is a dragged field is evaluated by n8n if the field is %s', (_what, item) => {
		expect(read('={{ $json.phone }}', [item])).toEqual({ values: [EVALUATED], asked: [['options.timeout', 0]] });
	});
});
