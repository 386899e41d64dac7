import { InFlightRequests, TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';
import { settled, VirtualClock } from '../virtualClock.mts';

/** Requests with a timeout of a second, and a record of which were aborted, when and why. */
function openRequests() {
	const clock = new VirtualClock();
	const finished = new AbortController();
	const requests = new InFlightRequests(1000, clock, finished.signal);
	const aborted: Array<[owner: number, at: number, reason: unknown]> = [];
	/** A request that is answered after so long, unless it is aborted before. */
	const send = async (owner: number, answeredAfter = Infinity) =>
		await requests.run(owner, async ({ signal }) => {
			await clock.later(answeredAfter, signal);
			if (signal.aborted) aborted.push([owner, clock.now(), signal.reason]);
			return `reply ${owner}`;
		});
	return { clock, requests, finish: () => finished.abort(), aborted, send };
}

describe('An open request', () => {
	test('has the reply that came', async () => {
		const { clock, send, aborted } = openRequests();
		expect(await clock.finish(send(3, 999))).toBe('reply 3');
		expect(aborted).toStrictEqual([]);
	});

	test('is sent at once', () => {
		const { requests } = openRequests();
		const send = jest.fn(async () => undefined);
		void requests.run(0, send);
		expect(send).toHaveBeenCalledTimes(1);
	});

	test('that fails hands that on, and is open no longer', async () => {
		const { clock, requests } = openRequests();
		await expect(requests.run(0, async () => await Promise.reject(new Error('torn')))).rejects.toThrow('torn');
		await clock.until(1500);
		expect(clock.sleeping).toBe(0);
	});
});

describe('The deadline', () => {
	test('aborts a request that takes too long, and says why', async () => {
		const { clock, send, aborted } = openRequests();
		await clock.finish(send(0));
		expect(aborted).toStrictEqual([[0, 1000, TIMED_OUT]]);
	});

	test('is that of each request, whenever it was sent', async () => {
		const { clock, send, aborted } = openRequests();
		const sent = [send(0), send(1)];
		await clock.until(300);
		sent.push(send(2));
		await clock.until(1100);
		sent.push(send(3));
		await clock.finish(Promise.all(sent));
		expect(aborted).toStrictEqual([
			[0, 1000, TIMED_OUT],
			[1, 1000, TIMED_OUT],
			[2, 1300, TIMED_OUT],
			[3, 2100, TIMED_OUT],
		]);
	});

	test('is none for requests that ended before', async () => {
		const { clock, send, aborted } = openRequests();
		const sent = [send(0, 999), send(1), send(2, 10)];
		await clock.until(500);
		sent.push(send(3, 999), send(4));
		await clock.finish(Promise.all(sent));
		expect(aborted).toStrictEqual([
			[1, 1000, TIMED_OUT],
			[4, 1500, TIMED_OUT],
		]);
	});

	test('is kept again after a time without requests', async () => {
		const { clock, send, aborted } = openRequests();
		await clock.finish(send(0));
		await clock.until(5000);
		await clock.finish(send(1));
		await clock.until(9700);
		await clock.finish(send(2, 10));
		await clock.finish(send(3));
		expect(aborted).toStrictEqual([
			[0, 1000, TIMED_OUT],
			[1, 6000, TIMED_OUT],
			[3, 10_710, TIMED_OUT],
		]);
	});

	test('is kept after requests that were aborted for another reason', async () => {
		const { clock, requests, send, aborted } = openRequests();
		const sent = [send(5), send(1)];
		await clock.until(100);
		requests.abortItemsAfter(4);
		await clock.finish(Promise.all(sent));
		expect(aborted.map(([owner, at]) => [owner, at])).toStrictEqual([
			[5, 100],
			[1, 1000],
		]);
	});

	test('is one sleep for all', async () => {
		const { clock, send } = openRequests();
		for (let owner = 0; owner < 100; owner += 1) void send(owner, 10 * owner);
		for (let at = 0; at < 2000; at += 50) {
			await clock.until(at);
			expect(clock.sleeping).toBeLessThanOrEqual(1);
		}
	});
});

describe('What is open after an item', () => {
	test('can be aborted, without the reason of a timeout', async () => {
		const { clock, requests, send, aborted } = openRequests();
		const sent = [0, 3, 1, 2].map(async (owner) => await send(owner, 500));
		await clock.until(100);
		requests.abortItemsAfter(1);
		await clock.finish(Promise.all(sent));
		expect(aborted.map(([owner, at]) => [owner, at])).toStrictEqual([
			[3, 100],
			[2, 100],
		]);
		for (const [, , reason] of aborted) expect(reason).not.toBe(TIMED_OUT);
	});

	test('is all where the item is before the first', async () => {
		const { clock, requests, send, aborted } = openRequests();
		const sent = [0, 1, 2].map(async (owner) => await send(owner));
		requests.abortItemsAfter(-1);
		await clock.finish(Promise.all(sent));
		expect(aborted.map(([owner, at]) => [owner, at])).toStrictEqual([
			[0, 0],
			[1, 0],
			[2, 0],
		]);
	});

	test('keeps its first reason', async () => {
		const { clock, requests, aborted } = openRequests();
		const sent = requests.run(0, async ({ signal }) => {
			await clock.later(Infinity, signal);
			await clock.later(2000);
			aborted.push([0, clock.now(), signal.reason]);
		});
		await clock.until(1500);
		requests.abortItemsAfter(-1);
		await clock.finish(sent);
		expect(aborted).toStrictEqual([[0, 3000, TIMED_OUT]]);
	});
});

describe('The watch over the deadlines', () => {
	test('ends at once when no request is to be expected any more', async () => {
		const { clock, finish, send } = openRequests();
		await clock.finish(send(0, 10));
		expect(clock.sleeping).toBe(1);
		finish();
		await settled();
		expect(clock.sleeping).toBe(0);
	});

	test('ends then as well where one is open still', async () => {
		const { clock, finish, send } = openRequests();
		void send(0);
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
