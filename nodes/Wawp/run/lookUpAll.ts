import { failure, type Failure } from '../failure';
import type { Outcome } from '../gateway/verdict';
import { WORDS } from '../gateway/words';
import { Downloads } from './downloads';
import { Lookups } from './lookups';
import type { ItemQuery, ItemResult, LookupResult, RefusedQuery, Run } from './run';

/** After this many items the rest of n8n gets a turn: reading a long list would block it. */
const ITEMS_PER_YIELD = 100;

/** What came of a run. */
export interface LookedUp {
	/** In input order. `undefined` only for items that a run which was stopped, or stopped itself, did not get to. */
	results: Array<ItemResult | undefined>;
	/** How many items shared the requests of an earlier one. */
	duplicates: number;
	/** How many contacts were asked for with `refresh`. */
	refreshed: number;
	/** How many live lookups were made because the URL of a picture no longer worked. */
	refetchedUrls: number;
	/** Retries and confirmations included. */
	lookupsSent: number;
	/** Why the run stopped asking before the end of the list. */
	stoppedAsking?: Failure;
}

/** The items that ask for the same contact in the same way. */
interface Group {
	query: ItemQuery;
	/** The indexes of its items, in order. */
	items: [number, ...number[]];
	/** Whether one of them wants the picture itself. */
	wantsFile: boolean;
	looked?: LookupResult;
	downloaded?: LookupResult;
	isDone?: true;
}

type Item = RefusedQuery | { query: ItemQuery; group: Group };

/**
 * Looks up the contacts of all items, each contact once. Never rejects.
 *
 * Once it is known that it makes no sense to go on (session or credential are dead, a pause is too long to wait for), the
 * items that are left fail with that reason, without a request. When the execution is stopped it ends at once; with
 * `stopsAtFailure`, as soon as no item before the first failure can still fail.
 */
export async function lookUpAll(run: Run): Promise<LookedUp> {
	const { options, gateway, limiters, pictures, stopsAtFailure, cancel, clock } = run;
	const lookups = new Lookups(gateway, options, limiters, clock);
	const downloads = new Downloads(pictures, lookups, options, clock);
	let isStopped = false;
	const stop = () => {
		isStopped = true;
		lookups.stop();
		downloads.stop();
	};
	if (cancel?.aborted) stop();
	cancel?.addEventListener('abort', stop);

	const { items, groups } = await readAll(run, () => isStopped);
	const resultOf = (itemIndex: number) => resultIn(items[itemIndex], lookups);
	const failsAt = (indexes: Iterable<number>): number => {
		for (const itemIndex of indexes) if (resultOf(itemIndex)?.outcome.kind === 'failure') return itemIndex;
		return Infinity;
	};

	let firstFailure = stopsAtFailure ? failsAt(items.keys()) : Infinity;
	const mayComeBefore = ({ items: [first], isDone }: Group) => !isDone && first < firstFailure;
	const held: Array<Promise<void>> = [];
	let next = 0;
	const worker = async () => {
		for (let group = groups[next]; group && mayComeBefore(group) && !isStopped; group = groups[next]) {
			next += 1;
			await lookUpGroup(group, lookups, downloads, held);
			group.isDone = true;
			if (!stopsAtFailure) continue;
			firstFailure = Math.min(firstFailure, failsAt(group.items));
			if (firstFailure < Infinity && !groups.some(mayComeBefore)) stop();
		}
	};
	await Promise.all(Array.from({ length: Math.min(options.concurrency, groups.length) }, worker));
	await lookups.finish();
	await Promise.all(held);
	cancel?.removeEventListener('abort', stop);
	downloads.finish();

	const asked = groups.filter(({ looked }) => looked && looked.attempts > 0);
	const { refetchedUrls } = downloads;
	const { lookupsSent, stoppedAsking } = lookups;
	return {
		results: items.map((_, itemIndex) => resultOf(itemIndex)),
		duplicates: asked.reduce((sum, group) => sum + group.items.length - 1, 0),
		refreshed: asked.filter(({ query }) => query.refresh).length,
		refetchedUrls,
		lookupsSent,
		...(stoppedAsking && { stoppedAsking }),
	};
}

/** Reads the items, and groups those that ask for the same. */
async function readAll(
	{ itemCount, read, clock }: Run,
	isStopped: () => boolean,
): Promise<{ items: Item[]; groups: Group[] }> {
	const groups = new Map<string, Group>();
	const items: Item[] = [];
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex += 1) {
		if (itemIndex > 0 && itemIndex % ITEMS_PER_YIELD === 0) await clock.yieldToEventLoop();
		if (isStopped()) break;
		const query = read(itemIndex);
		if ('failure' in query) {
			items.push(query);
			continue;
		}
		const key = `${query.contactId} ${query.refresh}`;
		const known = groups.get(key);
		const group = known ?? { query, items: [itemIndex], wantsFile: query.downloadPicture };
		if (known) {
			known.items.push(itemIndex);
			known.wantsFile ||= query.downloadPicture;
		} else {
			groups.set(key, group);
		}
		items.push({ query, group });
	}
	return { items, groups: [...groups.values()] };
}

/** @param held is added to where the answer is held for a check */
async function lookUpGroup(
	group: Group,
	lookups: Lookups,
	downloads: Downloads,
	held: Array<Promise<void>>,
): Promise<void> {
	const looked = await lookups.lookUp(group.query);
	if (!looked) return;
	if ('held' in looked) {
		const { attempts } = looked;
		held.push(looked.held.then((outcome) => void (outcome && (group.looked = { attempts, outcome }))));
		return;
	}
	group.looked = looked;
	const { outcome } = looked;
	if (group.wantsFile && outcome.kind === 'picture') group.downloaded = await downloads.download(outcome, group.query);
}

function resultIn(item: Item | undefined, lookups: Lookups): ItemResult | undefined {
	if (!item) return undefined;
	if ('failure' in item) {
		return { contactId: item.contactId, attempts: 0, outcome: fails(item.failure) };
	}
	const { contactId, downloadPicture, failsWithoutPicture } = item.query;
	const { looked, downloaded } = item.group;
	if (!looked) return undefined;
	const { outcome, attempts } = looked;
	// A download can have needed a fresh URL.
	const found = downloaded?.outcome.kind === 'picture' ? downloaded.outcome : outcome;
	if (lookups.isDoubtful(found)) {
		return { contactId, attempts, outcome: fails(failure('unexpected-response', WORDS.otherContact)) };
	}
	if (outcome.kind === 'none' && failsWithoutPicture) {
		return { contactId, attempts, outcome: fails(failure('no-picture')) };
	}
	if (!downloadPicture || outcome.kind !== 'picture') return { contactId, attempts, outcome: found };
	return downloaded && { contactId, ...downloaded, attempts: attempts + downloaded.attempts };
}

function fails(why: Failure): Outcome {
	return { kind: 'failure', failure: why };
}
