import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { ROOT, Stop } from './install.mjs';

const README = join(ROOT, 'README.md');

/**
 * Puts what a command has measured into the README, in the place of what it put there before.
 *
 * @param mark the place is between the comments `<!-- mark: ... -->` and `<!-- end of mark -->`
 * @throws {Stop} where there is no such place
 */
export async function writeIntoReadme(mark: string, text: string): Promise<void> {
	const place = new RegExp(`(<!-- ${mark}: .*? -->\\n)[^]*?(\\n<!-- end of ${mark} -->)`);
	const readme = readFileSync(README, 'utf8');
	if (!place.test(readme)) throw new Stop(`The README has no place for "${mark}", between two comments`);
	const written = readme.replace(place, (_, start: string, end: string) => `${start}\n${text}\n${end}`);
	writeFileSync(README, await format(written, { ...(await resolveConfig(README)), filepath: README }));
}

/** A table in Markdown. */
export function markdownTable(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
