import type { Clock } from '../batch/clock';
import { Gate } from '../batch/gate';
import { OpenRequests } from '../batch/openRequests';
import { backOffMs, waitBeforeRetry } from '../batch/retry';
import type { Outcome } from '../gateway/answer';
import { failure, type Failure } from '../gateway/failure';
import type { Gateway } from '../gateway/gateway';
import type { Query } from '../gateway/request';
import type { Options } from './options';
import type { Result } from './output';

/** What became of one look-up. */
export type Found = Omit<Result, 'contactId'>;

/**
 * The look-ups of one run: each is asked for until there is an answer to keep, by the rules that all of them share.
 */
export class LookUps {
	private readonly closed = new AbortController();

	private readonly finished = new AbortController();

	private readonly gate: Gate;

	private readonly open: OpenRequests;

	private credentialHasWorked = false;

	private doubt?: Promise<void>;

	/** Why every contact that has no answer yet fails alike: a dead credential or session. Absent while there is hope. */
	deadEnd?: Failure;

	constructor(
		private readonly gateway: Gateway,
		private readonly options: Options,
		private readonly clock: Clock,
	) {
		this.gate = new Gate(options.requestsPerMinute, clock, this.closed.signal);
		this.open = new OpenRequests(options.timeout, clock, this.finished.signal);
	}

	/** How long the gateway held the run back, in milliseconds. */
	get heldBackMs(): number {
		return this.gate.heldBackMs;
	}

	/**
	 * Looks one contact up. Never rejects.
	 *
	 * @param owner the index of the item that it is looked up for
	 * @returns `undefined` where the run was stopped before the first request
	 */
	async lookUp(query: Query, owner: number): Promise<Found | undefined> {
		let attempts = 0;
		let last: Failure | undefined;
		const giveUp = (why: Failure): Found => ({ attempts, outcome: failed(why) });
		for (;;) {
			const passed = this.gate.pass();
			const passage = passed instanceof Promise ? await passed : passed;
			if (passage.kind === 'held') return giveUp(limitedFor(Math.ceil(passage.forMs)));
			// Between a turn that was given and this line the run may have ended.
			if (passage.kind === 'closed' || this.closed.signal.aborted) {
				const why = this.deadEnd ?? last;
				return why && giveUp(why);
			}
			attempts += 1;
			// Nothing in there should throw; if something does, it must stay with its item.
			const outcome = await this.ask(query, owner).catch(() => failed(failure('unexpected-response')));
			if (outcome.kind !== 'failure') return { attempts, outcome };

			last = outcome.failure;
			const isLimited = last.reason === 'rate-limited';
			const random = this.clock.random();
			const wait = waitBeforeRetry(last, attempts, this.options.maxRetries, random);
			if (isLimited) this.gate.holdBack(last.retryAfterMs ?? backOffMs(attempts, random));
			if (wait === undefined) return giveUp(last.retryAfterMs ? limitedFor(last.retryAfterMs, last) : last);
			if (!isLimited) await this.clock.sleep(wait, this.closed.signal);
		}
	}

	/**
	 * Stops the run: nothing more is sent, no waiting goes on, and the open requests of the items behind this one are
	 * aborted. Those of earlier items may end, because they decide which failure is the first in input order.
	 */
	stopBehind(itemIndex: number): void {
		this.closed.abort();
		this.open.abortBehind(itemIndex);
	}

	/** To be called once all look-ups have ended. */
	finish(): void {
		this.finished.abort();
	}

	private async ask(query: Query, owner: number): Promise<Outcome> {
		const { contactId } = query;
		const reply = await this.open.run(owner, async (signal) => await this.gateway.ask(query, signal));
		if ('failure' in reply) return failed(reply.failure);
		const judge = () => this.gateway.judge(reply.answer, contactId, this.credentialHasWorked);
		const outcome = judge();
		if (outcome.kind !== 'failure') {
			this.credentialHasWorked = true;
		} else if (outcome.failure.reason === 'session-disconnected') {
			this.endWith(outcome.failure);
		} else if (outcome.failure.reason === 'credential-invalid') {
			this.doubt ??= this.settleDoubt(outcome.failure);
			this.gate.suspendUntil(this.doubt);
			await this.doubt;
			return judge();
		}
		return outcome;
	}

	/** Whether a first refusal is about the credential or about that one contact, the requests beside it will show. */
	private async settleDoubt(refusal: Failure): Promise<void> {
		await this.open.allEnded();
		if (!this.credentialHasWorked) this.endWith(refusal);
	}

	private endWith(why: Failure): void {
		this.deadEnd ??= why;
		this.closed.abort();
	}
}

function failed(why: Failure): Outcome {
	return { kind: 'failure', failure: why };
}

/** Says for how long, where the gateway said so. */
function limitedFor(retryAfterMs: number, limit = failure('rate-limited')): Failure {
	const pause = `${Math.ceil(retryAfterMs / 1000)} s`;
	const description = `The gateway asked for a pause of ${pause}. Look this contact up again after that`;
	return { ...limit, description, retryAfterMs };
}
