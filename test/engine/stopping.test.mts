import { type Behaviour, limited } from '../stand-in/behaviours.mts';
import { CONTACTS } from '../stand-in/contacts.mts';
import { noConnectionOpen, stopOnce, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

const FIRST = 15551230000;
const people = (count: number) => Array.from({ length: count }, (_, index) => ({ phone: FIRST + index }));
const since = (started: number) => performance.now() - started;

describe('On Error: Stop Workflow', () => {
	test('ends at once: requests that are open behind the failed item are aborted, none follows', async () => {
		const started = performance.now();
		const { error } = await runInEngine({
			leads: [{ phone: CONTACTS.badRequest.id }, ...[1, 2, 3].map(() => ({ phone: CONTACTS.hang.id })), ...people(20)],
		});
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(since(started)).toBeLessThan(20_000);
		await noConnectionOpen(suite.standIn);
		// The fifth goes on while the gateway is checked, since a 400 may be about the session.
		expect(suite.standIn.gateway.counts.lookUps).toBeLessThanOrEqual(12);
	});

	test('names the lowest item that fails, and lets earlier ones have their attempts', async () => {
		const { error } = await runInEngine({
			leads: [{ phone: CONTACTS.rateLimited.id }, { phone: 'call me' }],
		});
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(suite.standIn.gateway.counts.lookUps).toBe(4);
	});
});

describe('stopping the execution', () => {
	test.each<[string, Behaviour, object]>([
		['a retry', { status: 503, body: 'Service Unavailable' }, { maxRetries: 10 }],
		['the end of a hold-back', limited('60'), {}],
		['its turn under Requests per Minute', { status: 200, body: '{}' }, { requestsPerMinute: 1 }],
	])('ends the wait for %s', async (_what, behaviour, options) => {
		for (let index = 0; index < 10; index += 1)
			suite.standIn.gateway.script.set(`${FIRST + index}@c.us`, Array(11).fill(behaviour));
		const started = performance.now();
		const { run } = await runInEngine({
			leads: people(10),
			onError: 'continueErrorOutput',
			parameters: { options: { ...options } },
			whenRunning: stopOnce(() => {
				const { gateway } = suite.standIn;
				return gateway.counts.lookUps > 0 && gateway.open === 0;
			}),
		});
		expect(run.status).toBe('canceled');
		expect(since(started)).toBeLessThan(20_000);
		// What was sent just before may still be on its way.
		await new Promise((resolve) => setTimeout(resolve, 300));
		const { lookUps } = suite.standIn.gateway.counts;
		await new Promise((resolve) => setTimeout(resolve, 1500));
		expect(suite.standIn.gateway.counts.lookUps).toBe(lookUps);
		await noConnectionOpen(suite.standIn);
	});
});
