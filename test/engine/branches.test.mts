import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { CONTACTS } from '../stand-in/contacts.mts';
import { withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

const ADA = { name: 'Ada', phone: '+44 20 7946 0958', deal: 1 };
const BEN = { name: 'Ben', phone: 'call me', deal: 2 };
const CLEO = { name: 'Cleo', phone: 15551234567, deal: 3 };
const DAN = { name: 'Dan', phone: CONTACTS.serverError.id, deal: 4 };

/** For tests that have to wait for Dan. */
const ONE_RETRY = { options: { maxRetries: 1 } };

const adasPicture = { id: '442079460958@c.us', url: expect.stringContaining('442079460958') };
const cleosPicture = { id: '15551234567@c.us', url: expect.stringContaining('15551234567') };
const bensError = {
	message: '"call me" is neither a phone number nor a WhatsApp ID',
	description: expect.stringContaining('phone number with its country code'),
	reason: 'invalid-contact-id',
	retryable: false,
	attempts: 0,
	contactId: 'call me',
};

describe('On Error: Continue (using error output)', () => {
	const onError = 'continueErrorOutput' as const;

	test('one bad contact among three: two on success, one on error with its input fields', async () => {
		const { success, failed, run } = await runInEngine({ leads: [ADA, BEN, CLEO], onError });
		expect(run.status).toBe('success');
		expect(success).toEqual([
			{ json: adasPicture, pairedItem: { item: 0 } },
			{ json: cleosPicture, pairedItem: { item: 2 } },
		]);
		expect(failed).toEqual([{ json: { ...BEN, error: bensError }, pairedItem: { item: 1 } }]);
	});

	test('every item comes out once, on its branch, in input order, linked to its input', async () => {
		const leads = Array.from({ length: 24 }, (_, index) =>
			index % 3 === 1 ? { ...DAN, index } : { phone: `1555123${1000 + index}`, index },
		);
		const { success, failed } = await runInEngine({ leads, onError, parameters: ONE_RETRY });
		const links = (items: typeof success) => items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
		const indexes = leads.map(({ index }) => index);
		expect(links(success)).toEqual(indexes.filter((index) => index % 3 !== 1));
		expect(links(failed)).toEqual(indexes.filter((index) => index % 3 === 1));
		expect(failed.map(({ json }) => json.index)).toEqual(links(failed));
	});

	test("the input's own field named error is replaced", async () => {
		const { failed } = await runInEngine({ leads: [{ ...BEN, error: 'from before' }], onError });
		expect(failed[0]?.json).toEqual({ ...BEN, error: bensError });
	});

	test('no items in means no items out, and no request', async () => {
		const { success, failed } = await runInEngine({ leads: [], onError });
		expect([success, failed]).toEqual([[], []]);
		expect(suite.standIn.gateway.counts.lookUps).toBe(0);
	});
});

describe('On Error: Continue', () => {
	test('failures stand on the one output, in their place', async () => {
		const { success, failed } = await runInEngine({ leads: [ADA, BEN, CLEO], onError: 'continueRegularOutput' });
		expect(success).toEqual([
			{ json: adasPicture, pairedItem: { item: 0 } },
			{ json: { error: bensError }, pairedItem: { item: 1 } },
			{ json: cleosPicture, pairedItem: { item: 2 } },
		]);
		expect(failed).toEqual([]);
	});
});

describe('On Error: Stop Workflow', () => {
	test('a bad contact ID stops with an error that names its item and says what to do', async () => {
		const { run, error, success } = await runInEngine({ leads: [ADA, BEN, CLEO] });
		// What n8n's server takes the status from: not every engine of n8n 1 sets it.
		expect(run.data.resultData.error?.message).toBe(bensError.message);
		expect(success).toEqual([]);
		expect(error?.name).toBe(NodeOperationError.name);
		expect(error).toMatchObject({
			message: bensError.message,
			description: bensError.description,
			context: { itemIndex: 1 },
		});
	});

	test('an answer that fails stops with the status and the item', async () => {
		const { error } = await runInEngine({ leads: [ADA, CLEO, DAN], parameters: ONE_RETRY });
		expect(error?.name).toBe(NodeApiError.name);
		expect(error).toMatchObject({
			message: 'Wawp could not answer just now',
			description: 'Try this contact again later',
			httpCode: '500',
			context: { itemIndex: 2 },
		});
	});

	test('of several failures it names the lowest item', async () => {
		const { error } = await runInEngine({ leads: [ADA, DAN, BEN], parameters: ONE_RETRY });
		expect(error?.context).toMatchObject({ itemIndex: 1 });
	});

	test('after the first failure the rest of the list is not looked up', async () => {
		const rest = Array.from({ length: 50 }, (_, index) => ({ phone: `1555123${1000 + index}` }));
		await runInEngine({ leads: [DAN, ...rest], parameters: { options: { concurrency: 2, maxRetries: 0 } } });
		expect(suite.standIn.gateway.counts.lookUps).toBeLessThan(10);
	});

	test('without a failure every item comes out', async () => {
		const { success } = await runInEngine({ leads: [ADA, CLEO] });
		expect(success.map(({ json }) => json)).toEqual([adasPicture, cleosPicture]);
	});
});

describe('As a tool of an AI agent, for which n8n has no On Error,', () => {
	test('a failure is an answer that the model can read', async () => {
		const { error, success } = await runInEngine({ leads: [BEN], asTool: true });
		expect(error).toBeUndefined();
		expect(success.map(({ json }) => json)).toEqual([{ error: bensError }]);
	});
});
