import { failure, type Failure } from '../failure';
import type { Query } from '../gateway/request';
import { failureOf, type Outcome } from '../gateway/verdict';
import type { Clock } from '../limits/clock';
import { InFlightRequests } from '../limits/inFlightRequests';
import { retryDelayMs } from '../limits/retryPolicy';
import type { DownloadFailure } from '../picture/downloadFailure';
import type { Pictures } from '../picture/pictures';
import { CircuitBreaker } from './circuitBreaker';
import type { Lookups } from './lookups';
import type { LookupResult, RunOptions } from './run';

type Picture = Extract<Outcome, { kind: 'picture' }>;

type Downloaded = LookupResult & Pick<DownloadFailure, 'hasExpired'>;

/** This many fresh URLs in a row that do not work either show that fresh ones are no help. */
const ENOUGH_DEAD_URLS = 3;

/** The downloads of one run: each is tried until the picture is there, or trying again makes no sense. */
export class Downloads {
	/** How many live lookups were made because a URL no longer worked. */
	refetchedUrls = 0;

	/** How many fresh URLs in a row did not work. */
	private deadUrls = 0;

	private readonly stopped = new AbortController();

	private readonly finished = new AbortController();

	private readonly open: InFlightRequests;

	private readonly breaker = new CircuitBreaker(({ retryable }) => !retryable, 'Not downloaded');

	constructor(
		private readonly pictures: Pictures,
		private readonly lookups: Lookups,
		private readonly options: RunOptions,
		private readonly clock: Clock,
	) {
		this.open = new InFlightRequests(options.timeout, clock, this.finished.signal);
	}

	/**
	 * Downloads the picture that was found. If its URL no longer works, the contact is looked up once more, live. Never
	 * rejects. `undefined` where the run was stopped.
	 */
	async download(picture: Picture, query: Query): Promise<LookupResult | undefined> {
		const { opened } = this.breaker;
		if (opened) return { attempts: 0, outcome: failed(opened, picture.url) };
		const first = await this.fetch(picture, query);
		const refetches = first?.hasExpired && !query.refresh && this.deadUrls < ENOUGH_DEAD_URLS;
		const last = refetches ? await this.refetch(first, picture, query) : first;
		if (last) this.breaker.record(failureOf(last.outcome));
		return last;
	}

	/** Stops the run: no download starts, no waiting goes on, and the open ones are aborted. */
	stop(): void {
		this.stopped.abort();
		this.open.abortAll();
	}

	/** Call it once all downloads have ended. */
	finish(): void {
		this.finished.abort();
	}

	/** Asks for a fresh URL, and goes on with that. Whatever comes instead, the URL of the picture is known. */
	private async refetch(first: Downloaded, { url }: Picture, query: Query): Promise<LookupResult | undefined> {
		const fresh = await this.lookups.lookUp({ ...query, refresh: true });
		if (!fresh) return undefined;
		if (fresh.attempts > 0) this.refetchedUrls += 1;
		const attempts = first.attempts + fresh.attempts;
		// What is held until the end of the run cannot be waited for here, and is no picture.
		const outcome: Outcome = 'held' in fresh ? { kind: 'none', id: query.contactId } : fresh.outcome;
		if (outcome.kind === 'picture') {
			const second = outcome.url === url ? { ...first, attempts: 0 } : await this.fetch(outcome, query);
			if (second) this.deadUrls = second.hasExpired ? this.deadUrls + 1 : 0;
			return second && { ...second, attempts: attempts + second.attempts };
		}
		const description = 'It may have been removed or hidden just now. Try this contact again later';
		const why = failureOf(outcome) ?? failure('no-picture', { description, retryable: true });
		const message = `The picture's URL no longer works, and no new one could be fetched. ${why.message}`;
		return { attempts, outcome: failed({ ...why, reason: 'download-failed', message }, url) };
	}

	/** Downloads from one URL, with retries. */
	private async fetch(picture: Picture, { contactId }: Query): Promise<Downloaded | undefined> {
		const { id, url } = picture;
		for (let attempts = 1; !this.stopped.signal.aborted; attempts += 1) {
			const fetched = await this.open
				.run(async ({ signal }) => await this.pictures.fetch({ id, url, contactId }, signal))
				// Nothing in there should throw; if something does, it must stay with its contact.
				.catch((): DownloadFailure => ({ failure: failure('download-failed') }));
			if ('file' in fetched) return { attempts, outcome: picture, file: fetched.file };
			const { failure: why, hasExpired, isTransient } = fetched;
			const { maxRetries } = this.options;
			const wait = isTransient ? retryDelayMs(why, attempts, maxRetries, this.clock.random()) : undefined;
			if (wait === undefined) {
				return { attempts, outcome: failed(why, url), ...(hasExpired && { hasExpired }) };
			}
			await this.clock.sleep(wait, this.stopped.signal);
		}
		return undefined;
	}
}

function failed(why: Failure, url: string): Outcome {
	return { kind: 'failure', failure: { ...why, url } };
}
