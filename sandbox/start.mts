import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';

import { CACHE, ROOT, Stop } from '../scripts/install.mjs';
import { program } from '../scripts/program.mjs';
import { ENRICH_LEADS, importExamples } from './examples.mts';
import { type Branches, branchesOf, readRunData } from './execution.mts';
import { connectToRealGateway, connectToStandIn } from './gateway.mts';
import { installN8n } from './install.mts';
import { n8nCommand, type Setup } from './n8n.mts';
import { buildAndPack, installAsCommunityNode } from '../scripts/package.mts';
import { editorPort } from './ports.mts';
import { showEditor } from './showEditor.mts';

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

/**
 * The main job: n8n with the packed node, an example executed in it, both branches printed, then the editor.
 *
 * @param once ends after the branches
 * @param isReal looks the example's leads up at the real gateway, with the credential in the environment
 * @returns the exit code: 0 only if every lead came out on the branch it should
 */
async function start(once: boolean, isReal: boolean): Promise<number> {
	const real = isReal ? connectToRealGateway() : undefined;
	const port = await editorPort('npm start', !once);
	await installN8n('n8n-2');

	const userFolder = join(ROOT, '.sandbox', once ? 'once' : 'editor');
	const logFile = join(CACHE, 'logs', 'sandbox.log');
	rmSync(logFile, { force: true });
	// For an execution that has to come out right, nothing of an earlier one may be left.
	if (once) rmSync(userFolder, { recursive: true, force: true });
	console.log('Building the node, and installing its package into n8n as a community node ...');
	installAsCommunityNode(buildAndPack(), userFolder);

	const gateway = real ?? (await connectToStandIn());
	const setup: Setup = { line: 'n8n-2', userFolder, logFile, port, env: gateway.env };
	try {
		await importExamples(setup, gateway.credential);
		console.log('Executing the workflow ...');
		const executed = n8nCommand(setup, ['execute', `--id=${ENRICH_LEADS}`, '--rawOutput']);
		if (!once) {
			await executed.then(readRunData).then(branchesOf).then(printBranches).catch(explain);
			await showEditor(setup);
			return 0;
		}
		const branches = branchesOf(readRunData(await executed));
		printBranches(branches);
		const wrong = real ? [] : misplaced(branches);
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

/** Prints both branches of an execution as tables, a lead a row. */
function printBranches({ pictures, failures }: Branches): void {
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
function misplaced({ pictures, failures }: Branches): string[] {
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

await program(async () => await start(process.argv.includes('--once'), process.argv.includes('--real')));
