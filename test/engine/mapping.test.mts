import type { IDataObject } from 'n8n-workflow';

import { withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

withStandIn();

async function lookUp(lead: IDataObject, contactId: string) {
	const { success, failed } = await runInEngine({
		leads: [lead],
		onError: 'continueErrorOutput',
		parameters: { contactId },
	});
	return { success, failed };
}

/** The same field, in words that the node leaves to n8n. */
const evaluated = (field: string) => `={{ [$json[${JSON.stringify(field)}]][0] }}`;

describe('a field that is mapped to Contact ID', () => {
	test.each([
		['phone', '={{ $json.phone }}'],
		['phone', '={{$json["phone"]}}'],
		['Phone Number', '={{ $json["Phone Number"] }}'],
		['Phone Number', "={{ $json['Phone Number'] }}"],
	])('%s is found by %s', async (field, contactId) => {
		const { success } = await lookUp({ [field]: '+1 555 123 4567' }, contactId);
		expect(success.map(({ json }) => json.id)).toEqual(['15551234567@c.us']);
	});

	test.each<[string, unknown]>([
		['text', '+1 555 123 4567'],
		['a number', 15551234567],
		['a number that has lost digits', 1.55512e20],
		['what looks like an expression', '={{ 1 + 1 }}'],
		['an empty text', ''],
		['null', null],
		['nothing', undefined],
		['true', true],
		['a list', ['15551234567']],
		['an object', { number: '15551234567' }],
	])('reads %s as n8n does', async (_what, phone) => {
		const lead = { name: 'Ada', ...(phone !== undefined && { phone }) } as IDataObject;
		const read = await lookUp(lead, '={{ $json.phone }}');
		expect(read.success.length + read.failed.length).toBe(1);
		expect(read).toEqual(await lookUp(lead, evaluated('phone')));
	});

	test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
		'is none of what every object has, such as %s',
		async (field) => {
			const { success, failed } = await lookUp({ name: 'Ada' }, `={{ $json.${field} }}`);
			expect(success).toEqual([]);
			expect(failed.map(({ json }) => (json.error as IDataObject).reason)).toEqual(['invalid-contact-id']);
		},
	);
});
