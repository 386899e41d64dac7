import { failure, type Failure, type Reason } from '../failure';
import type { SessionState } from '../gateway/classifySession';
import type { Gateway } from '../gateway/gateway';
import type { Outcome, Unconfirmed } from '../gateway/outcome';
import type { Query } from '../gateway/request';
import { WORDS } from '../gateway/words';
import type { OpenRequest } from '../limits/accountLimiter';
import type { AccountLimiters } from '../limits/accountLimiters';
import type { Clock } from '../limits/clock';
import { isPause, retryDelayMs, withRequestedPause } from '../limits/retryPolicy';
import { CircuitBreaker, isInVain } from './circuitBreaker';
import { type AskAgain, Confirmation } from './confirmation';
import type { ItemResult } from './itemResult';
import type { RunOptions } from './options';
import { Requests } from './requests';
import { UnnamedPictures } from './unnamedPictures';

/** What became of one look-up. What is unconfirmed becomes an outcome at the end of the run. */
export type LookUpResult = Omit<ItemResult, 'contactId' | 'outcome'> & { outcome: Outcome | Unconfirmed };

/** Reasons that are about credential and session, and not about the contact. */
const ABOUT_SESSION = new Set<Reason>(['credential-invalid', 'session-disconnected']);

/**
 * The look-ups of one run: each is asked for until there is an answer to keep, by the rules that all of them share.
 */
export class LookUps {
	private readonly closed = new AbortController();

	private readonly requests: Requests;

	private readonly confirmation: Confirmation;

	private readonly breaker = new CircuitBreaker();

	private readonly unnamed = new UnnamedPictures();

	private requestsStarted = 0;

	/** How many of them had been started when the last answer came that was no failure, or one of its contact's own. */
	private startedAtBreak = 0;

	private readonly once = new Map<string, Promise<LookUpResult | undefined>>();

	/** Whether it was stopped from outside. A fatal failure makes `closed` fire as well, but does not count here. */
	private isStopped = false;

	/** Why every contact that has no answer yet fails alike. Absent while there is hope for them. */
	fatalFailure?: Failure;

	/** The same where the circuit breaker has opened: too many contacts in a row have failed. */
	stoppedAsking?: Failure;

	constructor(
		gateway: Gateway,
		private readonly options: RunOptions,
		limiters: AccountLimiters,
		private readonly clock: Clock,
	) {
		const abortRun = (why: Failure) => this.abortRun(why);
		this.requests = new Requests(gateway, options, limiters, clock, this.closed.signal, abortRun);
		this.confirmation = new Confirmation(async () => await this.askForSession(), {
			abortRun,
			settled: (outcome, requestsStarted) => this.recordLate(outcome, requestsStarted),
		});
		if (gateway.fatalFailure) this.abortRun(gateway.fatalFailure);
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
		const found = shared ?? this.ask(query, itemIndex);
		if (!shared) this.once.set(key, found);
		return found.then((result) => {
			// What is shared may have been aborted with the item that it was for.
			if (shared && this.isStopped) return undefined;
			if (result?.outcome.kind === 'unconfirmed') this.confirmation.keep(result.outcome);
			return result;
		});
	}

	/**
	 * Stops the run: nothing more is sent, no waiting goes on, and the open requests of the items behind this one are
	 * aborted. Those of earlier items may end, because they decide which failure is the first in input order.
	 */
	abortItemsAfter(itemIndex: number): void {
		this.isStopped = true;
		this.closed.abort(itemIndex);
		this.requests.abortItemsAfter(itemIndex);
	}

	/** To be called once all look-ups have ended. Has the answers confirmed that are held, unless the run was stopped. */
	async finish(): Promise<void> {
		await this.confirmation.finish();
		this.requests.finish();
	}

	/**
	 * What a look-up has come to in the end.
	 *
	 * @returns `undefined` where the run was stopped before it could be confirmed
	 */
	finalOutcome(outcome: Outcome | Unconfirmed): Outcome | undefined {
		if (outcome.kind === 'unconfirmed') return this.confirmation.outcomeOf(outcome);
		const isDoubtful = outcome.kind === 'picture' && this.unnamed.isDoubtful(outcome);
		return isDoubtful ? failed(failure('unexpected-response', WORDS.otherContact)) : outcome;
	}

