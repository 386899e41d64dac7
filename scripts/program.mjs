import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { Stop } from './install.mjs';

/**
 * Runs a program to its end.
 *
 * @param {() => Promise<number | void>} main returns the exit code. A `Stop` that it throws is printed as its one line,
 *   and the exit code is 1; any other error is a defect, and keeps its stack.
 * @param {string} [url] `import.meta.url` of a file that tests import as well, where nothing is to run
 */
export async function program(main, url) {
	if (url !== undefined && url !== pathToFileURL(realpathSync(process.argv[1])).href) return;
	try {
		process.exitCode = (await main()) ?? 0;
	} catch (error) {
		if (!(error instanceof Stop)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	}
}
