import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What the package has beside what is compiled, and where, as the gulpfile has it. */
const COPIED = [
	{ from: '', to: '', named: /^(?:package\.json|index\.js)$/ },
	{ from: 'icons', to: 'dist/icons', named: /\.svg$/ },
	{ from: 'nodes/Wawp', to: 'dist/nodes/Wawp', named: /\.node\.json$/ },
];

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
export function buildOnSave(sources: string, folder: string): () => void {
	rmSync(folder, { recursive: true, force: true });
	const copying = COPIED.map(({ from, to, named }) => copyOnSave(join(sources, from), join(folder, to), named));
	const compiling = compileOnSave(join(sources, 'tsconfig.json'), join(folder, 'dist'));
	return () => {
		for (const watcher of [...copying, compiling]) watcher.close();
	};
}

function copyOnSave(from: string, to: string, named: RegExp): { close(): void } {
	mkdirSync(to, { recursive: true });
	const copy = (name: string | null) => {
		// Some editors save by putting a new file in the old one's place: between the two there is none.
		if (name && named.test(name) && existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
	};
	readdirSync(from).forEach(copy);
	return watch(from, (_event, name) => copy(name));
}

/** What `tsc --watch` does, in this process: with it ends the watching, too. */
function compileOnSave(config: string, outDir: string): { close(): void } {
	const format = {
		getCanonicalFileName: (name: string) => name,
		getCurrentDirectory: () => '',
		getNewLine: () => '\n',
	};
	const host = ts.createWatchCompilerHost(
		config,
		{ outDir, noEmitOnError: true },
		ts.sys,
		ts.createEmitAndSemanticDiagnosticsBuilderProgram,
		(diagnostic) => console.error(ts.formatDiagnosticsWithColorAndContext([diagnostic], format).trim()),
		(_status, _newLine, _options, errors) => {
			// Reported at the start of a compilation as well, then without a number.
			if (errors) console.error(`${time()}  not compiled: n8n keeps the node as it was`);
			else if (errors === 0) console.log(`${time()}  compiled`);
		},
	);
	return ts.createWatchProgram(host);
}

function time(): string {
	return new Date().toTimeString().slice(0, 8);
}
