import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './install.mjs';
import { program } from './program.mjs';

/** What a release is made from. */
export interface Release {
	/** The Git tag: `v1.2.3`. */
	tag: string;
	/** The text of package.json. */
	manifest: string;
	/** The text of CHANGELOG.md. */
	changelog: string;
	/** The texts of the other files that name the owner, by their paths. */
	others: Record<string, string>;
}

/** Stands in the package's files for what only the package's owner knows. */
const PLACEHOLDER = 'OWNER';

/** Besides package.json. */
const NAME_THE_OWNER = ['README.md', 'nodes/Wawp/Wawp.node.json'];

/** @returns a line for each thing that keeps a release from being published */
export function obstacles({ tag, manifest, changelog, others }: Release): string[] {
	const fields = JSON.parse(manifest) as Record<string, unknown>;
	const version = String(fields.version);
	const found = Object.entries(fields)
		.filter(([, value]) => JSON.stringify(value).includes(PLACEHOLDER))
		.map(([name]) => `"${name}" in package.json still has the placeholder ${PLACEHOLDER}`);
	for (const [path, text] of Object.entries(others)) {
		if (text.includes(PLACEHOLDER)) found.push(`${path} still has the placeholder ${PLACEHOLDER}`);
	}
	if (tag !== `v${version}`) found.push(`The tag is ${tag}, but the version in package.json is ${version}`);
	const heading = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d{2}-\\d{2}$`, 'm');
	if (!heading.test(changelog)) found.push(`CHANGELOG.md has no entry "## [${version}] - " with a date`);
	return found;
}

async function check(): Promise<number> {
	const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
	const found = obstacles({
		tag: process.argv[2] ?? '',
		manifest: read('package.json'),
		changelog: read('CHANGELOG.md'),
		others: Object.fromEntries(NAME_THE_OWNER.map((path) => [path, read(path)])),
	});
	for (const line of found) console.error(line);
	return found.length > 0 ? 1 : 0;
}

void program(check, import.meta.url);
