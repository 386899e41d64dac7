import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

import { bundle } from '../scripts/bundle.mjs';
import { CACHE, ROOT } from '../scripts/install.mjs';
import { program } from '../scripts/program.mjs';
import { importExamples } from './examples.mts';
import { connectToStandIn } from './gateway.mts';
import { installN8n } from './install.mts';
import type { Setup } from './n8n.mts';
import { editorPort } from './ports.mts';
import { showEditor } from './showEditor.mts';

/** What the package has beside what is bundled, and where, as the gulpfile has it. */
const COPIED = [
	{ from: '', to: '', named: /^(?:package\.json|index\.js)$/ },
	{ from: 'icons', to: 'dist/icons', named: /\.svg$/ },
	{ from: 'nodes/Wawp', to: 'dist/nodes/Wawp', named: /\.node\.json$|__schema__.*\.json$/, withFolders: true },
];

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
	const gateway = await connectToStandIn();
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

/**
 * Writes the node's package to where n8n has it installed, and then, with each source that is saved, what changes.
 *
 * It goes there directly. With a link from there to the repository, n8n would watch everything that the repository
 * holds, more than 60,000 folders, and the node would be given the repository's n8n-workflow instead of n8n's own.
 *
 * While there are errors nothing is compiled: n8n keeps the node as it was.
 *
 * @param sources the repository, or a copy of what is published of it
 * @param folder for the package; what is there is replaced
 * @returns once the package is there, a function that ends the watching
 */
function buildOnSave(sources: string, folder: string): () => void {
	rmSync(folder, { recursive: true, force: true });
	const copying = COPIED.map(({ from, to, named, withFolders = false }) =>
		copyOnSave(join(sources, from), join(folder, to), named, withFolders),
	);
	const bundling = bundleOnSave(sources, join(folder, 'dist'));
	return () => {
		for (const watcher of [...copying, bundling]) watcher.close();
	};
}

function copyOnSave(from: string, to: string, named: RegExp, recursive: boolean): { close(): void } {
	mkdirSync(to, { recursive: true });
	const copy = (name: string | null) => {
		// Some editors save by putting a new file in the old one's place: between the two there is none.
		if (!name || !named.test(name) || !existsSync(join(from, name))) return;
		mkdirSync(dirname(join(to, name)), { recursive: true });
		copyFileSync(join(from, name), join(to, name));
	};
	readdirSync(from, { recursive, encoding: 'utf8' }).forEach(copy);
	return watch(from, { recursive }, (_event, name) => copy(name));
}

/** Bundles each time that `tsc --watch` would be done without an error, in this process: with it ends the watching, too. */
function bundleOnSave(sources: string, outDir: string): { close(): void } {
	const format = {
		getCanonicalFileName: (name: string) => name,
		getCurrentDirectory: () => '',
		getNewLine: () => '\n',
	};
	const host = ts.createWatchCompilerHost(
		join(sources, 'tsconfig.json'),
		{ noEmit: true },
		ts.sys,
		ts.createEmitAndSemanticDiagnosticsBuilderProgram,
		(diagnostic) => console.error(ts.formatDiagnosticsWithColorAndContext([diagnostic], format).trim()),
		(_status, _newLine, _options, errors) => {
			// Reported at the start of a compilation as well, then without a number.
			if (errors === undefined) return;
			if (errors === 0) bundle(sources, outDir);
			console.log(`${time()}  ${errors === 0 ? 'compiled' : 'not compiled: n8n keeps the node as it was'}`);
		},
	);
	return ts.createWatchProgram(host);
}

function time(): string {
	return new Date().toTimeString().slice(0, 8);
}

await program(async () => await dev(resolve(process.argv[2] ?? ROOT)));
