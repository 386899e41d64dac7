import { InFlightRequests, TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';
import { settled, VirtualClock } from '../virtualClock.mts';

/** Requests with a timeout of a second, and a record of which were aborted, when and why. */
function openRequests() {
	const clock = new VirtualClock();
	const finished = new AbortController();
	const requests = new InFlightRequests(1000, clock, finished.signal);
	const aborted: Array<[name: number, at: number, reason: unknown]> = [];
	/** A request that is answered after so long, unless it is aborted before. */
	const send = async (name: number, answeredAfter = Infinity) =>
		await requests.run(async ({ signal }) => {
			await clock.later(answeredAfter, signal);
			if (signal.aborted) aborted.push([name, clock.now(), signal.reason]);
			return `reply ${name}`;
		});
	const abortedAt = () => aborted.map(([name, at]) => [name, at]);
	return { clock, requests, finish: () => finished.abort(), aborted, abortedAt, send };
}

describe('An open request', () => {
	test('is sent at once, and has the reply that came', async () => {
		const { clock, requests, send, aborted } = openRequests();
		const sent = jest.fn(async () => undefined);
		void requests.run(sent);
		expect(sent).toHaveBeenCalledTimes(1);
		expect(await clock.finish(send(3, 999))).toBe('reply 3');
		expect(aborted).toStrictEqual([]);
	});

	test.each<[string, () => Promise<never>]>([
		['rejects', async () => await Promise.reject(new Error('torn'))],
		[
			'throws',
			() => {
				throw new Error('torn');
			},
		],
	])('that %s hands that on, and is open no longer', async (_what, send) => {
		const { clock, requests } = openRequests();
		await expect(requests.run(send)).rejects.toThrow('torn');
		await clock.until(1000);
		expect(clock.sleeping).toBe(0);
	});
});

describe('The deadline', () => {
	type Sent = [at: number, name: number, answeredAfter?: number];

	test.each<[string, Sent[], Array<[name: number, at: number]>]>([
		['aborts a request that takes too long', [[0, 0]], [[0, 1000]]],
		[
			'is that of each request, whenever it was sent',
			[...[0, 0, 300, 1100].map((at, index): Sent => [at, index])],
			[...[1000, 1000, 1300, 2100].map((at, index): [number, number] => [index, at])],
		],
		[
			'is none for requests that ended before',
			[
				[0, 0, 999],
				[0, 1],
				[0, 2, 10],
				[500, 3, 999],
				[500, 4],
			],
			[
				[1, 1000],
				[4, 1500],
			],
		],
		[
			'is kept again after a time without requests',
			[
				[0, 0],
				[5000, 1],
				[9700, 2, 10],
				[9710, 3],
			],
			[
				[0, 1000],
				[1, 6000],
				[3, 10_710],
			],
		],
	])('%s', async (_what, sent, expected) => {
		const { clock, send, aborted } = openRequests();
		for (const [at, ...request] of sent) {
			await clock.until(at);
			void send(...request);
		}
		await clock.until(20_000);
		expect(aborted).toStrictEqual(expected.map((one) => [...one, TIMED_OUT]));
	});

	test('is one sleep for all', async () => {
		const { clock, send } = openRequests();
		for (let name = 0; name < 100; name += 1) void send(name, 10 * name);
		for (let at = 0; at < 2000; at += 50) {
			await clock.until(at);
			expect(clock.sleeping).toBeLessThanOrEqual(1);
		}
	});
});

describe('All open requests', () => {
	test('can be aborted, and not as a timeout', async () => {
		const { clock, requests, send, aborted, abortedAt } = openRequests();
		const sent = [0, 3, 1].map(async (one) => await send(one, 500));
		await clock.until(100);
		requests.abortAll();
		await clock.finish(Promise.all(sent));
		expect(abortedAt()).toStrictEqual([0, 3, 1].map((one) => [one, 100]));
		for (const [, , reason] of aborted) expect(reason).not.toBe(TIMED_OUT);
	});

	test('keep their first reason', async () => {
		const { clock, requests } = openRequests();
		const sent = requests.run(async ({ signal }) => {
			await clock.later(Infinity, signal);
			await clock.later(2000);
			return signal.reason as unknown;
		});
		await clock.until(1500);
		requests.abortAll();
		expect(await clock.finish(sent)).toBe(TIMED_OUT);
	});
});

describe('The watch over the deadlines', () => {
	test.each([
		['after the last request has ended', 10],
		['while one is open still', Infinity],
	])('ends at once when nothing more is to be sent: %s', async (_when, answeredAfter) => {
		const { clock, finish, send } = openRequests();
		void send(0, answeredAfter);
		await clock.until(20);
		expect(clock.sleeping).toBe(1);
		finish();
		await settled();
		expect(clock.sleeping).toBe(0);
	});

	test('ends by itself with the last deadline', async () => {
		const { clock, send } = openRequests();
		await clock.finish(Promise.all([send(0, 10), send(1)]));
		await settled();
		expect(clock.sleeping).toBe(0);
	});
});
