/**
 * Runs a task for each index from 0 to `count - 1`, starting them in order, with at most `concurrency` running at
 * any time.
 *
 * @param task must not reject: what went wrong belongs into its result
 * @param isOver asked before each start; once it says `true`, nothing more starts
 * @returns the results in the order of the indexes; `undefined` for what never started
 */
export async function mapConcurrently<Result>(
	count: number,
	concurrency: number,
	task: (index: number) => Promise<Result>,
	isOver: () => boolean,
): Promise<Array<Result | undefined>> {
	const results = new Array<Result | undefined>(count).fill(undefined);
	let next = 0;
	const worker = async () => {
		while (next < count && !isOver()) {
			const index = next++;
			results[index] = await task(index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, count) }, worker));
	return results;
}
