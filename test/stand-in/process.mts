import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Books } from './books.mts';
import type { Chaos } from './chaos.mts';
import type { DialectName } from './dialects.mts';
import type { Counts } from './gateway.mts';
import type { Outage } from './outages.mts';
import type { RateLimit } from './throttle.mts';

/** How a gateway is on the day; see its fields of these names. */
export interface Day {
	latencyMs: number;
	trouble?: number;
	rateLimit?: RateLimit;
	chaos?: Chaos;
	dialect?: DialectName;
	outages?: Outage[];
	books?: Books;
}

/** What a stand-in of its own process is asked. */
export type Order = { reset: Day } | 'counts';

/** A stand-in in a process of its own, so that its work is not counted with that of whom it serves. */
export interface StandInProcess {
	proxyUrl: string;
	/** Forgets what it has counted and cached. */
	reset(day: Day): Promise<void>;
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
		reset: async (day) => void (await order({ reset: day })),
		counts: async () => (await order('counts')) as Counts,
		close: async () => {
			const ended = once(child, 'exit');
			child.disconnect();
			await ended;
		},
	};
}
