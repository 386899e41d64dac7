import { startBrowser } from './browser.mts';
import { installN8n } from '../../sandbox/install.mts';
import { nodeTest } from '../../scripts/nodeTest.mts';
import { program } from '../../scripts/program.mjs';

/** What the editor does is the same in both themes, and the settings do the same in both n8n. */
const EACH_ONCE = /(?<!-dark|-n8n-1)\.test\.mts$/;

await program(async () => {
	// Asked here, and installed here, where it can be seen.
	await (await startBrowser()).close();
	await installN8n('n8n-1');
	return nodeTest('test/browser', process.argv.includes('--short') ? EACH_ONCE : undefined);
});
