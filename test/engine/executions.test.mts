import { limited } from '../stand-in/behaviours.mts';
import { until } from '../until.mts';
import { ownCredential, useOwnInstance } from './instance.mts';
import { AMPLE_MS, noConnectionOpen, stopOnce, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

const onError = 'continueErrorOutput' as const;
const FIRST = 15551230000;
const lead = (index: number) => ({ phone: FIRST + index });
const leads = (count: number) => Array.from({ length: count }, (_, index) => lead(index));
const idOf = (index: number) => `${FIRST + index}@c.us`;
const asked = () => Object.keys(suite.standIn.gateway.counts.perContact);

/** An execution for each lead, as a webhook starts them; all at once. */
async function executions(count: number, options: object = {}) {
	const parameters = { options: { timeout: AMPLE_MS, ...options } };
	const all = leads(count).map(async (one) => await runInEngine({ leads: [one], onError, parameters }));
	const ran = await Promise.all(all);
	return { success: ran.flatMap(({ success }) => success), failed: ran.flatMap(({ failed }) => failed) };
}

describe('200 executions of one lead at once', () => {
	test('have at most five requests open together where the option says five', async () => {
		suite.standIn.gateway.latencyMs = 50;
		const { success } = await executions(200, { concurrency: 5 });
		expect(success).toHaveLength(200);
		expect(suite.standIn.gateway.counts.mostOpen).toBe(5);
	});

	test('all get their picture from a gateway that allows ten a second, and send nothing while it wants a pause', async () => {
		const { gateway } = suite.standIn;
		gateway.rateLimit = { perSecond: 10, pauseS: 2 };
		gateway.latencyMs = 20;
		const { success, failed } = await executions(200);
		expect(failed).toEqual([]);
		expect(success).toHaveLength(200);
		expect(gateway.counts.refused).toBeGreaterThan(0);
		expect(gateway.counts.duringPause).toBe(0);
	});
});

describe('a pause that the gateway asks one execution for', () => {
	test('is kept by 20 others that begin during it, and one of them goes first', async () => {
		const { gateway } = suite.standIn;
		gateway.script.set(idOf(0), [limited('1')]);
		const first = runInEngine({ leads: [lead(0)], onError });
		await until('the first one has been refused', () => gateway.counts.lookUps === 1 && gateway.open === 0, AMPLE_MS);
		const refusedAt = performance.now();
		// The first of them finds out whether the pause is over, and the others wait for its answer.
		gateway.latencyMs = 300;
		const { success } = await executions(20);
		await first;
		expect(success).toHaveLength(20);
		const after = gateway.counts.startedAt.slice(1).map((at) => at - refusedAt);
		expect(Math.min(...after)).toBeGreaterThan(900);
		expect((after[1] as number) - (after[0] as number)).toBeGreaterThanOrEqual(299);
	});

	test('ends others without a request where it is longer than two minutes', async () => {
		suite.standIn.gateway.script.set(idOf(0), [limited('3600')]);
		await runInEngine({ leads: [lead(0)], onError });
		const { failed } = await executions(20);
		expect(failed).toHaveLength(20);
		for (const { json } of failed) {
			expect(json.error).toMatchObject({ reason: 'rate-limited', attempts: 0, retryable: true });
			expect((json.error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(3_500_000);
		}
		expect(suite.standIn.gateway.counts.lookUps).toBe(1);
	});

	test('holds back no other instance', async () => {
		suite.standIn.gateway.script.set(idOf(0), [limited('3600')]);
		await runInEngine({ leads: [lead(0)], onError });
		useOwnInstance();
		const { success } = await executions(20);
		expect(success).toHaveLength(20);
	});
});

describe('beside a list that is under way', () => {
	/** So long that whatever is to start beside it has started before an answer comes, however busy the machine is. */
	const LONG_MS = 3000;

	const besideAList = async (credential: object) => {
		const { gateway } = suite.standIn;
		gateway.latencyMs = LONG_MS;
		let stop = () => {};
		const list = runInEngine({ leads: leads(2000), onError, whenRunning: (cancel) => (stop = cancel) });
		await until('the list has its five requests open', () => gateway.open === 5, AMPLE_MS);
		const { success } = await runInEngine({
			...{ leads: [lead(9999)], onError, credential: credential as Record<string, string> },
			parameters: { options: { timeout: AMPLE_MS } },
		});
		stop();
		await list;
		await noConnectionOpen(suite.standIn);
		expect(success).toHaveLength(1);
		return asked().indexOf(idOf(9999));
	};

	test('the request of a single lead is sent after at most those that were open and one more', async () => {
		expect(await besideAList(ownCredential())).toBeLessThanOrEqual(6);
	});

	test('a second instance is not slowed: its request is the next', async () => {
		const other = ownCredential();
		useOwnInstance();
		expect(await besideAList(other)).toBe(5);
	});
});

describe('an execution that is stopped while it waits for its turn', () => {
	test('is out within a second, and its place goes to the next', async () => {
		const { gateway } = suite.standIn;
		gateway.latencyMs = 3000;
		const options = { concurrency: 1, timeout: AMPLE_MS };
		const run = (index: number, whenRunning?: (cancel: () => void) => void) =>
			runInEngine({ leads: [lead(index)], onError, parameters: { options }, ...(whenRunning && { whenRunning }) });
		const first = run(0);
		await until('the first one is open', () => gateway.open === 1, AMPLE_MS);
		const began = performance.now();
		const waits = run(
			1,
			stopOnce(() => performance.now() > began + 500),
		);
		const next = run(2);
		const { run: stopped } = await waits;
		// Before the first one is answered, whose place it waits for.
		expect(gateway.open).toBe(1);
		expect(stopped.status).toBe('canceled');
		expect((await Promise.all([first, next])).map(({ success }) => success.length)).toEqual([1, 1]);
		expect(asked()).toEqual([idOf(0), idOf(2)]);
	});
});
