import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { ROOT, Stop } from './install.mjs';

/**
 * Puts what a command has measured into a file, in the place of what it put there before.
 *
 * @param file relative to the repository
 * @param mark the place is between the comments `<!-- mark: ... -->` and `<!-- end of mark -->`
 * @throws {Stop} where there is no such place
 */
export async function writeInto(file: string, mark: string, text: string): Promise<void> {
	const path = join(ROOT, file);
	const place = new RegExp(`(<!-- ${mark}: .*? -->\\n)[^]*?(\\n<!-- end of ${mark} -->)`);
	const before = readFileSync(path, 'utf8');
	if (!place.test(before)) throw new Stop(`${file} has no place for "${mark}", between two comments`);
	const after = before.replace(place, (_, start: string, end: string) => `${start}\n${text}\n${end}`);
	writeFileSync(path, await format(after, { ...(await resolveConfig(path)), filepath: path }));
}

/** A table in Markdown. */
export function markdownTable(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The day for a report: `2026-11-26`, in UTC. */
export function today(): string {
	return new Date().toISOString().slice(0, 10);
}
