import type { IExecuteFunctions } from 'n8n-workflow';

import { testCredential } from '../../nodes/Wawp/operation/testCredential';
import { Wawp } from '../../nodes/Wawp/Wawp.node';

describe('The node', () => {
	test('has one input and one output, to which n8n adds the one for errors', () => {
		expect(new Wawp().description).toMatchObject({ inputs: ['main'], outputs: ['main'] });
	});

	test('shows the fields of its operation where that is chosen', () => {
		const { properties } = new Wawp().description;
		const show = { resource: ['contact'], operation: ['getProfilePicture'] };
		for (const name of ['contactId', 'refresh', 'options']) {
			expect(properties.find((field) => field.name === name)?.displayOptions).toEqual({ show });
		}
	});

	test('has the test of its credential under the name that it gives n8n', () => {
		const { description, methods } = new Wawp();
		expect(description.credentials).toEqual([{ name: 'wawpApi', required: true, testedBy: 'testCredential' }]);
		expect(methods.credentialTest).toEqual({ testCredential });
	});

	test('puts what its operation gives on that output', async () => {
		const context = {
			getNode: () => ({ type: 'n8n-nodes-wawp.wawp', parameters: { contactId: '' } }),
			getInputData: () => [{ json: {} }],
			getCredentials: async () => ({ instance_id: 'instance-1', access_token: 'token-1' }),
			continueOnFail: () => true,
		} as unknown as IExecuteFunctions;
		const outputs = await new Wawp().execute.call(context);
		expect(outputs).toMatchObject([[{ json: { error: { reason: 'invalid-contact-id' } }, pairedItem: { item: 0 } }]]);
	});
});
