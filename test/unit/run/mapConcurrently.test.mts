import { mapConcurrently } from '../../../nodes/Wawp/run/mapConcurrently';

const never = () => false;
const indexes = (count: number) => Array.from({ length: count }, (_, index) => index);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Tasks that end when the test says so, and a record of what started. */
function byHand() {
	const started: number[] = [];
	const ends = new Map<number, () => void>();
	return {
		started,
		task: async (index: number) => {
			started.push(index);
			await new Promise<void>((resolve) => ends.set(index, resolve));
			return `result ${index}`;
		},
		running: () => ends.size,
		end: async (index: number) => {
			const end = ends.get(index);
			if (end === undefined) throw new Error(`Task ${index} is not running`);
			ends.delete(index);
			end();
			await turn();
		},
	};
}

describe('A schedule', () => {
	test('gives the results in the order of the indexes, whatever ends first', async () => {
		const { task, end } = byHand();
		const results = mapConcurrently(4, 4, task, never);
		for (const index of [2, 0, 3, 1]) await end(index);
		expect(await results).toStrictEqual(['result 0', 'result 1', 'result 2', 'result 3']);
	});

	test.each([1, 2, 3, 5, 20])('runs at most %d at once, and as many wherever it can', async (concurrency) => {
		let running = 0;
		let most = 0;
		const task = async (index: number) => {
			most = Math.max(most, ++running);
			for (let turns = 0; turns <= (index * 7) % 5; turns += 1) await turn();
			running -= 1;
		};
		await mapConcurrently(40, concurrency, task, never);
		expect(most).toBe(concurrency);
	});

	test.each([1, 3, 10])('starts in order, %d at once', async (concurrency) => {
		const started: number[] = [];
		const task = async (index: number) => {
			started.push(index);
			for (let turns = 0; turns <= (index * 7) % 5; turns += 1) await turn();
		};
		await mapConcurrently(40, concurrency, task, never);
		expect(started).toStrictEqual(indexes(40));
	});

	test('starts the next as soon as any ends, so that a slow one holds up no other', async () => {
		const { task, end, started } = byHand();
		const results = mapConcurrently(4, 2, task, never);
		expect(started).toStrictEqual([0, 1]);
		await end(1);
		expect(started).toStrictEqual([0, 1, 2]);
		await end(2);
		expect(started).toStrictEqual([0, 1, 2, 3]);
		await end(3);
		await end(0);
		expect(await results).toHaveLength(4);
	});

	test('starts nothing more once it is over, and keeps the results of what was running', async () => {
		let over = false;
		const { task, end, started, running } = byHand();
		const results = mapConcurrently(6, 2, task, () => over);
		await end(0);
		over = true;
		await end(2);
		expect(running()).toBe(1);
		await end(1);
		expect(await results).toStrictEqual(['result 0', 'result 1', 'result 2', undefined, undefined, undefined]);
		expect(started).toStrictEqual([0, 1, 2]);
	});

	test('that ends during the first starts is over for the next one already', async () => {
		const started: number[] = [];
		const task = async (index: number) => {
			started.push(index);
		};
		await mapConcurrently(5, 5, task, () => started.length === 2);
		expect(started).toStrictEqual([0, 1]);
	});

	test('that is over before it begins starts nothing', async () => {
		const task = jest.fn();
		expect(await mapConcurrently(3, 2, task, () => true)).toStrictEqual([undefined, undefined, undefined]);
		expect(task).not.toHaveBeenCalled();
	});

	test('of no items has no results', async () => {
		const task = jest.fn();
		expect(await mapConcurrently(0, 5, task, never)).toStrictEqual([]);
		expect(task).not.toHaveBeenCalled();
	});

	test('with more workers than items runs each item once', async () => {
		const task = jest.fn(async (index: number) => index);
		expect(await mapConcurrently(3, 100, task, never)).toStrictEqual([0, 1, 2]);
		expect(task.mock.calls).toStrictEqual([[0], [1], [2]]);
	});

	test('of a hundred thousand items runs each once', async () => {
		const runs = new Array<number>(100_000).fill(0);
		const results = await mapConcurrently(runs.length, 5, async (index) => (runs[index] += 1), never);
		expect(runs.every((times) => times === 1)).toBe(true);
		expect(results).toStrictEqual(runs);
	});
});