	/** Tells that the item for which it was looked up waits for an unconfirmed answer no more. */
	drop(answer: Unconfirmed): void {
		this.confirmation.drop(answer);
	}

	private async ask(query: Query, itemIndex: number): Promise<LookUpResult | undefined> {
		let attempts = 0;
		let last: Failure | undefined;
		let again: AskAgain | undefined;
		const ended = (outcome: Outcome): LookUpResult => {
			this.record(outcome);
			return { attempts, outcome };
		};
		for (;;) {
			const turn = await this.requests.turnFor(itemIndex, last !== undefined && isPause(last));
			if (!turn) {
				const why = this.fatalFailure ?? last;
				return why && { attempts, outcome: failed(why) };
			}
			attempts += 1;
			// Nothing in there should throw; if something does, it must stay with its item.
			const outcome = await this.askOnce(query, itemIndex, turn, again).catch(() =>
				failed(failure('unexpected-response')),
			);
			if (outcome.kind === 'unconfirmed') return { attempts, outcome };
			if (outcome.kind === 'again') {
				again = outcome;
				continue;
			}
			if (outcome.kind !== 'failure') return ended(outcome);
			again = undefined;
			last = withRequestedPause(outcome.failure);
			const wait = retryDelayMs(outcome.failure, attempts, this.options.maxRetries, this.clock.random());
			if (wait === undefined) return ended(failed(last));
			// A pause is for the whole instance to wait for, and that is the limiter's to do.
			if (!isPause(outcome.failure)) await this.clock.sleep(wait, this.closed.signal);
		}
	}

	private async askOnce(
		query: Query,
		itemIndex: number,
		turn: OpenRequest,
		again: AskAgain | undefined,
	): Promise<Outcome | Unconfirmed | AskAgain> {
		const { contactId } = query;
		const number = ++this.requestsStarted;
		const reply = await this.requests.lookUp(query, itemIndex, turn);
		if ('failure' in reply) return failed(reply.failure);
		const { outcome, ...shows } = reply.classified;
		if (outcome.kind === 'unconfirmed') {
			if (again?.isContradicted && outcome.abortsRun) return outcome.ifTheyWork;
			const heard = await this.confirmation.hear(outcome, this.requestsStarted, again !== undefined);
			return heard ?? outcome;
		}
		if (outcome.kind !== 'failure') this.confirmation.endpoint.answered(reply.answer.statusCode);
		if (shows.isProof) this.confirmation.proved(number, query.refresh);
		if (outcome.kind === 'picture') this.unnamed.add(outcome, contactId, shows.isUnnamed === true);
		return outcome;
	}

	/** @returns `undefined` where the run was stopped before the answer */
	private async askForSession(): Promise<SessionState | undefined> {
		const state = await this.requests.sessionState();
		return this.isStopped ? undefined : state;
	}

	/** What was held counts for the circuit breaker only where it is still in a row: nothing has broken that behind it. */
	private recordLate(outcome: Outcome, requestsStarted: number): void {
		if (!isInVain(outcome) || requestsStarted > this.startedAtBreak) this.record(outcome, requestsStarted);
	}

	private record(outcome: Outcome, requestsStarted = this.requestsStarted): void {
		if (!isInVain(outcome)) this.startedAtBreak = Math.max(this.startedAtBreak, requestsStarted);
		const why = this.breaker.record(outcome);
		if (!why || this.fatalFailure) return;
		this.stoppedAsking = why;
		this.abortRun(why);
	}

	private abortRun(why: Failure): void {
		this.fatalFailure ??= why;
		this.closed.abort(-1);
		if (ABOUT_SESSION.has(why.reason)) this.confirmation.fail(why);
	}
}

function failed(why: Failure): Outcome {
	return { kind: 'failure', failure: why };
}
