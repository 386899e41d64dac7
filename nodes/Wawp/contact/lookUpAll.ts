import type { Clock } from '../batch/clock';
import { schedule } from '../batch/schedule';
import type { Failure } from '../gateway/failure';
import type { Gateway } from '../gateway/gateway';
import { LookUps } from './lookUps';
import type { Options } from './options';
import type { Result } from './output';
import type { ReadQuery } from './query';

/** After so many items the rest of n8n gets a turn: a long stretch of items that need no request would block it. */
const ITEMS_PER_BREATH = 100;

/** What one run of the node has to look up, and how. */
export interface Run {
	itemCount: number;
	/** What to ask for an item. It is called once per item, in order, and not before its turn. */
	read(itemIndex: number): ReadQuery;
	options: Options;
	gateway: Gateway;
	/** Whether the first failure ends the run (On Error: Stop Workflow). */
	stopsAtFailure: boolean;
	/** Fires when the execution is stopped. */
	cancel?: AbortSignal;
	clock: Clock;
}

/** What came of a run. */
export interface LookedUp {
	/** In input order. `undefined` only for items that a run which was stopped, or stopped itself, did not get to. */
	results: Array<Result | undefined>;
	/** How many items shared the look-up of an earlier one. */
	duplicates: number;
	/** How many contacts were asked for with `refresh`. */
	liveLookUps: number;
	/** How long the gateway held the run back, in milliseconds. */
	heldBackMs: number;
}

/**
 * Looks up the contacts of all items, each contact once. Never rejects.
 *
 * Once the credential or the session turns out dead, the items that are left fail with that reason, without a request.
 * When the execution is stopped, and with `stopsAtFailure` at the first failure, it ends at once.
 */
export async function lookUpAll({
	itemCount,
	read,
	options,
	gateway,
	stopsAtFailure,
	cancel,
	clock,
}: Run): Promise<LookedUp> {
	const lookUps = new LookUps(gateway, options, clock);
	const firstOf = new Map<string, number>();
	const sameAs = new Map<number, number>();
	let liveLookUps = 0;

	const look = async (itemIndex: number): Promise<Result | undefined> => {
		const query = read(itemIndex);
		const { contactId } = query;
		if ('failure' in query) return refused(contactId, query.failure);
		const key = `${contactId} ${query.refresh}`;
		const first = firstOf.get(key);
		if (first !== undefined) {
			sameAs.set(itemIndex, first);
			return undefined;
		}
		firstOf.set(key, itemIndex);
		if (lookUps.deadEnd) return refused(contactId, lookUps.deadEnd);
		if (query.refresh) liveLookUps += 1;
		const found = await lookUps.lookUp(query, itemIndex);
		return found && { contactId, ...found };
	};

	let isStopped = cancel?.aborted === true;
	const stopBehind = (itemIndex: number) => {
		isStopped = true;
		lookUps.stopBehind(itemIndex);
	};
	const stop = () => stopBehind(-1);
	let breath: Promise<void> | undefined;
	const breathe = async () => {
		await clock.breathe();
		breath = undefined;
	};
	cancel?.addEventListener('abort', stop);
	const results = await schedule(
		itemCount,
		options.concurrency,
		async (itemIndex) => {
			if (itemIndex > 0 && itemIndex % ITEMS_PER_BREATH === 0) breath = breathe();
			if (breath) await breath;
			const result = await look(itemIndex);
			if (stopsAtFailure && result?.outcome.kind === 'failure') stopBehind(itemIndex);
			return result;
		},
		() => isStopped,
	);
	cancel?.removeEventListener('abort', stop);
	lookUps.finish();

	for (const [itemIndex, first] of sameAs) results[itemIndex] = results[first];
	return { results, duplicates: sameAs.size, liveLookUps, heldBackMs: lookUps.heldBackMs };
}

/**
 * The run that cannot begin: each item fails with that reason, or with what is wrong with the item itself.
 */
export function refuseAll(itemCount: number, read: Run['read'], why: Failure): LookedUp {
	const results = Array.from({ length: itemCount }, (_, itemIndex) => {
		const query = read(itemIndex);
		return refused(query.contactId, 'failure' in query ? query.failure : why);
	});
	return { results, duplicates: 0, liveLookUps: 0, heldBackMs: 0 };
}

function refused(contactId: Result['contactId'], why: Failure): Result {
	return { contactId, attempts: 0, outcome: { kind: 'failure', failure: why } };
}
