import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { buildAndPack } from './package.mts';
import { CACHE, ROOT, Stop } from './install.mjs';
import { program } from './program.mjs';

const FOLDER = join(CACHE, 'scan');

/** What n8n's scanner reads of a published package: the same patterns as in its `analyzePackageByName`. */
const PUBLISHED_FILES = ['**/*.js', 'package.json'];

/**
 * Runs the rules of `@n8n/scan-community-package`, by which n8n verifies a published package, before it is published.
 *
 * The scanner itself downloads the package, checks that npm attests its provenance, and downloads the sources that the
 * attestation names. Here the tarball is the one that `npm pack` makes, and the sources are those in the repository.
 *
 * @param tarball of another package, whose sources are not at hand
 * @returns the exit code: 0 only if nothing was found
 */
async function scan(tarball?: string): Promise<number> {
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER, { recursive: true });
	// The scanner makes a folder for its downloads as soon as it is imported, and never removes it.
	for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = FOLDER;
	const { analyzePackage, SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	try {
		const results = [
			...(tarball ? [] : [{ what: 'the sources', ...(await analyzePackage(ROOT, SOURCE_FILE_PATTERNS)) }]),
			{ what: 'the package', ...(await analyzePackage(unpack(tarball ?? buildAndPack()), PUBLISHED_FILES)) },
		];
		// Where there was no file to read, the scanner has passed it, with a message.
		const isClean = ({ passed, message }: (typeof results)[number]) => passed && message === undefined;
		for (const result of results) {
			if (isClean(result)) console.log(`In ${result.what}: 0 findings`);
			else console.error(`In ${result.what}: ${result.message}\n${result.details ?? ''}`);
		}
		return results.every(isClean) ? 0 : 1;
	} finally {
		rmSync(FOLDER, { recursive: true });
	}
}

/** Unpacks a tarball as the scanner does. */
function unpack(tarball: string): string {
	const { status, stderr } = spawnSync('tar', ['-xzf', resolve(tarball)], { cwd: FOLDER, encoding: 'utf8' });
	if (status !== 0) throw new Stop(`The packed node cannot be unpacked:\n${stderr}`);
	return join(FOLDER, 'package');
}

await program(async () => await scan(process.argv[2]));
