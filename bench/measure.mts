import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { nodeBinary } from '../sandbox/install.mts';
import type { Counts } from '../test/stand-in/gateway.mts';
import type { StandInProcess } from '../test/stand-in/process.mts';
import type { ContestantName } from './contestants.mts';
import { LATENCY_MS, type List } from './lists.mts';
import type { Measured } from './runner.mts';

/** What one run of one contestant over one list showed, from inside and from the gateway's side. */
export interface Sample extends Measured {
	items: number;
	requests: number;
	mostConnections: number;
	/** The most requests for one contact. */
	mostPerContact: number;
}

/** Where the runs take place. */
export interface Venue {
	standIn: StandInProcess;
	/** The stand-in's authority. */
	caFile: string;
	/** Where the packed node was installed. */
	packageFolder: string;
}

const RUNNER = fileURLToPath(new URL('runner.mts', import.meta.url));
const NODE_MODULES = fileURLToPath(new URL('../sandbox/n8n-2/node_modules', import.meta.url));
const SANDBOX_MODULES = new URL('sandboxModules.mjs', import.meta.url).href;

/** Runs a contestant over a list in a fresh process, on the Node.js that n8n 2 runs on. */
export async function measure(contestant: ContestantName, list: List, venue: Venue): Promise<Sample> {
	const { standIn, caFile, packageFolder } = venue;
	await standIn.reset({ latencyMs: LATENCY_MS, trouble: 0 });
	const measured = await new Promise<Measured>((resolve, reject) => {
		const child = fork(RUNNER, [contestant, packageFolder, JSON.stringify(list)], {
			execPath: nodeBinary(),
			execArgv: ['--expose-gc', '--import', SANDBOX_MODULES, '--import', 'tsx'],
			env: {
				...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$|^N8N_/i.test(name))),
				NODE_ENV: 'production',
				// How n8n, too, lets an installed node find its n8n-workflow.
				NODE_PATH: NODE_MODULES,
				N8N_LOG_LEVEL: 'silent',
				HTTPS_PROXY: standIn.proxyUrl,
				NODE_EXTRA_CA_CERTS: caFile,
			},
		});
		child.on('message', (message) => {
			if (message !== 'ready') {
				resolve(message as Measured);
				return;
			}
			standIn.reset({ latencyMs: LATENCY_MS, trouble: list.trouble }).then(() => child.send('go'), reject);
		});
		child.once('error', reject);
		child.once('exit', (code) => reject(new Error(`${contestant} ended with code ${code} without a result`)));
	});
	return { ...measured, items: list.contacts * list.times, ...seenBy(await standIn.counts()) };
}

function seenBy({ lookUps, mostConnections, perContact }: Counts) {
	const mostPerContact = Math.max(...Object.values(perContact));
	return { requests: lookUps, mostConnections, mostPerContact };
}
