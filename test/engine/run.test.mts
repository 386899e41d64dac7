import { CONTACTS } from '../stand-in/contacts.mts';
import { ACCESS_TOKEN, REFUSED_CREDENTIAL } from '../stand-in/credentials.mts';
import { stopOnce, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

const onError = 'continueErrorOutput' as const;
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ phone: 15551230000 + index }));

describe('one run', () => {
	test('has the credential looked up once, however many items there are', async () => {
		const { credentialLookUps } = await runInEngine({ leads: people(20), onError });
		expect(credentialLookUps).toBe(1);
	});

	test.each([1, 3])('has at most %d requests open at once where the option says so', async (concurrency) => {
		// Long enough for the others to start meanwhile, however busy the machine is.
		suite.standIn.gateway.latencyMs = 250;
		const { success } = await runInEngine({ leads: people(5), onError, parameters: { options: { concurrency } } });
		expect(success).toHaveLength(5);
		expect(suite.standIn.gateway.counts.mostOpen).toBe(concurrency);
	});

	test('asks WhatsApp again for those items only whose Refresh is on', async () => {
		const [cached, live] = ['15551234567', '15551234568'];
		await runInEngine({ leads: [{ phone: cached }, { phone: live }], onError });
		expect(suite.standIn.gateway.counts.refreshed).toBe(2);
		await runInEngine({
			leads: [
				{ phone: cached, live: false },
				{ phone: live, live: true },
			],
			onError,
			parameters: { refresh: '={{ $json.live }}' },
		});
		expect(suite.standIn.gateway.counts.refreshed).toBe(3);
	});
});

describe('the next run', () => {
	test('knows nothing of the one before: neither its answers nor that its credential was refused', async () => {
		const list = { leads: people(3), onError };
		const refused = await runInEngine({ ...list, credential: REFUSED_CREDENTIAL });
		expect(refused.failed).toHaveLength(3);
		const { lookUps } = suite.standIn.gateway.counts;
		for (const times of [1, 2]) {
			const { success } = await runInEngine(list);
			expect(success).toHaveLength(3);
			expect(suite.standIn.gateway.counts.lookUps).toBe(lookUps + 3 * times);
		}
	});
});

describe('a credential that the gateway does not accept', () => {
	const credential = REFUSED_CREDENTIAL;

	test('fails every item alike, after no more requests than were open', async () => {
		const { success, failed } = await runInEngine({ leads: people(30), onError, credential });
		expect(success).toEqual([]);
		expect(failed).toHaveLength(30);
		for (const { json } of failed) {
			expect(json.error).toMatchObject({
				reason: 'credential-invalid',
				description: "Check 'Instance ID' and 'Access Token' in the credential",
			});
		}
		expect(failed[0]?.json.error).toMatchObject({ statusCode: 401, attempts: 1 });
		expect(failed[29]?.json.error).toMatchObject({ attempts: 0 });
		expect(suite.standIn.gateway.counts.lookUps).toBeLessThanOrEqual(5);
	});

	test('leaves items with an unusable contact ID their own reason', async () => {
		const { failed } = await runInEngine({ leads: [...people(8), { phone: '?' }], onError, credential });
		expect(failed.at(-1)?.json.error).toMatchObject({ reason: 'invalid-contact-id', attempts: 0 });
	});

	test('is not blamed for what one contact is answered: that one fails, and the rest goes on', async () => {
		for (const leads of [
			[{ phone: CONTACTS.unauthorized401.id }, ...people(5)],
			[...people(5), { phone: CONTACTS.unauthorized401.id }],
		]) {
			const { success, failed } = await runInEngine({ leads, onError, parameters: { options: { concurrency: 1 } } });
			expect([success.length, failed.length]).toEqual([5, 1]);
			expect(failed[0]?.json.error).toMatchObject({ reason: 'unexpected-response', statusCode: 401 });
		}
	});

	test('is accepted with the spaces and line breaks that copying brings along', async () => {
		const { success } = await runInEngine({
			leads: people(1),
			onError,
			credential: { instance_id: ' instance-working\n', access_token: `${ACCESS_TOKEN}\r\n` },
		});
		expect(success).toHaveLength(1);
	});
});

describe('a WhatsApp session that is not connected', () => {
	test('fails every item alike, after no more requests than were open', async () => {
		const { failed } = await runInEngine({
			leads: people(30),
			onError,
			credential: { instance_id: 'instance-unpaired', access_token: ACCESS_TOKEN },
		});
		expect(failed).toHaveLength(30);
		for (const { json } of failed) expect(json.error).toMatchObject({ reason: 'session-disconnected' });
		expect(suite.standIn.gateway.counts.lookUps).toBeLessThanOrEqual(5);
	});
});

describe.each(['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow'] as const)(
	'stopping the execution, with On Error %s,',
	(mode) => {
		test('ends the requests that are open, starts no other, and counts as stopped, not as failed', async () => {
			const { run } = await runInEngine({
				leads: [{ phone: CONTACTS.hang.id }, ...people(40)],
				onError: mode,
				parameters: { options: { concurrency: 1 } },
				whenRunning: stopOnce(() => suite.standIn.gateway.open > 0),
			});
			expect(run.status).toBe('canceled');
			await new Promise((resolve) => setTimeout(resolve, 300));
			expect(suite.standIn.gateway.counts.lookUps).toBe(1);
			expect(suite.standIn.gateway.open).toBe(0);
		});
	},
);
