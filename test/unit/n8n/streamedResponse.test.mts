import type { IN8nHttpFullResponse } from 'n8n-workflow';
import { addAbortSignal, Readable } from 'node:stream';

import { clientTimeout, readUpTo, replyOf } from '../../../nodes/Wawp/n8n/streamedResponse';

/** An answer whose body comes in these chunks, then breaks down where there is an error. */
function answerOf(sizes: number[], error?: Error) {
	const unwanted = new AbortController();
	let taken = 0;
	let destroyed = 0;
	const chunks = async function* () {
		for (const size of sizes) {
			taken += 1;
			yield Buffer.alloc(size, 'x');
		}
		if (error) throw error;
	};
	const body = Object.assign(chunks(), { destroy: () => (destroyed += 1) });
	const response = { statusCode: 200, headers: {}, body } as unknown as IN8nHttpFullResponse;
	return {
		reply: replyOf(response, unwanted),
		seen: () => ({ taken, destroyed, reason: unwanted.signal.reason as unknown }),
	};
}

describe('An answer whose body is not read', () => {
	test('is handed on as it came, with its connection open', () => {
		const unwanted = new AbortController();
		const body = Readable.from([Buffer.from('x')]);
		const headers = { 'content-type': 'image/jpeg' };
		const reply = replyOf({ statusCode: 302, headers, body }, unwanted);
		expect([reply.statusCode, reply.headers]).toEqual([302, headers]);
		expect(reply.body).toBe(body);
		expect([body.destroyed, unwanted.signal.aborted]).toEqual([false, false]);
	});

	test('gives its body up before its request is aborted, so that the body does not throw where nobody listens', async () => {
		const unwanted = new AbortController();
		const body = addAbortSignal(unwanted.signal, Readable.from([Buffer.from('x')]));
		replyOf({ statusCode: 302, headers: {}, body }, unwanted).close();
		expect(unwanted.signal.aborted).toBe(true);
		await new Promise<void>((resolve) => body.once('close', resolve));
		expect(body.errored).toBeNull();
	});
});

describe('An answer that is read up to a limit', () => {
	test.each<[sizes: number[], read: number, isWhole: boolean, taken: number]>([
		[[], 0, true, 0],
		[[40, 60], 100, true, 2],
		[[40, 61], 101, false, 2],
		[[40, 61, 500, 500], 101, false, 2],
		[[1000, 1000], 1000, false, 1],
	])('of chunks of %j bytes, up to 100: %d are read, whole: %p', async (sizes, read, isWhole, taken) => {
		const { reply, seen } = answerOf(sizes);
		const result = await readUpTo(100, reply);
		expect(Buffer.concat(result.chunks)).toHaveLength(read);
		expect(result.isWhole).toBe(isWhole);
		expect(seen()).toEqual({ taken, destroyed: 1, reason: 'closed' });
	});

	test('that breaks down throws what it broke down with, and hangs up', async () => {
		const { reply, seen } = answerOf([10], new Error('reset'));
		await expect(readUpTo(100, reply)).rejects.toThrow('reset');
		expect(seen()).toEqual({ taken: 1, destroyed: 1, reason: 'closed' });
	});
});

test("n8n's client has ten seconds more than a request, and so never ends one", () => {
	expect(clientTimeout(30_000)).toBe(40_000);
});
