import Table from 'cli-table3';

import type { Branches } from './execution.mts';

/** On which branch each lead of the first example has to come out, when the stand-in answers. */
const EXPECTED: Record<string, string> = {
	Ada: 'picture',
	Ben: 'picture',
	Cleo: 'picture',
	Dara: 'no picture',
	Eli: 'invalid-contact-id',
	Fay: 'rate-limited',
	Gus: 'temporarily-unavailable',
	Hana: 'picture',
	Ivy: 'picture',
	Jack: 'picture',
	Kim: 'picture',
	Lars: 'picture',
	Mia: 'picture',
	Nils: 'picture',
	Olga: 'invalid-contact-id',
};

/** Prints both branches of an execution as tables, a lead a row. */
export function printBranches({ pictures, failures }: Branches): void {
	print(
		`Success branch: ${pictures.length} items`,
		{ lead: 8, id: 22, url: 62 },
		pictures.map(({ lead, json }) => [lead.name, json.id, json.url ?? 'null (no picture to see)']),
	);
	print(
		`Error branch: ${failures.length} items`,
		{ lead: 8, reason: 26, 'what happened, and what to do': 58 },
		failures.map(({ json }) => {
			const { reason, message, description } = json.error as Record<string, unknown>;
			return [json.name, reason, `${message}. ${description}.`];
		}),
	);
}

/** A line for each lead of the example that did not come out where it should, or came out twice, or not at all, or is new. */
export function misplaced({ pictures, failures }: Branches): string[] {
	const found = new Map<unknown, string[]>();
	const add = (name: unknown, what: string) => found.set(name, [...(found.get(name) ?? []), what]);
	for (const { lead, json } of pictures) add(lead.name, json.url === null ? 'no picture' : 'picture');
	for (const { json } of failures) add(json.name, String((json.error as { reason?: string }).reason));
	const unknown = [...found.keys()].filter((name) => !Object.hasOwn(EXPECTED, String(name)));
	const wrong = Object.entries(EXPECTED)
		.filter(([name, expected]) => found.get(name)?.join() !== expected)
		.map(([name, expected]) => `${name} should be "${expected}", but is "${found.get(name)?.join() ?? 'lost'}"`);
	return [...wrong, ...unknown.map((name) => `${name} is on no list of what should come out`)];
}

function print(title: string, columns: Record<string, number>, rows: unknown[][]): void {
	const table = new Table({
		head: Object.keys(columns),
		colWidths: Object.values(columns),
		wordWrap: true,
		wrapOnWordBoundary: true,
		style: { head: [], border: [] },
	});
	table.push(...rows.map((row) => row.map(String)));
	console.log(`\n${title}\n${table.toString()}`);
}
