import { relative } from 'node:path';

const MOST = 10;

/** Tells jest's user after a run of many files which of them took longest. */
export default class SlowestFiles {
	onRunComplete(_contexts, { testResults }) {
		if (testResults.length <= MOST) return;
		const slowest = testResults
			.map(({ displayName, testFilePath, perfStats }) => ({
				seconds: perfStats.runtime / 1000,
				name: `${displayName?.name} ${relative(process.cwd(), testFilePath)}`,
			}))
			.sort((a, b) => b.seconds - a.seconds)
			.slice(0, MOST);
		console.log('\nThe slowest files:');
		for (const { seconds, name } of slowest) console.log(`${seconds.toFixed(1).padStart(6)} s  ${name}`);
	}
}
