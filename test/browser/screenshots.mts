import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { THEMES } from './browser.mts';
import { resultsOf } from './results.mts';
import { ROOT, Stop } from '../../scripts/install.mjs';
import { nodeTest } from '../../scripts/nodeTest.mts';
import { program } from '../../scripts/program.mjs';

/** What README and docs show of the editor: `name-theme.png`, in the folder docs. */
const SHOWN = /"(?:docs\/)?([a-z-]+)-(?:light|dark)\.png"/g;

/** Keeps the pictures that README and docs show, of those that the browser tests of the editor take, once these have passed. */
await program(async () => {
	if (nodeTest('test/browser', /^editor-\w+\.test\.mts$/) !== 0) {
		throw new Stop('The browser tests fail, so the pictures stay as they were.');
	}
	const docs = join(ROOT, 'docs');
	for (const name of readdirSync(docs).filter((file) => file.endsWith('.png'))) rmSync(join(docs, name));
	const pages = readdirSync(docs).filter((file) => file.endsWith('.md'));
	const texts = [join(ROOT, 'README.md'), ...pages.map((page) => join(docs, page))].map((path) =>
		readFileSync(path, 'utf8'),
	);
	const names = new Set(texts.flatMap((text) => [...text.matchAll(SHOWN)]).map(([, name]) => name));
	for (const name of names) {
		for (const theme of THEMES) {
			copyFileSync(join(resultsOf(`editor-${theme}`), `${name}.png`), join(docs, `${name}-${theme}.png`));
			console.log(`docs/${name}-${theme}.png`);
		}
	}
});
