import { setTimeout as sleep } from 'node:timers/promises';

import { clock } from '../../nodes/Wawp/n8n/systemClock';
import type { StandIn } from '../stand-in/standIn.mts';
import { until } from '../until.mts';
import { startEnvironment } from './environment.mts';
import { useOwnInstance } from './instance.mts';
import { runInEngine } from './wawp.mts';

/**
 * Gives a test file a stand-in of its own, from before its first test until after its last, with nothing counted or
 * cached at the start of each test.
 */
export function withStandIn(): { readonly standIn: StandIn } {
	let standIn: StandIn | undefined;
	beforeAll(async () => {
		standIn = await startEnvironment();
		// n8n loads and compiles what makes requests with the first of them, which is to use up no test's timeout.
		await runInEngine({ leads: [{ phone: '15551239999' }] });
	});
	beforeEach(() => {
		standIn?.gateway.reset();
		useOwnInstance();
	});
	afterAll(async () => await standIn?.close());
	return {
		get standIn() {
			if (!standIn) throw new Error('The stand-in runs only during tests');
			return standIn;
		},
	};
}

/**
 * Makes time pass faster for the node, which so keeps its waits and pauses, and is done with them soon.
 *
 * @param pace how many times faster
 * @returns what sets it back
 */
export function hurryClock(pace: number): () => void {
	const { now, sleep } = clock;
	clock.now = () => pace * now();
	clock.sleep = async (ms, signal) => await sleep(ms / pace, signal);
	return () => void Object.assign(clock, { now, sleep });
}

const CLOSING_MS = 2000;

/** How an execution is stopped once something has happened, for `whenRunning`. If it never happens, it is not stopped. */
export function stopOnce(hasHappened: () => boolean): (cancel: () => void) => void {
	return (cancel) => void until('what the execution is stopped after', hasHappened, AMPLE_MS).then(cancel, () => {});
}

/** A timeout that nothing is to reach, however busy the machine is. */
export const AMPLE_MS = 15_000;

/**
 * Expects that soon no connection is being made, waits for an answer, or for the rest of one, and that it stays so.
 *
 * Closing takes a moment, and what was sent just before may still arrive. The stand-in runs in this very process, so turns
 * of the event loop tell more than time does: on a busy machine both sides are late.
 */
export async function noConnectionOpen({ gateway }: StandIn): Promise<void> {
	const end = performance.now() + CLOSING_MS;
	for (let quietTurns = 0; quietTurns < 10; quietTurns += 1) {
		await sleep(10);
		if (gateway.connectionsOpen === 0) continue;
		if (performance.now() > end) expect(gateway.connectionsOpen).toBe(0);
		quietTurns = 0;
	}
}
