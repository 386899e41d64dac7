import { describeReply, type Row } from './describe.mts';
import type { PlannedRequest } from './plan.mts';
import type { Reply } from './send.mts';
import type { Settings } from './settings.mts';

/** The service advises one live look-up a second. */
const PACE_MS = 1000;

/** What a run of the plan uses of the world. */
export interface World {
	send: (planned: PlannedRequest) => Promise<Reply>;
	wait: (ms: number) => Promise<unknown>;
	/** Milliseconds since 1970. */
	now: () => number;
}

/**
 * Sends one request after the other, each at least a second after the one before has been answered.
 */
export async function runPlan(plan: PlannedRequest[], settings: Settings, world: World): Promise<Row[]> {
	const rows: Row[] = [];
	for (const planned of plan) {
		if (rows.length > 0) await world.wait(PACE_MS);
		const reply = await world.send(planned);
		rows.push(describeReply(planned, reply, { ...settings, now: world.now() }));
	}
	return rows;
}
