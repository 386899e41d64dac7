import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { connectToStandIn } from '../../sandbox/gateway.mts';
import { installN8n, n8nVersion } from '../../sandbox/install.mts';
import { buildAndPack } from '../../scripts/package.mts';
import { registryWith } from '../../sandbox/registry.mts';
import { today, writeInto } from '../../scripts/markdown.mts';
import { program } from '../../scripts/program.mjs';
import { RestApi } from '../e2e/restApi.mts';
import { Cluster } from './cluster.mts';
import type { Phase, Stage } from './phases.mts';
import { notesOn, phasesTable, problemsOf } from './report.mts';
import { scenarios } from './scenarios.mts';
import { installServers } from './servers.mts';

/** How many lists the two workers get first. */
const FULL = 200;
const SHORT = 30;

/** @returns the exit code: 0 only if nothing was lost */
async function main(): Promise<number> {
	const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
	await installN8n('n8n-2');
	installServers();
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-wawp-queue-'));
	const registry = registryWith(buildAndPack(), 'n8n-2');
	const connection = await connectToStandIn({ [registry.host]: registry.handle });
	const phases: Phase[] = [];
	let cluster: Cluster | undefined;
	try {
		cluster = await Cluster.start(folder, { ...connection.env, ...registry.env });
		const server = await cluster.main();
		const api = await RestApi.signIn(server.url);
		const stage: Stage = { cluster, main: server, api, gateway: connection.standIn.gateway };
		for await (const phase of scenarios(stage, values.short ? SHORT : FULL)) {
			phases.push(phase);
			console.log(`done: ${phase.what}`);
		}
	} catch (error) {
		console.error(`All logs are in ${folder}`);
		throw error;
	} finally {
		await cluster?.stop();
		await connection.close();
	}
	const table = `${phasesTable(phases)}\n\n${notesOn(phases)}`;
	console.log(`\n${table}`);
	const problems = problemsOf(phases);
	for (const problem of problems) console.error(problem);
	if (problems.length === 0) rmSync(folder, { recursive: true, force: true });
	else console.error(`All logs are in ${folder}`);
	if (!values.short && problems.length === 0) {
		await writeInto('test/queue/results.md', 'queue', `Run on ${today()}, n8n ${n8nVersion('n8n-2')}:\n\n${table}`);
		console.log('\nWritten: test/queue/results.md');
	}
	return problems.length > 0 ? 1 : 0;
}

await program(main);
