import type { IDataObject } from 'n8n-workflow';

import { type Behaviour, limited } from '../stand-in/behaviours.mts';
import { CONTACTS } from '../stand-in/contacts.mts';
import { REFUSED_CREDENTIAL } from '../stand-in/credentials.mts';
import { HAS_HINTS } from './engine.mts';
import { AMPLE_MS, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

const onError = 'continueErrorOutput' as const;
const FIRST = 15551230000;
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ phone: FIRST + index }));
const idOf = (index: number) => `${FIRST + index}@c.us`;
const busy: Behaviour = { status: 503, body: 'Service Unavailable' };
const since = (started: number) => performance.now() - started;
/** The hints that come out where nodes can give any. */
const shown = <Hint,>(...hints: Hint[]) => (HAS_HINTS ? hints : []);
const errorOf = ({ json }: { json: IDataObject }) => json.error as IDataObject;

describe('a contact that stands in the list several times', () => {
	test('is asked for once, and each of its items gets its own copy of the answer', async () => {
		const leads = [0, 1, 0, 2, 1, 0].map((index) => ({ phone: FIRST + index }));
		const { success } = await runInEngine({ leads, onError });
		expect(success.map(({ json }) => json.id)).toEqual(leads.map(({ phone }) => `${phone}@c.us`));
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual(leads.map((_, item) => ({ item })));
		expect(success[0]?.json).toEqual(success[2]?.json);
		expect(success[0]?.json).not.toBe(success[2]?.json);
		expect(suite.standIn.gateway.counts.perContact).toEqual({ [idOf(0)]: 1, [idOf(1)]: 1, [idOf(2)]: 1 });
	});

	test('is recognised in whatever way it is written', async () => {
		const leads = ['+1 (555) 123-0000', '0015551230000', FIRST, `${FIRST}:12@s.whatsapp.net`].map((phone) => ({
			phone,
		}));
		const { success } = await runInEngine({ leads, onError });
		expect(success).toHaveLength(4);
		expect(suite.standIn.gateway.counts.lookUps).toBe(1);
	});

	test('is asked for twice where some of its items want it refreshed', async () => {
		const leads = [true, false, true, false].map((live) => ({ phone: FIRST, live }));
		await runInEngine({ leads, onError, parameters: { refresh: '={{ $json.live }}' } });
		expect(suite.standIn.gateway.counts.lookUps).toBe(2);
	});

	test('fails with each of its items, and each keeps its own fields', async () => {
		const leads = [
			{ phone: CONTACTS.badRequest.id, name: 'Ada' },
			{ phone: CONTACTS.badRequest.id, name: 'Ben' },
		];
		const { failed } = await runInEngine({ leads, onError });
		expect(failed.map(({ json }) => [json.name, (json.error as IDataObject).reason])).toEqual([
			['Ada', 'bad-request'],
			['Ben', 'bad-request'],
		]);
		expect(suite.standIn.gateway.counts.lookUps).toBe(1);
	});
});

describe('a failure that may pass', () => {
	test.each<[string, Behaviour]>([
		['503', busy],
		['500', { status: 500, body: '' }],
		['408', { status: 408, body: '' }],
		['429 without Retry-After', limited()],
		['429 with Retry-After 0', limited('0')],
		['a broken connection', { fault: 'reset' }],
		['an answer cut short', { fault: 'cut short' }],
		['a timeout', { fault: 'hang' }],
	])('%s is asked for again, and the picture comes out', async (_what, behaviour) => {
		suite.standIn.gateway.script.set(idOf(0), [behaviour]);
		const timeout = 'fault' in behaviour && behaviour.fault === 'hang' ? 2000 : AMPLE_MS;
		const { success } = await runInEngine({ leads: people(2), onError, parameters: { options: { timeout } } });
		expect(success).toHaveLength(2);
		expect(suite.standIn.gateway.counts.perContact).toEqual({ [idOf(0)]: 2, [idOf(1)]: 1 });
	});

	test.each([0, 1, 2])('is asked for again %d times at most where Max Retries says so', async (maxRetries) => {
		const { failed } = await runInEngine({
			leads: [{ phone: CONTACTS.unavailable.id }],
			onError,
			parameters: { options: { maxRetries } },
		});
		expect(failed.map(errorOf)).toEqual([
			expect.objectContaining({ reason: 'temporarily-unavailable', attempts: 1 + maxRetries, statusCode: 503 }),
		]);
		expect(suite.standIn.gateway.counts.lookUps).toBe(1 + maxRetries);
	});

	test.each(['badRequest', 'forbidden403', 'page200', 'page404', 'redirect'] as const)(
		'is told from one that will not: %s is asked for once',
		async (name) => {
			const { failed } = await runInEngine({ leads: [{ phone: CONTACTS[name].id }], onError });
			expect(failed.map(errorOf)).toEqual([expect.objectContaining({ attempts: 1 })]);
			expect(suite.standIn.gateway.counts.lookUps).toBe(1);
		},
	);
});

