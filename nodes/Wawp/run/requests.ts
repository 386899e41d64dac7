import { failure, type Failure } from '../failure';
import type { Answer } from '../gateway/body';
import { checkGateway, type GatewayState } from '../gateway/checkGateway';
import type { Gateway } from '../gateway/gateway';
import type { GatewayRequest, Query } from '../gateway/request';
import { failureOf, type Verdict } from '../gateway/verdict';
import type { RunLimiter } from '../limits/accountLimiter';
import type { AccountLimiters } from '../limits/accountLimiters';
import type { Clock } from '../limits/clock';
import { InFlightRequests } from '../limits/inFlightRequests';
import { type Ending, endingOf } from '../limits/pause';
import { backOffMs, heldBack, retryDelayMs, tooLongPause } from '../limits/retryPolicy';
import type { RunOptions } from './run';

/** A check that gets no answer within this time could not tell. In milliseconds. */
const CHECK_TIMEOUT_MS = 10_000;

/**
 * The requests of one run to the gateway: each waits for its turn, has a deadline, and tells the limiter of its account how
 * it ended.
 */
export class Requests {
	private readonly limiter: RunLimiter;

	private readonly lookups: InFlightRequests;

	private readonly checks: InFlightRequests;

	private readonly finished = new AbortController();

	/** Whether the gateway could tell how it is, when it was last checked. */
	private couldTell = true;

	/**
	 * @param ended fires when nothing of this run may start any more
	 * @param endRun is told what ends the run
	 */
	constructor(
		private readonly gateway: Gateway,
		private readonly options: RunOptions,
		limiters: AccountLimiters,
		private readonly clock: Clock,
		private readonly ended: AbortSignal,
		private readonly endRun: (why: Failure) => void,
	) {
		const { timeout } = options;
		this.limiter = limiters.join(gateway.accountId, options, ended);
		this.lookups = new InFlightRequests(timeout, clock, this.finished.signal);
		this.checks = new InFlightRequests(Math.min(timeout, CHECK_TIMEOUT_MS), clock, this.finished.signal);
	}

	/**
	 * Looks a contact up, once.
	 *
	 * @param wasSentBack whether the gateway asked for a pause when it was asked before
	 * @returns `undefined` where it could not be sent any more
	 */
	async lookUp(query: Query, wasSentBack: boolean): Promise<Verdict | undefined> {
		const { contactId } = query;
		const sent = await this.send({ kind: 'lookup', ...query }, this.lookups, contactId, wasSentBack);
		return sent?.verdict;
	}

	/**
	 * Finds out how the gateway is. A dead session or credential ends the run once the gateway has said so twice. If the
	 * second check finds it well, the run goes on, but the first one counts for the answers before it: they may be of a dead
	 * session.
	 *
	 * @returns `undefined` where the run has ended
	 */
	async checkGateway(): Promise<GatewayState | undefined> {
		const first = await this.checkWithRetries();
		if (first?.kind !== 'dead') return first;
		await this.clock.sleep(backOffMs(1, this.clock.random()), this.ended);
		const second = await this.checkWithRetries();
		const isDead = second?.kind === 'dead' && second.failure.reason === first.failure.reason;
		if (isDead) this.endRun(second.failure);
		return second && first;
	}

	/** Aborts all requests that are open. */
	abort(): void {
		this.lookups.abortAll();
		this.checks.abortAll();
	}

	/** Call it once, when no request is open or waits. */
	finish(): void {
		this.finished.abort();
		this.limiter.leave();
	}

	/** A gateway in trouble is asked again as it is for a lookup, unless it could not tell the last time either. */
	private async checkWithRetries(): Promise<GatewayState | undefined> {
		const maxRetries = this.couldTell ? this.options.maxRetries : 0;
		for (let attempts = 1; ; attempts += 1) {
			const state = await checkGateway(async (request) => (await this.send(request, this.checks))?.answer);
			if (this.ended.aborted) return undefined;
			this.couldTell = state.kind !== 'unknown';
			const isTransient = state.kind === 'unknown' && state.isTransient;
			const wait = isTransient ? retryDelayMs({}, attempts, maxRetries, this.clock.random()) : undefined;
			if (wait === undefined) return state;
			await this.clock.sleep(wait, this.ended);
		}
	}

	/** A request counts as open until its answer has been read, and a pause holds from then on. */
	private async send(
		request: GatewayRequest,
		inFlight: InFlightRequests,
		contactId = '',
		wasSentBack = false,
	): Promise<{ answer?: Answer; verdict: Verdict } | undefined> {
		const turn = await this.limiter.acquire({ wasSentBack });
		if (turn === 'run ended') return undefined;
		if ('heldBackMs' in turn) {
			this.endRun(heldBack(turn.heldBackMs));
			return undefined;
		}
		let ending: Ending = 'aborted';
		let why: Failure | undefined;
		try {
			// Between a turn that was given and this line the run can have ended.
			if (this.ended.aborted) return undefined;
			const { account: shared } = this.limiter;
			const sent = await inFlight.run(async (controller) => await this.gateway.send(request, { controller, shared }));
			const answer = 'answer' in sent ? sent.answer : undefined;
			const verdict: Verdict =
				'answer' in sent ? this.gateway.classifyAnswer(sent.answer, contactId) : { kind: 'failure', ...sent };
			why = failureOf(verdict);
			if (why && 'endsRun' in verdict) this.endRun(why);
			if (answer || !this.ended.aborted) ending = endingOf(why);
			return { ...(answer && { answer }), verdict };
		} catch {
			// Nothing in there should throw; if something does, it must stay with its contact.
			return { verdict: NO_SENSE };
		} finally {
			const leftMs = turn.end(ending);
			if (leftMs !== undefined && why) this.endRun(tooLongPause(why, leftMs));
		}
	}
}

const NO_SENSE: Verdict = { kind: 'failure', failure: failure('unexpected-response') };
