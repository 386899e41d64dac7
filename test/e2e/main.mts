import { installN8n } from '../../sandbox/install.mts';
import { nodeTest } from '../../scripts/nodeTest.mts';
import { program } from '../../scripts/program.mjs';

await program(async () => {
	// Installed here, where the progress can be seen: Node's test runner holds back what a test file prints.
	await installN8n('n8n-1');
	if (process.argv.includes('--install')) return 0;
	return nodeTest('test/e2e');
});