describe('a 429', () => {
	test('holds the whole batch back for as long as the gateway asks', async () => {
		suite.standIn.gateway.script.set(idOf(0), [limited('1')]);
		const started = performance.now();
		const { success } = await runInEngine({
			leads: people(4),
			onError,
			parameters: { options: { concurrency: 1 } },
		});
		expect(success).toHaveLength(4);
		expect(since(started)).toBeGreaterThanOrEqual(1000);
		expect(Object.values(suite.standIn.gateway.counts.perContact)).toEqual([2, 1, 1, 1]);
	});

	test('that asks for more than two minutes is not waited for: it fails, and so does what was not asked yet', async () => {
		suite.standIn.gateway.script.set(idOf(1), [limited('600')]);
		const { success, failed, hints } = await runInEngine({
			leads: people(5),
			onError,
			parameters: { options: { concurrency: 1 } },
		});
		expect(success).toHaveLength(1);
		expect(failed.map(errorOf)).toEqual(
			[1, 0, 0, 0].map((attempts) =>
				expect.objectContaining({
					reason: 'rate-limited',
					retryable: true,
					attempts,
					retryAfterMs: expect.any(Number),
				}),
			),
		);
		for (const { retryAfterMs } of failed.map(errorOf)) {
			expect(retryAfterMs).toBeLessThanOrEqual(600_000);
			expect(retryAfterMs).toBeGreaterThan(590_000);
		}
		expect(suite.standIn.gateway.counts.lookUps).toBe(2);
		expect(hints.map(({ message }) => message)).toEqual(
			shown(expect.stringMatching(/1 with a picture, 4 to try again/), expect.stringMatching(/stopped early: 3 of 5/)),
		);
	});
});

describe('Requests per Minute', () => {
	test('spaces the requests evenly after a burst of ten, retries included', async () => {
		suite.standIn.gateway.script.set(idOf(2), [busy]);
		const started = performance.now();
		const { success } = await runInEngine({
			leads: people(15),
			onError,
			parameters: { options: { requestsPerMinute: 600 } },
		});
		expect(success).toHaveLength(15);
		const { startedAt } = suite.standIn.gateway.counts;
		expect(startedAt).toHaveLength(16);
		for (const [index, at] of startedAt.entries()) {
			if (index >= 10) expect(at - started).toBeGreaterThanOrEqual(100 * index);
		}
	});
});

describe('the output panel', () => {
	test('tells nothing where all went well', async () => {
		expect((await runInEngine({ leads: people(3), onError })).hints).toEqual([]);
	});

	test('tells how many have no picture, and how many were asked for before', async () => {
		const { hints } = await runInEngine({
			leads: [...people(2), ...people(1), { phone: CONTACTS.hidden401.id }, { phone: CONTACTS.nullUrl.id }],
			onError,
		});
		expect(hints).toEqual(
			shown({
				message: expect.stringMatching(/^5 items: 3 with a picture, 2 without .* share the lookup .*: 1\.$/),
				type: 'info',
				location: 'outputPane',
			}),
		);
	});

	test('warns of Refresh on a long list', async () => {
		const parameters = { refresh: true, options: { requestsPerMinute: 0 } };
		const { hints } = await runInEngine({ leads: people(60), onError, parameters });
		expect(hints).toEqual(
			shown(
				expect.objectContaining({
					message: expect.stringMatching(/^60 contacts were looked up live/),
					type: 'warning',
				}),
			),
		);
	});
});

describe('a long list', () => {
	const many = people(20_000);

	test.each([5, 20])('with a wrong token costs %d lookups at most, and every item comes out', async (concurrency) => {
		suite.standIn.gateway.latencyMs = 20;
		const { success, failed } = await runInEngine({
			leads: many,
			onError,
			credential: REFUSED_CREDENTIAL,
			parameters: { options: { concurrency } },
		});
		expect(success).toEqual([]);
		expect(failed).toHaveLength(many.length);
		expect(failed.every((item) => errorOf(item).reason === 'credential-invalid')).toBe(true);
		expect(failed.map(({ json }) => json.phone)).toEqual(many.map(({ phone }) => phone));
		expect(suite.standIn.gateway.counts.lookUps).toBeLessThanOrEqual(concurrency);
	});

	test('that needs no request lets the rest of n8n have its turns', async () => {
		let turns = 0;
		const others = setInterval(() => (turns += 1), 1);
		await runInEngine({
			leads: many.map(() => ({ phone: 'nobody' })),
			onError,
			whenRunning: () => (turns = 0),
		});
		clearInterval(others);
		expect(turns).toBeGreaterThan(100);
	});

	test('of failures carries reasons, and no errors with their stacks', async () => {
		const leads = Array.from({ length: 5000 }, (_, index) => ({ phone: `call me ${index}` }));
		const { failed } = await runInEngine({ leads, onError });
		expect(failed).toHaveLength(5000);
		for (const item of failed) {
			expect(Object.keys(item).sort()).toEqual(['json', 'pairedItem']);
			expect(Object.getPrototypeOf(item.json.error)).toBe(Object.prototype);
			expect(item.json.error).not.toHaveProperty('stack');
		}
	});
});
