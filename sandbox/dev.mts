import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { CACHE, ROOT } from '../scripts/install.mjs';
import { program } from '../scripts/program.mjs';
import { buildOnSave } from './buildOnSave.mts';
import { importExamples } from './examples.mts';
import { connect } from './gateway.mts';
import { installN8n } from './install.mts';
import type { Setup } from './n8n.mts';
import { editorPort } from './ports.mts';
import { showEditor } from './showEditor.mts';

/**
 * n8n with the node as its sources are at any moment: what is saved is in the editor two seconds later.
 *
 * @param sources the repository, or a copy of what is published of it; n8n's data goes into its `.sandbox`
 */
async function dev(sources: string): Promise<void> {
	const port = await editorPort('npm run dev');
	await installN8n('n8n-2');

	const userFolder = join(sources, '.sandbox', 'dev');
	const logFile = join(CACHE, 'logs', 'dev.log');
	rmSync(logFile, { force: true });
	console.log('Building the node, now and with each file that is saved ...');
	const installed = join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-wawp');
	const endBuilding = buildOnSave(sources, installed);
	const gateway = await connect();
	const setup: Setup = {
		line: 'n8n-2',
		userFolder,
		logFile,
		port,
		// n8n watches the nodes' folders only where it takes itself to be developed.
		env: { ...gateway.env, NODE_ENV: 'development', N8N_DEV_RELOAD: 'true' },
		onOutput: (text) => {
			if (text.includes('Hot reload triggered')) console.log('          n8n takes it');
			if (text.includes('Hot reload failed'))
				console.error(`          n8n cannot load it; its output is in ${logFile}`);
		},
	};
	try {
		await importExamples(setup, gateway.credential);
		await showEditor(setup);
	} finally {
		endBuilding();
		await gateway.close();
	}
}

await program(async () => await dev(resolve(process.argv[2] ?? ROOT)));
