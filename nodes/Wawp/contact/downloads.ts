import type { IBinaryData } from 'n8n-workflow';

import type { Clock } from '../batch/clock';
import { OpenRequests } from '../batch/openRequests';
import { waitBeforeRetry } from '../batch/retry';
import type { Outcome } from '../gateway/answer';
import { failure, type Failure } from '../gateway/failure';
import type { Query } from '../gateway/request';
import type { Named, Pictures } from '../picture/pictures';
import type { Refusal } from '../picture/refusal';
import type { Found, LookUps } from './lookUps';
import type { Options } from './optionFields';

type Downloaded = ({ file: IBinaryData } | Refusal) & { attempts: number };

/**
 * The downloads of one run: each is tried until the picture is there, or there is no hope for it.
 */
export class Downloads {
	private readonly stopped = new AbortController();

	private readonly finished = new AbortController();

	private readonly open: OpenRequests;

	constructor(
		private readonly pictures: Pictures,
		private readonly lookUps: LookUps,
		private readonly options: Options,
		private readonly clock: Clock,
	) {
		this.open = new OpenRequests(options.timeout, clock, this.finished.signal);
	}

	/**
	 * Adds the picture itself to what a look-up found. Where its address has expired, the contact is looked up once more,
	 * live. Never rejects.
	 *
	 * @param itemIndex of the item that it is for
	 * @returns `found` itself where it is no picture; `undefined` where the run was stopped
	 */
	async complete(found: Found, query: Query, itemIndex: number): Promise<Found | undefined> {
		if (found.outcome.kind !== 'picture') return found;
		const { outcome } = found;
		let { attempts } = found;
		const isLive = query.refresh;
		if (isLive || !this.pictures.hasExpired(outcome.url)) {
			const downloaded = await this.download({ ...outcome, contactId: query.contactId }, itemIndex);
			if (!downloaded) return undefined;
			attempts += downloaded.attempts;
			if ('file' in downloaded) return { attempts, outcome, file: downloaded.file };
			if (isLive || !downloaded.isGone) return { attempts, outcome: failed(downloaded.failure, outcome.url) };
		}
		const live = { ...query, refresh: true };
		const fresh = await this.lookUps.lookUp(live, itemIndex);
		if (!fresh) return undefined;
		attempts += fresh.attempts;
		if (fresh.outcome.kind === 'failure') {
			return { attempts, outcome: failed(notFoundAgain(fresh.outcome.failure), outcome.url) };
		}
		return await this.complete({ attempts, outcome: fresh.outcome }, live, itemIndex);
	}

	/**
	 * Stops the run: no download starts, no waiting goes on, and the open downloads of the items behind this one are
	 * aborted.
	 */
	stopBehind(itemIndex: number): void {
		this.stopped.abort();
		this.open.abortBehind(itemIndex);
	}

	/** To be called once all downloads have ended. */
	finish(): void {
		this.finished.abort();
	}

	/** @returns `undefined` where the run was stopped before the first attempt */
	private async download(named: Named, itemIndex: number): Promise<Downloaded | undefined> {
		let last: Downloaded | undefined;
		while (!this.stopped.signal.aborted) {
			const attempts = (last?.attempts ?? 0) + 1;
			const fetched = await this.open
				.run(itemIndex, async (signal) => await this.pictures.fetch(named, signal))
				// Nothing in there should throw; if something does, it must stay with its item.
				.catch((): Refusal => ({ failure: failure('download-failed') }));
			last = { ...fetched, attempts };
			if ('file' in last) break;
			const wait = waitBeforeRetry(last.failure, attempts, this.options.maxRetries, this.clock.random());
			if (wait === undefined) break;
			await this.clock.sleep(wait, this.stopped.signal);
		}
		return last;
	}
}

function failed(why: Failure, url: string): Outcome {
	return { kind: 'failure', failure: { ...why, url } };
}

function notFoundAgain({ message, ...why }: Failure): Failure {
	return {
		...why,
		reason: 'download-failed',
		message: `The picture's address no longer works, and a fresh one could not be had. ${message}`,
	};
}
