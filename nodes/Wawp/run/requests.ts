import { failure, type Failure } from '../failure';
import type { Answer } from '../gateway/body';
import { checkGateway, type GatewayState } from '../gateway/checkGateway';
import type { Breakdown } from '../gateway/classifyTransportError';
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

/** In milliseconds, for a check of the gateway. */
const CHECK_TIMEOUT_MS = 10_000;

/** The requests of one run: each waits for its turn, has a deadline, and tells the limiter how it ended. */
export class Requests {
	private readonly limiter: RunLimiter;

	private readonly lookups: InFlightRequests;

	private readonly checks: InFlightRequests;

	private readonly finished = new AbortController();

	/** Whether the last check of the gateway had a result. */
	private couldTell = true;

	/**
	 * @param ended fires when no request of this run may start any more
	 * @param endRun ends the run
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
	 * @param wasSentBack whether the gateway answered the last attempt with a pause
	 * @returns `undefined` if the run had ended
	 */
	async lookUp(query: Query, wasSentBack: boolean): Promise<Verdict | undefined> {
		const { contactId } = query;
		const sent = await this.send({ kind: 'lookup', ...query }, this.lookups, contactId, wasSentBack);
		return sent?.verdict;
	}

	/**
	 * Checks the gateway. A dead session or credential ends the run if the gateway says so twice; if it says so once, the
	 * answers to confirm may have come at that moment.
	 *
	 * @returns `undefined` if the run has ended
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

	abort(): void {
		this.lookups.abortAll();
		this.checks.abortAll();
	}

	/** Call it once, when no request is open or waits. */
	finish(): void {
		this.finished.abort();
		this.limiter.leave();
	}

	/** Retries a check like a lookup, unless the last check had no result either. */
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
			// The run can have ended since the turn was given.
			if (this.ended.aborted) return undefined;
			const { account: shared } = this.limiter;
			const sent = await inFlight.run(async (controller) => await this.gateway.send(request, { controller, shared }));
			const answer = 'answer' in sent ? sent.answer : undefined;
			const verdict = 'answer' in sent ? this.gateway.classifyAnswer(sent.answer, contactId) : failed(sent);
			why = failureOf(verdict);
			if (why && 'endsRun' in verdict) this.endRun(why);
			if (answer || !this.ended.aborted) ending = endingOf(why);
			return { ...(answer && { answer }), verdict };
		} catch {
			// Nothing should throw; if something does, only this contact fails.
			return { verdict: NO_SENSE };
		} finally {
			const leftMs = turn.end(ending);
			if (leftMs !== undefined && why) this.endRun(tooLongPause(why, leftMs));
		}
	}
}

const NO_SENSE: Verdict = { kind: 'failure', failure: failure('unexpected-response') };

function failed(sent: Breakdown): Verdict {
	return { kind: 'failure', ...sent };
}
