import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE, ROOT, Stop } from '../scripts/install.mjs';
import { program } from '../scripts/program.mjs';
import { misplaced, printBranches } from './branches.mts';
import { ENRICH_LEADS, importExamples } from './examples.mts';
import { readBranches } from './execution.mts';
import { connect } from './gateway.mts';
import { installN8n } from './install.mts';
import { n8nCommand, type Setup } from './n8n.mts';
import { buildAndPack, installAsCommunityNode } from '../scripts/package.mts';
import { editorPort } from './ports.mts';
import { showEditor } from './showEditor.mts';

/**
 * The main job: n8n with the packed node, an example executed in it, both branches printed, then the editor.
 *
 * @param once ends after the branches
 * @returns the exit code: 0 only if every lead came out on the branch it should
 */
async function start(once: boolean): Promise<number> {
	const port = await editorPort('npm start', !once);
	await installN8n('n8n-2');

	const userFolder = join(ROOT, '.sandbox', once ? 'once' : 'editor');
	const logFile = join(CACHE, 'logs', 'sandbox.log');
	rmSync(logFile, { force: true });
	// For an execution that has to come out right, nothing of an earlier one may be left.
	if (once) rmSync(userFolder, { recursive: true, force: true });
	console.log('Building the node, and installing its package into n8n as a community node ...');
	installAsCommunityNode(buildAndPack(), userFolder);

	const gateway = await connect();
	const setup: Setup = { line: 'n8n-2', userFolder, logFile, port, env: gateway.env };
	try {
		await importExamples(setup, gateway.credential);
		console.log('Executing the workflow ...');
		const executed = n8nCommand(setup, ['execute', `--id=${ENRICH_LEADS}`, '--rawOutput']);
		if (!once) {
			await executed.then(readBranches).then(printBranches).catch(explain);
			await showEditor(setup);
			return 0;
		}
		const branches = readBranches(await executed);
		printBranches(branches);
		const wrong = gateway.isReal ? [] : misplaced(branches);
		for (const line of wrong) console.error(line);
		return wrong.length > 0 ? 1 : 0;
	} finally {
		await gateway.close();
	}
}

/** What someone has changed in the editor need not run; that is no reason not to show it. */
function explain(error: unknown): void {
	if (!(error instanceof Stop)) throw error;
	console.error('The example did not run, perhaps because it was changed in the editor.');
	console.error('To get the original back, delete the folder .sandbox and start again.');
}

await program(async () => await start(process.argv.includes('--once')));
