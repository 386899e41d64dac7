import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './install.mjs';
import { program } from './program.mjs';
import { obstacles } from './release.mts';

/** Beside package.json. */
const NAME_THE_OWNER = ['README.md', 'nodes/Wawp/Wawp.node.json'];

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');

await program(async () => {
	const found = obstacles({
		tag: process.argv[2] ?? '',
		manifest: read('package.json'),
		changelog: read('CHANGELOG.md'),
		others: Object.fromEntries(NAME_THE_OWNER.map((path) => [path, read(path)])),
	});
	for (const line of found) console.error(line);
	return found.length > 0 ? 1 : 0;
});
