import type { Counts } from '../test/stand-in/gateway.mts';
import type { ContestantName } from './contestants.mts';
import { forkWithEngine } from '../sandbox/engineProcess.mts';
import { LATENCY_MS, type List } from './lists.mts';
import type { Measured } from './runner.mts';
import type { Testbed } from '../sandbox/testbed.mts';

/** What one run of one contestant over one list showed, from inside and from the gateway's side. */
export interface Sample extends Measured {
	items: number;
	requests: number;
	mostConnections: number;
	/** The most requests for one contact. */
	mostPerContact: number;
}

const RUNNER = new URL('runner.mts', import.meta.url);

/** Runs a contestant over a list in a fresh process, on the Node.js that n8n 2 runs on. */
export async function measure(contestant: ContestantName, list: List, testbed: Testbed): Promise<Sample> {
	const { standIn, caFile, packageFolder } = testbed;
	const { trouble, chaos } = list;
	await standIn.reset({ latencyMs: LATENCY_MS });
	const measured = await new Promise<Measured>((resolve, reject) => {
		const args = [contestant, packageFolder, JSON.stringify(list)];
		const child = forkWithEngine(RUNNER, args, { proxyUrl: standIn.proxyUrl, caFile });
		child.on('message', (message) => {
			if (message !== 'ready') {
				resolve(message as Measured);
				return;
			}
			standIn.reset({ latencyMs: LATENCY_MS, trouble, ...(chaos && { chaos }) }).then(() => child.send('go'), reject);
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
