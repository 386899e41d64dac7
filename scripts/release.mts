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

/** What only the package's owner knows stands in the package's files as this word, until they put in their own. */
const PLACEHOLDER = 'OWNER';

/**
 * What keeps a release from being published.
 *
 * @returns a line for each; empty where nothing does
 */
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
