import { buildSync } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What n8n loads, each as one file with everything in it that is not n8n's own. */
const ENTRIES = ['nodes/Wawp/Wawp.node.ts', 'credentials/WawpApi.credentials.ts'];

const NOTICE = `The files in this folder contain the packages named below, as far as they are used. Their licenses follow.`;

/**
 * Bundles the node, and puts the licenses of the packages in it beside it. Types are not looked at.
 *
 * A community node may not depend on packages, so what it uses of them goes into its own files. These stay readable:
 * n8n's reviewers read what is published.
 *
 * @param {string} sources the repository, or a copy of what is published of it
 * @param {string} folder for what is built; files in it are replaced
 */
export function bundle(sources, folder) {
	const { metafile } = buildSync({
		absWorkingDir: sources,
		entryPoints: ENTRIES,
		outbase: '.',
		outdir: folder,
		bundle: true,
		external: ['n8n-workflow'],
		platform: 'node',
		// n8n 1 runs on Node 20.
		target: 'node20',
		format: 'cjs',
		charset: 'utf8',
		legalComments: 'none',
		metafile: true,
		logLevel: 'warning',
	});
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), licenses(sources, Object.keys(metafile.inputs)));
}

/** @param {string[]} files what was bundled, relative to the sources */
function licenses(sources, files) {
	const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
	const parts = [...new Set(folders)].filter(Boolean).map((folder) => {
		const path = join(sources, folder);
		const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
		const texts = readdirSync(path)
			.filter((file) => /^licen[sc]e/i.test(file))
			.map((file) => readFileSync(join(path, file), 'utf8').trim());
		return [`${name} ${version} (${license})`, ...texts].join('\n\n');
	});
	return `${[NOTICE, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
