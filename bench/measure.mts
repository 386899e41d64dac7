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
	/** Requests that were one too many for the gateway's rate limit. */
	refused: number;
	/** Those of them that were sent although the gateway had asked for a pause. */
	duringPause: number;
	/** TLS handshakes that resumed no earlier session. */
	fullHandshakes: number;
	/** The most requests for one contact. */
	mostPerContact: number;
}

const RUNNER = new URL('runner.mts', import.meta.url);

/** The longest lists take a few minutes. */
const ENDS_WITHIN_MS = 30 * 60_000;

/** Runs a contestant over a list in a fresh process, on the Node.js that n8n 2 runs on. */
export async function measure(contestant: ContestantName, list: List, testbed: Testbed): Promise<Sample> {
	const { standIn, caFile, packageFolder } = testbed;
	const { trouble, chaos, rateLimit } = list;
	await standIn.reset({ latencyMs: LATENCY_MS });
	const measured = await new Promise<Measured>((resolve, reject) => {
		const args = [contestant, packageFolder, JSON.stringify(list)];
		const child = forkWithEngine(RUNNER, args, { proxyUrl: standIn.proxyUrl, caFile });
		child.on('message', (message) => {
			if (message !== 'ready') {
				resolve(message as Measured);
				return;
			}
			const day = { latencyMs: LATENCY_MS, trouble, ...(chaos && { chaos }), ...(rateLimit && { rateLimit }) };
			standIn.reset(day).then(() => child.send('go'), reject);
		});
		child.once('error', reject);
		const limit = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS).unref();
		child.once('exit', () => clearTimeout(limit));
		child.once('exit', (code) => reject(new Error(`${contestant} ended with code ${code} without a result`)));
	});
	return { ...measured, items: list.contacts * list.times, ...seenBy(await standIn.counts()) };
}

function seenBy({ lookUps, mostConnections, refused, duringPause, handshakes, perContact }: Counts) {
	const mostPerContact = Math.max(...Object.values(perContact));
	return {
		requests: lookUps,
		mostConnections,
		refused,
		duringPause,
		fullHandshakes: handshakes.full,
		mostPerContact,
	};
}
