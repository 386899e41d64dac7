import { failure, type Failure } from '../failure';
import type { Outcome } from '../gateway/classifyAnswer';
import type { Gateway } from '../gateway/gateway';
import type { Query } from '../gateway/request';
import type { Clock } from '../limits/clock';
import { InFlightRequests } from '../limits/inFlightRequests';
import { RateLimiter } from '../limits/rateLimiter';
import { withRequestedPause } from '../limits/requestedPause';
import { backOffMs, MAX_WAIT_MS, retryDelayMs } from '../limits/retry';
import type { ItemResult } from './itemResult';
import type { RunOptions } from './options';

/** What became of one look-up. */
export type LookUpResult = Omit<ItemResult, 'contactId'>;

/**
 * The look-ups of one run: each is asked for until there is an answer to keep, by the rules that all of them share.
 */
export class LookUps {
	private readonly closed = new AbortController();

	private readonly finished = new AbortController();

	private readonly rateLimiter: RateLimiter;

	private readonly open: InFlightRequests;

	private credentialHasWorked = false;

	private doubt?: Promise<void>;

	private readonly once = new Map<string, Promise<LookUpResult | undefined>>();

	/** Not so at a dead end, where `closed` fires as well. */
	private isStopped = false;

	/** Why every contact that has no answer yet fails alike. Absent while there is hope for them. */
	fatalFailure?: Failure;

	constructor(
		private readonly gateway: Gateway,
		private readonly options: RunOptions,
		private readonly clock: Clock,
	) {
		this.rateLimiter = new RateLimiter(options.requestsPerMinute, clock, this.closed.signal);
		this.open = new InFlightRequests(options.timeout, clock, this.finished.signal);
		if (gateway.fatalFailure) this.abortRun(gateway.fatalFailure);
	}

	/** How long the gateway held the run back, in milliseconds. */
	get pausedMs(): number {
		return this.rateLimiter.pausedMs;
	}

	/**
	 * Looks one contact up: once in a run with `refresh` and once without, however often it is called for. Never rejects.
	 *
	 * @param itemIndex of the item that it is looked up for
	 * @returns `undefined` where the run was stopped before the first answer
	 */
	lookUp(query: Query, itemIndex: number): Promise<LookUpResult | undefined> {
		const key = `${query.contactId} ${query.refresh}`;
		const shared = this.once.get(key);
		// What is shared may have been aborted with the item that it was for.
		if (shared) return shared.then((found) => (this.isStopped ? undefined : found));
		const own = this.ask(query, itemIndex);
		this.once.set(key, own);
		return own;
	}

	/**
	 * Stops the run: nothing more is sent, no waiting goes on, and the open requests of the items behind this one are
	 * aborted. Those of earlier items may end, because they decide which failure is the first in input order.
	 */
	abortItemsAfter(itemIndex: number): void {
		this.isStopped = true;
		this.closed.abort();
		this.open.abortItemsAfter(itemIndex);
	}

	/** To be called once all look-ups have ended. */
	finish(): void {
		this.finished.abort();
	}

	private async ask(query: Query, itemIndex: number): Promise<LookUpResult | undefined> {
		let attempts = 0;
		let last: Failure | undefined;
		const failedBy = (why: Failure): LookUpResult => ({ attempts, outcome: failed(why) });
		for (;;) {
			const passed = this.rateLimiter.pass();
			const mayStart = passed instanceof Promise ? await passed : passed;
			// Between a turn that was given and this line the run may have ended.
			if (!mayStart || this.closed.signal.aborted) {
				const why = this.fatalFailure ?? last;
				return why && failedBy(why);
			}
			attempts += 1;
			// Nothing in there should throw; if something does, it must stay with its item.
			const outcome = await this.askOnce(query, itemIndex).catch(() => failed(failure('unexpected-response')));
			if (outcome.kind !== 'failure') return { attempts, outcome };
			last = withRequestedPause(outcome.failure);
			const wait = this.waitAfter(outcome.failure, attempts);
			if (wait === undefined) return failedBy(last);
			await this.clock.sleep(wait, this.closed.signal);
		}
	}

	/** How long this look-up waits before its turn at the gate; a rate limit is for all of them to wait for, there. */
	private waitAfter(why: Failure, attempts: number): number | undefined {
		const wait = retryDelayMs(why, attempts, this.options.maxRetries, this.clock.random());
		if (why.reason !== 'rate-limited') return wait;
		// No jitter: it is one wait, for all of them.
		const pause = why.retryAfterMs || backOffMs(attempts, 1);
		if (pause > MAX_WAIT_MS) this.abortRun(withRequestedPause(why));
		else this.rateLimiter.pauseFor(pause);
		return wait === undefined ? undefined : 0;
	}

	private async askOnce(query: Query, itemIndex: number): Promise<Outcome> {
		const { contactId } = query;
		const reply = await this.open.run(itemIndex, async (controller) => await this.gateway.ask(query, controller));
		if ('failure' in reply) return failed(reply.failure);
		const classify = () => this.gateway.classifyAnswer(reply.answer, contactId, this.credentialHasWorked);
		const outcome = classify();
		if (outcome.kind !== 'failure') {
			this.credentialHasWorked = true;
		} else if (outcome.failure.reason === 'session-disconnected') {
			this.abortRun(outcome.failure);
		} else if (outcome.failure.reason === 'credential-invalid') {
			this.doubt ??= this.settleDoubt(outcome.failure);
			this.rateLimiter.suspendUntil(this.doubt);
			await this.doubt;
			return classify();
		}
		return outcome;
	}

	/** Whether a first refusal is about the credential or about that one contact, the requests beside it will show. */
	private async settleDoubt(refusal: Failure): Promise<void> {
		await this.open.untilIdle();
		if (!this.credentialHasWorked) this.abortRun(refusal);
	}

	private abortRun(why: Failure): void {
		this.fatalFailure ??= why;
		this.closed.abort();
	}
}

function failed(why: Failure): Outcome {
	return { kind: 'failure', failure: why };
}
