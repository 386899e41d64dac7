import { startBrowser } from './browser.mts';
import { installN8n } from '../../sandbox/install.mts';
import { nodeTest } from '../../scripts/nodeTest.mts';
import { program } from '../../scripts/program.mjs';

/** What the editor does is the same in both themes. Only the pictures need the other one. */
const EDITOR_IN_ONE_THEME = /(?<!-dark)\.test\.mts$/;

await program(async () => {
	// Asked here, and installed here, where it can be seen.
	await (await startBrowser()).close();
	await installN8n('n8n-2');
	await installN8n('n8n-1');
	return nodeTest('test/browser', process.argv.includes('--short') ? EDITOR_IN_ONE_THEME : undefined);
});
