import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE, ROOT, Stop } from '../scripts/install.mjs';
import { makeCertificates } from '../test/stand-in/certificates.mts';
import { GOOD_CREDENTIAL } from '../test/stand-in/credentials.mts';
import { startStandIn } from '../test/stand-in/standIn.mts';
import { type Branches, readBranches } from './execution.mts';
import { installN8n } from './install.mts';
import { isBusy, n8nCommand, n8nServer, type Setup } from './n8n.mts';
import { OWNER, setUpOwner } from './owner.mts';
import { buildAndPack, installAsCommunityNode } from './package.mts';
import { printBranches } from './tables.mts';

/** On which branch each lead of workflow.json has to come out, when the stand-in answers. */
const EXPECTED: Record<string, string> = {
	Ada: 'picture',
	Ben: 'picture',
	Cleo: 'picture',
	Dara: 'no picture',
	Eli: 'invalid-contact-id',
	Fay: 'rate-limited',
	Gus: 'temporarily-unavailable',
	Hana: 'picture',
};

const WORKFLOW = join(ROOT, 'sandbox', 'workflow.json');
const WORKFLOW_ID = 'wawpSandboxLeads';

async function main(once: boolean): Promise<number> {
	const port = Number(process.env.N8N_PORT ?? 5678);
	if (!once && (await isBusy(port))) {
		throw new Stop(`Port ${port} is busy. Stop what listens there, or choose another: N8N_PORT=5680 npm start`);
	}
	await installN8n('n8n-2');

	const folder = join(ROOT, '.sandbox');
	const setup: Setup = { line: 'n8n-2', userFolder: folder, logFile: join(CACHE, 'logs', 'sandbox.log'), port };
	rmSync(setup.logFile, { force: true });
	console.log('Building the node, and installing its package into n8n as a community node ...');
	installAsCommunityNode(buildAndPack(), folder);

	const gateway = await connect();
	Object.assign(setup, { env: gateway.env });
	try {
		console.log('Importing a credential and a workflow, and executing it ...');
		const branches = await execute(setup, gateway.credential);
		printBranches(branches);
		const wrong = gateway.isReal ? [] : misplaced(branches);
		for (const line of wrong) console.error(line);
		if (once) return wrong.length > 0 ? 1 : 0;

		console.log('\nStarting the editor ...');
		const server = await n8nServer(setup);
		await setUpOwner(server.url);
		console.log(`\nThe editor:  ${server.url}/workflow/${WORKFLOW_ID}`);
		console.log(`Sign in:     ${OWNER.email}   password: ${OWNER.password}`);
		console.log('Stop:        Ctrl+C');
		const interrupted = new Promise<void>((resolve) => {
			for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
		});
		await Promise.race([interrupted, server.ended]);
		await server.stop();
		return 0;
	} finally {
		await gateway.close();
	}
}

interface Connection {
	isReal: boolean;
	credential: { instance_id: string; access_token: string };
	env: Record<string, string>;
	close(): Promise<void>;
}

/** The real gateway where its credential is in the environment, else the stand-in. */
async function connect(): Promise<Connection> {
	const { WAWP_INSTANCE_ID: instance_id, WAWP_ACCESS_TOKEN: access_token } = process.env;
	if (instance_id && access_token) {
		console.log('Using the real gateway at api.wawp.net, with WAWP_INSTANCE_ID and WAWP_ACCESS_TOKEN.');
		return { isReal: true, credential: { instance_id, access_token }, env: {}, close: async () => {} };
	}
	console.log('Using a stand-in for the gateway on this machine: invented answers, nothing leaves it.');
	const caFile = await makeCertificates(join(CACHE, 'sandbox-ca'));
	const standIn = await startStandIn(caFile);
	return {
		isReal: false,
		credential: GOOD_CREDENTIAL,
		env: { HTTPS_PROXY: standIn.proxyUrl, NO_PROXY: 'localhost,127.0.0.1', NODE_EXTRA_CA_CERTS: caFile },
		close: standIn.close,
	};
}

async function execute(setup: Setup, data: Connection['credential']): Promise<Branches> {
	const file = join(CACHE, 'sandbox-credential.json');
	mkdirSync(CACHE, { recursive: true });
	const credential = { id: 'wawpSandboxCred', name: 'Wawp (sandbox)', type: 'wawpApi', data };
	writeFileSync(file, JSON.stringify([credential]), { mode: 0o600 });
	try {
		await n8nCommand(setup, ['import:credentials', `--input=${file}`]);
	} finally {
		rmSync(file);
	}
	await n8nCommand(setup, ['import:workflow', `--input=${WORKFLOW}`]);
	return readBranches(await n8nCommand(setup, ['execute', `--id=${WORKFLOW_ID}`, '--rawOutput']));
}

/** A line for each lead that did not come out where it should, or came out twice, or not at all. */
function misplaced({ pictures, failures }: Branches): string[] {
	const found = new Map<unknown, string[]>();
	const add = (name: unknown, what: string) => found.set(name, [...(found.get(name) ?? []), what]);
	for (const { lead, json } of pictures) add(lead.name, json.url === null ? 'no picture' : 'picture');
	for (const { json } of failures) add(json.name, String((json.error as { reason?: string }).reason));
	return Object.entries(EXPECTED)
		.filter(([name, expected]) => found.get(name)?.join() !== expected)
		.map(([name, expected]) => `${name} should be "${expected}", but is "${found.get(name)?.join() ?? 'lost'}"`);
}

try {
	process.exitCode = await main(process.argv.includes('--once'));
} catch (error) {
	if (!(error instanceof Stop)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
