import { failure, type Failure } from '../failure';
import type { Answer } from '../gateway/classifyAnswer';
import type { SessionState } from '../gateway/classifySession';
import type { Gateway } from '../gateway/gateway';
import type { Classified } from '../gateway/outcome';
import type { Query, Response, Sending } from '../gateway/request';
import type { OpenRequest, RunLimiter } from '../limits/accountLimiter';
import type { AccountLimiters } from '../limits/accountLimiters';
import type { Clock } from '../limits/clock';
import { InFlightRequests } from '../limits/inFlightRequests';
import { type Ending, endingOf } from '../limits/pause';
import { heldBack, isPause, retryDelayMs, tooLongPause } from '../limits/retryPolicy';
import type { RunOptions } from './options';

const TROUBLE = failure('temporarily-unavailable');

/** What a request came to: the answer and what it means for a contact, or why there is none. */
export type Reply = { answer: Answer; classified: Classified } | { failure: Failure };

/**
 * The requests of one run to the gateway: each waits for its turn, has a deadline, and tells the limiter of its instance how it
 * ended.
 */
export class Requests {
	private readonly limiter: RunLimiter;

	private readonly inFlight: InFlightRequests;

	private readonly finished = new AbortController();

	/**
	 * @param ended fires when nothing of this run may start any more, with the item that ended it as its reason
	 * @param abortRun is told what ends the run: such an answer, or a pause that nobody waits for
	 */
	constructor(
		private readonly gateway: Gateway,
		private readonly options: RunOptions,
		limiters: AccountLimiters,
		private readonly clock: Clock,
		private readonly ended: AbortSignal,
		private readonly abortRun: (why: Failure) => void,
	) {
		this.limiter = limiters.join(gateway.instanceId, options, ended);
		this.inFlight = new InFlightRequests(options.timeout, clock, this.finished.signal);
	}

	/**
	 * Waits for a request's turn.
	 *
	 * @param itemIndex of the item that it is for
	 * @param wasSentBack whether the gateway asked for a pause when it was sent before
	 * @returns `undefined` where it may not be sent any more
	 */
	async turnFor(itemIndex: number, wasSentBack: boolean): Promise<OpenRequest | undefined> {
		const turn = await this.limiter.acquire({ wasSentBack });
		if (turn === 'run ended') return undefined;
		if ('heldBackMs' in turn) {
			this.abortRun(heldBack(turn.heldBackMs));
			return undefined;
		}
		// The run may have ended since the turn was given. Earlier items decide which failure is the first in input order.
		if (!this.ended.aborted || itemIndex < this.ended.reason) return turn;
		turn.end('aborted');
		return undefined;
	}

	/**
	 * Sends a look-up whose turn has come.
	 *
	 * @param itemIndex of the item that it is for
	 */
	async lookUp(query: Query, itemIndex: number, turn: OpenRequest): Promise<Reply> {
		const ask = async (sending: Sending) => await this.gateway.ask(query, sending);
		return await this.send(ask, itemIndex, turn, (answer) => {
			const classified = this.gateway.classifyAnswer(answer, query.contactId);
			const { outcome, abortsRun } = classified;
			// Before the next request gets its turn.
			if (abortsRun && outcome.kind === 'failure') this.abortRun(outcome.failure);
			return classified;
		});
	}

	/** Asks whether credential and session work, again where the gateway is in trouble, as look-ups are. Never rejects. */
	async sessionState(): Promise<SessionState> {
		for (let attempts = 1; ; attempts += 1) {
			const state = await this.askForSession();
			if (state.kind !== 'unknown' || !state.isInTrouble) return state;
			const wait = retryDelayMs(TROUBLE, attempts, this.options.maxRetries, this.clock.random());
			if (wait === undefined) return state;
			await this.clock.sleep(wait, this.ended);
		}
	}

	/** Aborts the requests of the items behind this one. */
	abortItemsAfter(itemIndex: number): void {
		this.inFlight.abortItemsAfter(itemIndex);
	}

	/** To be called once, when none is open or waits. */
	finish(): void {
		this.finished.abort();
		this.limiter.leave();
	}

	private async askForSession(): Promise<SessionState> {
		return await this.gateway
			.askForSession(async (ask) => {
				const turn = await this.turnFor(Infinity, false);
				// Of no item, and so behind all of them. What it means for a contact tells whether the gateway wants a pause.
				return turn && (await this.send(ask, Infinity, turn, (answer) => this.gateway.classifyAnswer(answer, '')));
			})
			.catch((): SessionState => ({ kind: 'unknown' }));
	}

	/** A request counts as open until its answer has been read, and a pause holds from then on. */
	private async send(
		ask: (sending: Sending) => Promise<Response>,
		itemIndex: number,
		turn: OpenRequest,
		classify: (answer: Answer) => Classified,
	): Promise<Reply> {
		let ending: Ending = 'unanswered';
		let pause: Failure | undefined;
		try {
			const { account: shared } = this.limiter;
			const response = await this.inFlight.run(itemIndex, async (controller) => await ask({ controller, shared }));
			if ('failure' in response) {
				if (this.ended.aborted) ending = 'aborted';
				return response;
			}
			const { answer } = response;
			const classified = classify(answer);
			const { outcome } = classified;
			const why = outcome.kind === 'failure' ? outcome.failure : undefined;
			ending = endingOf(why);
			if (why && isPause(why)) pause = why;
			return { answer, classified };
		} finally {
			const leftMs = turn.end(ending);
			if (leftMs !== undefined && pause) this.abortRun(tooLongPause(pause, leftMs));
		}
	}
}
