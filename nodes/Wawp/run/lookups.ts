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

/** What a lookup came to. If its answer is held for a check, the outcome comes later: `undefined` where the run is stopped. */
export type Looked = LookupResult | { attempts: number; held: Promise<Outcome | undefined> };

/** Reasons that say nothing of the contact. */
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

/** The lookups of one run: each contact is asked for until there is an outcome, by rules that all of them share. */
export class Lookups {
	private readonly ended = new AbortController();

	private readonly requests: Requests;

	private readonly confirmation: Confirmation;

	private readonly breaker = new CircuitBreaker(isOwn, 'Given up');

	private readonly unnamed = new UnnamedPictures();

	lookupsSent = 0;

	/** Why every contact that has no answer yet fails alike. Absent while there is hope for them. */
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

	/** Why the run stopped asking before the end of the list. */
	get stoppedAsking(): Failure | undefined {
		return this.gateway.fatalFailure ? undefined : this.fatalFailure;
	}

	/** Looks one contact up. Never rejects. `undefined` where the run was stopped before its outcome. */
	async lookUp(query: Query): Promise<Looked | undefined> {
		let attempts = 0;
		let wasSentBack = false;
		const ask = async (): Promise<Verdict | undefined> => {
			const verdict = await this.requests.lookUp(query, wasSentBack);
			if (!verdict) return undefined;
			attempts += 1;
			this.lookupsSent += 1;
			return verdict;
		};
		let verdict = await ask();
		while (verdict) {
			const why = failureOf(verdict);
			const mayPass = why && 'isTransient' in verdict;
			const wait = mayPass ? retryDelayMs(why, attempts, this.options.maxRetries, this.clock.random()) : undefined;
			if (why && wait !== undefined) {
				wasSentBack = isPause(why);
				// A pause is for the whole account to wait for, and that is the limiter's to do.
				if (!wasSentBack) await this.clock.sleep(wait, this.ended.signal);
				verdict = await ask();
			} else if (verdict.kind !== 'unclear') {
				return { attempts, outcome: this.final(verdict, query) };
			} else {
				const { row } = this.breaker;
				const confirmed = await this.confirmation.confirm(verdict, ask);
				if (confirmed?.kind === 'held') {
					const held = confirmed.outcome.then((late) => (late ? this.final(late, query, row) : this.unanswered()));
					return { attempts, held };
				}
				verdict = confirmed;
			}
		}
		const outcome = this.unanswered();
		return outcome && { attempts, outcome };
	}

	/** Whether a picture may be that of another contact, as far as the run knows by now. */
	isDoubtful(outcome: Outcome): boolean {
		return outcome.kind === 'picture' && this.unnamed.isDoubtful(outcome);
	}

	/** Stops the run: nothing more is sent, no waiting goes on, and what is open is aborted. */
	stop(): void {
		this.ended.abort();
		this.requests.abort();
	}

	/** Confirms what is held, unless the run was stopped. Call it once no lookup waits for anything else. */
	async finish(): Promise<void> {
		await this.confirmation.finish();
		this.requests.finish();
	}

	/** @param row see `CircuitBreaker.record` */
	private final(outcome: Outcome, { contactId }: Query, row?: number): Outcome {
		const why = failureOf(outcome);
		if (outcome.kind === 'picture') this.unnamed.add(outcome, contactId);
		if (!('isTextInDoubt' in outcome)) this.breaker.record(why, row);
		if (this.breaker.opened) this.end(this.breaker.opened);
		return why ? { kind: 'failure', failure: withRequestedPause(why) } : outcome;
	}

	private unanswered(): Outcome | undefined {
		const why = this.fatalFailure;
		return why && { kind: 'failure', failure: why };
	}

	private end(why: Failure): void {
		this.fatalFailure ??= why;
		this.ended.abort();
	}
}
