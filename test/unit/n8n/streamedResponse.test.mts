import type { IN8nHttpFullResponse } from 'n8n-workflow';

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
