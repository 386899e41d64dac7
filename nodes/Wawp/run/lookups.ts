import type { Failure, Reason } from '../failure';
import type { Gateway } from '../gateway/gateway';
import type { Query } from '../gateway/request';
import { failureOf, type Outcome, type Verdict } from '../gateway/verdict';
import type { AccountLimiters } from '../limits/accountLimiters';
import type { Clock } from '../limits/clock';
import { isPause, retryDelayMs, withRequestedPause } from '../limits/retryPolicy';
import { CircuitBreaker } from './circuitBreaker';
import { Confirmation } from './confirmation';
import { Requests } from './requests';
import type { LookupResult, RunOptions } from './run';
import { UnnamedPictures } from './unnamedPictures';

/** The result of a lookup, or a promise if the answer is held for a check (`undefined` if the run is stopped). */
export type Looked = LookupResult | { attempts: number; held: Promise<Outcome | undefined> };

/** Reasons that have nothing to do with the contact. */
const NOT_ITS_OWN = new Set<Reason>([
	'unexpected-response',
	'network',
	'timeout',
	'temporarily-unavailable',
	'session-disconnected',
]);

function isOwn({ reason, statusCode }: Failure): boolean {
	return !NOT_ITS_OWN.has(reason) && statusCode !== 401 && statusCode !== 403;
}

/** The lookups of one run, with retries, confirmation and an early end. */
export class Lookups {
	private readonly ended = new AbortController();

	private readonly requests: Requests;

	private readonly confirmation: Confirmation;

	private readonly breaker = new CircuitBreaker(isOwn, 'Not asked for');

	private readonly unnamed = new UnnamedPictures();

	requestsSent = 0;

	/** Why every contact without an answer fails, once the run has ended early. */
	private fatalFailure?: Failure;

	constructor(
		private readonly gateway: Gateway,
		private readonly options: RunOptions,
		limiters: AccountLimiters,
		private readonly clock: Clock,
	) {
		this.requests = new Requests(gateway, options, limiters, clock, this.ended.signal, (why) => this.end(why));
		this.confirmation = new Confirmation(async () => await this.requests.checkGateway());
		if (gateway.fatalFailure) this.end(gateway.fatalFailure);
	}

	/** Why the run stopped before the end of the list. */
	get stoppedAsking(): Failure | undefined {
		return this.gateway.fatalFailure ? undefined : this.fatalFailure;
	}

	/** Never rejects. `undefined` if the run was stopped before the first answer. */
	async lookUp(query: Query): Promise<Looked | undefined> {
		let attempts = 0;
		let last: Failure | undefined;
		const ask = async (): Promise<Verdict | undefined> => {
			const wasSentBack = last !== undefined && isPause(last);
			const verdict = await this.requests.lookUp(query, wasSentBack);
			if (!verdict) return undefined;
			attempts += 1;
			this.requestsSent += 1;
			return verdict;
		};
		let verdict = await ask();
		while (verdict) {
			const why = failureOf(verdict);
			const wait = why && 'isTransient' in verdict ? this.retryDelay(why, attempts) : undefined;
			if (why && wait !== undefined) {
				last = withRequestedPause(why);
				// The limiter waits for a pause, because it holds for the whole account.
				if (!isPause(why)) await this.clock.sleep(wait, this.ended.signal);
				verdict = await ask();
			} else if (verdict.kind !== 'unclear') {
				return { attempts, outcome: this.final(verdict, query) };
			} else {
				const { row } = this.breaker;
				const confirmed = await this.confirmation.confirm(verdict, ask);
				if (confirmed?.kind === 'held') {
					const held = confirmed.outcome.then((late) => (late ? this.final(late, query, row) : this.unanswered(last)));
					return { attempts, held };
				}
				verdict = confirmed;
			}
		}
		const outcome = this.unanswered(last);
		return outcome && { attempts, outcome };
	}

	/** Whether a picture may be another contact's, as far as the run knows by now. */
	isDoubtful(outcome: Outcome): boolean {
		return outcome.kind === 'picture' && this.unnamed.isDoubtful(outcome);
	}

	/** Starts nothing more, and ends all waits. */
	close(): void {
		this.ended.abort();
	}

	/** Also aborts what is open. */
	stop(): void {
		this.close();
		this.requests.abort();
	}

	/** Call it once no lookup waits for anything but a check. Confirms the held answers, unless the run was stopped. */
	async finish(): Promise<void> {
		await this.confirmation.finish();
		this.requests.finish();
	}

	private retryDelay(why: Failure, attempts: number): number | undefined {
		return retryDelayMs(why, attempts, this.options.maxRetries, this.clock.random());
	}

	/** @param row see `CircuitBreaker.record` */
	private final(outcome: Outcome, { contactId }: Query, row?: number): Outcome {
		const why = failureOf(outcome);
		if (outcome.kind === 'picture') this.unnamed.add(outcome, contactId);
		this.breaker.record(why, row);
		if (this.breaker.opened) this.end(this.breaker.opened);
		return why ? { kind: 'failure', failure: withRequestedPause(why) } : outcome;
	}

	private unanswered(last: Failure | undefined): Outcome | undefined {
		const why = this.fatalFailure ?? last;
		return why && { kind: 'failure', failure: why };
	}

	private end(why: Failure): void {
		this.fatalFailure ??= why;
		this.ended.abort();
	}
}
