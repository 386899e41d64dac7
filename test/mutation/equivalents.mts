import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../../scripts/install.mjs';

const LIST = 'test/mutation.md';

/** The mutants that no test can notice: for each file its lines as they have them. */
export function readEquivalents(): Map<string, Set<string>> {
	const [, ...parts] = readFileSync(join(ROOT, LIST), 'utf8').split(/^## /m);
	return new Map(
		parts.map((part) => {
			const [file = '', ...lines] = part.split('\n');
			return [file, new Set(lines.filter((line) => line.startsWith('+ ')).map((line) => line.slice(2)))];
		}),
	);
}
