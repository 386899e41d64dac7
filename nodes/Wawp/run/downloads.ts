import type { IBinaryData } from 'n8n-workflow';

import { failure, type Failure } from '../failure';
import type { Outcome } from '../gateway/outcome';
import type { Query } from '../gateway/request';
import { WORDS } from '../gateway/words';
import type { Clock } from '../limits/clock';
import { InFlightRequests } from '../limits/inFlightRequests';
import { retryDelayMs } from '../limits/retry';
import type { DownloadFailure } from '../picture/downloadFailure';
import type { PictureReference, Pictures } from '../picture/pictures';
import type { LookUpResult, LookUps } from './lookUps';
import type { RunOptions } from './options';

type Downloaded = ({ file: IBinaryData } | DownloadFailure) & { attempts: number };

/** So many fresh addresses that do not work, with no picture in between, show that the addresses are not what is wrong. */
const ENOUGH_DEAD_ADDRESSES = 3;

/**
 * The downloads of one run: each is tried until the picture is there, or there is no hope for it.
 */
export class Downloads {
	/** How often a live look-up was wanted because an address no longer worked. */
	refetchedUrls = 0;

	private readonly stopped = new AbortController();

	private readonly finished = new AbortController();

	private readonly open: InFlightRequests;

	private readonly once = new Map<string, Promise<Downloaded | undefined>>();

	private deadFreshAddresses = 0;

	constructor(
		private readonly pictures: Pictures,
		private readonly lookUps: LookUps,
		private readonly options: RunOptions,
		private readonly clock: Clock,
	) {
		this.open = new InFlightRequests(options.timeout, clock, this.finished.signal);
	}

	/**
	 * Adds the picture itself to what a look-up found. Where its address no longer works, the contact is looked up once
	 * more, live, unless it has turned out that fresh addresses do not work either. Never rejects.
	 *
	 * @param itemIndex of the item that it is for
	 * @returns `found` itself where it is no picture; `undefined` where the run was stopped
	 */
	async complete(found: LookUpResult, query: Query, itemIndex: number): Promise<LookUpResult | undefined> {
		const { outcome, attempts } = found;
		if (outcome.kind !== 'picture') return found;
		const downloaded = await this.downloadOnce({ ...outcome, contactId: query.contactId }, itemIndex);
		if (!downloaded) return undefined;
		const soFar = attempts + downloaded.attempts;
		if ('file' in downloaded) {
			this.deadFreshAddresses = 0;
			return { attempts: soFar, outcome, file: downloaded.file };
		}
		if (query.refresh && downloaded.hasExpired) this.deadFreshAddresses += 1;
		if (!query.refresh && downloaded.hasExpired && this.refetchingHelps) {
			return await this.refetchUrl(outcome.url, soFar, query, itemIndex, downloaded.failure);
		}
		return { attempts: soFar, outcome: failed(downloaded.failure, outcome.url) };
	}

	private get refetchingHelps(): boolean {
		return this.deadFreshAddresses < ENOUGH_DEAD_ADDRESSES;
	}

	/**
	 * Stops the run: no download starts, no waiting goes on, and the open downloads of the items behind this one are
	 * aborted.
	 */
	abortItemsAfter(itemIndex: number): void {
		this.stopped.abort();
		this.open.abortItemsAfter(itemIndex);
	}

	/** To be called once all downloads have ended. */
	finish(): void {
		this.finished.abort();
	}

	/**
	 * Asks for a fresh address, and goes on with that.
	 *
	 * @param lastFailure why the old one did not work
	 */
	private async refetchUrl(
		oldUrl: string,
		attempts: number,
		query: Query,
		itemIndex: number,
		lastFailure: Failure,
	): Promise<LookUpResult | undefined> {
		const live = { ...query, refresh: true };
		const fresh = await this.lookUps.lookUp(live, itemIndex);
		if (!fresh) return undefined;
		const { outcome } = fresh;
		const soFar = attempts + fresh.attempts;
		if (fresh.attempts > 0) this.refetchedUrls += 1;
		if (outcome.kind === 'unconfirmed') {
			this.lookUps.drop(outcome);
			const why = failure('unexpected-response', WORDS.unconfirmed(outcome.statusCode));
			return { attempts: soFar, outcome: failed(refetchFailed({ ...why, statusCode: outcome.statusCode }), oldUrl) };
		}
		if (outcome.kind === 'failure') {
			return { attempts: soFar, outcome: failed(refetchFailed(outcome.failure), oldUrl) };
		}
		if (outcome.kind === 'picture' && outcome.url === oldUrl) {
			this.deadFreshAddresses += 1;
			return { attempts: soFar, outcome: failed(lastFailure, oldUrl) };
		}
		return await this.complete({ attempts: soFar, outcome }, live, itemIndex);
	}

	/** A contact that is asked for both with and without refresh can have the same address twice. */
	private async downloadOnce(picture: PictureReference, itemIndex: number): Promise<Downloaded | undefined> {
		const key = `${picture.contactId} ${picture.url}`;
		const shared = this.once.get(key);
		if (!shared) {
			const own = this.download(picture, itemIndex);
			this.once.set(key, own);
			return await own;
		}
		const downloaded = await shared;
		// It may have been aborted with the item that it was for.
		return this.stopped.signal.aborted ? undefined : downloaded;
	}

	/** @returns `undefined` where the run was stopped before the first attempt */
	private async download(picture: PictureReference, itemIndex: number): Promise<Downloaded | undefined> {
		let last: Downloaded | undefined;
		while (!this.stopped.signal.aborted) {
			const attempts = (last?.attempts ?? 0) + 1;
			const fetched = await this.open
				.run(itemIndex, async ({ signal }) => await this.pictures.fetch(picture, signal))
				// Nothing in there should throw; if something does, it must stay with its item.
				.catch((): DownloadFailure => ({ failure: failure('download-failed') }));
			last = { ...fetched, attempts };
			if ('file' in last) break;
			if (!last.isTransient) break;
			const wait = retryDelayMs(last.failure, attempts, this.options.maxRetries, this.clock.random());
			if (wait === undefined) break;
			await this.clock.sleep(wait, this.stopped.signal);
		}
		return last;
	}
}

function failed(why: Failure, url: string): Outcome {
	return { kind: 'failure', failure: { ...why, url } };
}

function refetchFailed({ message, ...why }: Failure): Failure {
	return {
		...why,
		reason: 'download-failed',
		message: `The picture's URL no longer works, and no new one could be fetched. ${message}`,
	};
}
