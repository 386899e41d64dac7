import { failure, type Failure } from '../failure';
import type { Gateway } from '../gateway/gateway';
import type { Outcome } from '../gateway/outcome';
import type { Clock } from '../limits/clock';
import type { InstanceLimiters } from '../limits/instanceLimiters';
import type { Pictures } from '../picture/pictures';
import { Downloads } from './downloads';
import type { ReadQuery, ItemResult } from './itemResult';
import { type LookUpResult, LookUps } from './lookUps';
import { mapConcurrently } from './mapConcurrently';
import type { RunOptions } from './options';

/** After so many items the rest of n8n gets a turn: a long stretch of items that need no request would block it. */
const ITEMS_PER_YIELD = 100;

/** What one run of the node has to look up, and how. */
export interface Run {
	itemCount: number;
	/** What to ask for an item. It is called once per item, in order, and not before its turn. */
	read(itemIndex: number): ReadQuery;
	options: RunOptions;
	gateway: Gateway;
	/** What this run shares with all others of the process. */
	limiters: InstanceLimiters;
	/** Where the pictures themselves come from, for the items that want them. */
	pictures: Pictures;
	/** Whether the first failure ends the run (On Error: Stop Workflow). */
	stopsAtFailure: boolean;
	/** Fires when the execution is stopped. */
	cancel?: AbortSignal;
	clock: Clock;
}

/** What came of a run. */
export interface LookedUp {
	/** In input order. `undefined` only for items that a run which was stopped, or stopped itself, did not get to. */
	results: Array<ItemResult | undefined>;
	/** How many items shared the requests of an earlier one. */
	duplicates: number;
	/** How many contacts were asked for with `refresh`. */
	refreshed: number;
	/** For how many a live look-up was wanted because the address of their picture no longer worked. */
	refetchedUrls: number;
	/** How many requests for a contact were sent to the gateway. */
	requestsSent: number;
	/** How long the gateway held the run back, in milliseconds. */
	pausedMs: number;
	/** How long live look-ups waited because nothing else was set than what Wawp advises, in milliseconds. */
	livePacedMs: number;
	/** Why the run stopped asking, where too many contacts in a row had failed for no reason of their own. */
	stoppedAsking?: Failure;
}

/**
 * Looks up the contacts of all items, each contact once. Never rejects.
 *
 * Once it is known that asking on is in vain (a dead credential or session, a pause that is too long to wait for), the
 * items that are left fail with that reason, without a request.
 * When the execution is stopped, and with `stopsAtFailure` at the first failure, it ends at once.
 */
export async function lookUpAll({
	itemCount,
	read,
	options,
	gateway,
	limiters,
	pictures,
	stopsAtFailure,
	cancel,
	clock,
}: Run): Promise<LookedUp> {
	const lookUps = new LookUps(gateway, options, limiters, clock);
	const downloads = new Downloads(pictures, lookUps, options, clock);
	const firstOf = new Map<string, number>();
	const sameAs = new Map<number, number>();
	const askedFor = new Set<string>();
	let duplicates = 0;
	let refreshed = 0;

	let isStopped = cancel?.aborted === true;
	const abortItemsAfter = (itemIndex: number) => {
		isStopped = true;
		lookUps.abortItemsAfter(itemIndex);
		downloads.abortItemsAfter(itemIndex);
	};
	const stop = () => abortItemsAfter(-1);
	const keep = (itemIndex: number, result: Unsettled) => {
		if (stopsAtFailure && result.outcome.kind === 'failure') abortItemsAfter(itemIndex);
		return result;
	};
	const resultOf = async (itemIndex: number): Promise<Unsettled | undefined> => {
		const query = read(itemIndex);
		const { contactId } = query;
		if ('failure' in query) return keep(itemIndex, failedWithoutRequest(contactId, query.failure));
		const { refresh, downloadPicture, failsWithoutPicture } = query;
		const key = `${contactId} ${refresh} ${downloadPicture} ${failsWithoutPicture}`;
		const first = firstOf.get(key);
		if (first !== undefined) {
			sameAs.set(itemIndex, first);
			return undefined;
		}
		firstOf.set(key, itemIndex);
		if (lookUps.fatalFailure) return keep(itemIndex, failedWithoutRequest(contactId, lookUps.fatalFailure));
		const lookUpKey = `${contactId} ${refresh}`;
		const isDuplicate = askedFor.has(lookUpKey);
		askedFor.add(lookUpKey);
		const found = await lookUps.lookUp(query, itemIndex);
		if (found?.attempts && isDuplicate) duplicates += 1;
		else if (found?.attempts && refresh) refreshed += 1;
		const complete = found && downloadPicture ? await downloads.complete(found, query, itemIndex) : found;
		if (!complete) return undefined;
		const { outcome } = complete;
		return keep(itemIndex, {
			contactId,
			...complete,
			outcome: failsWithoutPicture ? withPicture(outcome) : outcome,
			failsWithoutPicture,
		});
	};

	let pendingYield: Promise<void> | undefined;
	const yieldToEventLoop = async () => {
		await clock.yieldToEventLoop();
		pendingYield = undefined;
	};
	cancel?.addEventListener('abort', stop);
	const unsettled = await mapConcurrently(
		itemCount,
		options.concurrency,
		async (itemIndex) => {
			if (itemIndex > 0 && itemIndex % ITEMS_PER_YIELD === 0) pendingYield = yieldToEventLoop();
			if (pendingYield) await pendingYield;
			return isStopped ? undefined : await resultOf(itemIndex);
		},
		() => isStopped,
	).finally(async () => {
		await lookUps.finish();
		cancel?.removeEventListener('abort', stop);
		downloads.finish();
	});
	const results = unsettled.map((result) => result && settled(result, lookUps));

	for (const [itemIndex, first] of sameAs) {
		results[itemIndex] = results[first];
		if (results[first]?.attempts) duplicates += 1;
	}
	const { requestsStarted: requestsSent, pausedMs, livePacedMs, stoppedAsking } = lookUps;
	const { refetchedUrls } = downloads;
	const waited = { requestsSent, pausedMs, livePacedMs };
	return { results, duplicates, refreshed, refetchedUrls, ...waited, ...(stoppedAsking && { stoppedAsking }) };
}

/** A result before the unconfirmed answers of the run have been confirmed. */
type Unsettled = LookUpResult & Pick<ItemResult, 'contactId'> & { failsWithoutPicture?: boolean };

function settled({ failsWithoutPicture, file, ...result }: Unsettled, lookUps: LookUps): ItemResult | undefined {
	const outcome = lookUps.finalOutcome(result.outcome);
	if (!outcome) return undefined;
	const isPicture = outcome.kind === 'picture';
	return {
		...result,
		outcome: failsWithoutPicture ? withPicture(outcome) : outcome,
		...(isPicture && file && { file }),
	};
}

/** Takes it for a failure that there is no picture. */
function withPicture<Other extends { kind: string }>(outcome: Outcome | Other): Outcome | Other {
	return outcome.kind === 'none' ? { kind: 'failure', failure: failure('no-picture') } : outcome;
}

function failedWithoutRequest(contactId: ItemResult['contactId'], why: Failure): Unsettled {
	return { contactId, attempts: 0, outcome: { kind: 'failure', failure: why } };
}
