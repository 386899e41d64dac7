import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Counts } from './gateway.mts';

/** What a stand-in of its own process is asked. */
export type Order = { reset: { latencyMs: number; trouble: number } } | 'counts';

/** A stand-in in a process of its own, so that its work is not counted with that of whom it serves. */
export interface StandInProcess {
	proxyUrl: string;
	/** Forgets what it has counted and cached. */
	reset(behaviour: { latencyMs: number; trouble: number }): Promise<void>;
	counts(): Promise<Counts>;
	close(): Promise<void>;
}

/** @param caFile the authority's certificate, as `makeCertificates` made it */
export async function forkStandIn(caFile: string): Promise<StandInProcess> {
	const main = fileURLToPath(new URL('main.mts', import.meta.url));
	const child = fork(main, [caFile], { execArgv: ['--import', 'tsx'] });
	const answer = async () => ((await once(child, 'message')) as [unknown])[0];
	const order = async (what: Order) => {
		const answered = answer();
		child.send(what);
		return await answered;
	};
	return {
		proxyUrl: (await answer()) as string,
		reset: async (behaviour) => void (await order({ reset: behaviour })),
		counts: async () => (await order('counts')) as Counts,
		close: async () => {
			const ended = once(child, 'exit');
			child.disconnect();
			await ended;
		},
	};
}
