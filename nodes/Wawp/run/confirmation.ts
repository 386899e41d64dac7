import { failure, type Failure } from '../failure';
import type { SessionState } from '../gateway/classifySession';
import type { Outcome, Unconfirmed } from '../gateway/outcome';
import { WORDS } from '../gateway/words';
import { Endpoint } from './endpoint';

/** So many unconfirmed answers are held at most before the gateway is asked, and so many there are for each time it is asked. */
const MOST_HELD = 20;

const NO_ROUTE: Outcome = { kind: 'failure', failure: failure('unexpected-response', WORDS.noSuchRoute) };

interface Held {
	answer: Unconfirmed;
	/** How many requests had been started when it came. */
	requestsStarted: number;
	/** Whether it says that every request fails, and the contact has not been asked for again since. */
	isFirst: boolean;
	/** Whether credential and session worked after all, which it denies. */
	isContradicted?: true;
	/** Whether its look-up has ended. */
	isLeft?: true;
	/** How many items wait for it, once that look-up has ended. */
	items: number;
}

/** That a contact is to be asked for once more, and whether its answer was contradicted meanwhile. */
export interface AskAgain {
	kind: 'again';
	isContradicted: boolean;
}

/** What a run does about what is found out. */
export interface Confirmed {
	/** Ends the run; it has to call `fail` in turn where the failure is one of credential or session. */
	abortRun(why: Failure): void;
	/**
	 * An answer whose look-up had ended has become an outcome.
	 *
	 * @param requestsStarted how many requests had been started when it came
	 */
	settled(outcome: Outcome, requestsStarted: number): void;
}

/**
 * The unconfirmed answers of a run, held until something shows what they are about: the state of the session, asked for
 * at most once at a time and once per twenty of them (and once more at the end), or a success that began later.
 */
export class Confirmation {
	readonly endpoint = new Endpoint();

	private readonly held = new Set<Held>();

	private readonly outcomes = new Map<Unconfirmed, Outcome>();

	/** All that came, whether they are held or not. */
	private readonly heldFor = new WeakMap<Unconfirmed, Held>();

	private heard = 0;

	private asked = 0;

	private asking?: Promise<boolean>;

	private dead?: Failure;

	/** @param askForSession does not reject; `undefined` where the run was stopped before an answer */
	constructor(
		private readonly askForSession: () => Promise<SessionState | undefined>,
		private readonly run: Confirmed,
	) {}

	/**
	 * Takes an answer, and waits where it is time to ask, so that nobody goes on sending meanwhile.
	 *
	 * @param requestsStarted how many requests the run has started so far
	 * @param isRepeated whether the contact was asked for again because of such an answer
	 * @returns what it means, that its contact is to be asked for again, or `undefined` where it is held
	 */
	async hear(
		answer: Unconfirmed,
		requestsStarted: number,
		isRepeated: boolean,
	): Promise<Outcome | AskAgain | undefined> {
		this.heard += 1;
		const held: Held = { answer, requestsStarted, isFirst: answer.abortsRun && !isRepeated, items: 0 };
		this.held.add(held);
		this.heldFor.set(answer, held);
		if (this.dead) this.fail(this.dead);
		while (this.held.has(held) && this.isTime(held)) {
			if (!(await (this.asking ??= this.ask()))) break;
		}
		const outcome = this.outcomes.get(answer);
		held.isLeft = true;
		if (outcome || !held.isFirst) return outcome;
		this.held.delete(held);
		return { kind: 'again', isContradicted: held.isContradicted === true };
	}

	/**
	 * To be told of a success with the contact's own ID: what came before its request was started is about contacts.
	 *
	 * @param isLive whether it cannot have been stored since the session worked
	 */
	proved(requestNumber: number, isLive: boolean): void {
		const isSettled = ({ requestsStarted, answer }: Held) =>
			requestsStarted < requestNumber && (isLive || !answer.isAboutSession);
		this.settle([...this.held].filter(isSettled), { kind: 'works' });
	}

	/** To be told where credential or session are dead: what is held is taken to be about that. */
	fail(why: Failure): void {
		this.dead = why;
		for (const held of this.held) this.becomes(held, { kind: 'failure', failure: why });
	}

	/** To be told of each item that waits for an answer. */
	keep(answer: Unconfirmed): void {
		const held = this.heldFor.get(answer);
		if (!held) return;
		held.items += 1;
		if (this.outcomes.has(answer)) return;
		this.held.add(held);
		if (this.dead) this.fail(this.dead);
	}

	/** To be told of each item that waits for an answer no more. It is let go with the last of them. */
	drop(answer: Unconfirmed): void {
		const held = this.heldFor.get(answer);
		if (!held) return;
		held.items -= 1;
		if (held.items === 0) this.held.delete(held);
	}

	/** Asks for what is still held at the end of a run. */
	async finish(): Promise<void> {
		while (this.held.size > 0) if (!(await (this.asking ??= this.ask()))) return;
	}

	/** What an answer that was held has come to mean; `undefined` where the run was stopped before. */
	outcomeOf(answer: Unconfirmed): Outcome | undefined {
		return this.outcomes.get(answer);
	}

	private isTime({ isFirst }: Held): boolean {
		const mayAsk = this.asked < Math.ceil(this.heard / MOST_HELD);
		return this.asking !== undefined || this.held.size >= MOST_HELD || (isFirst && mayAsk);
	}

	/** @returns whether there was an answer, or there will be none */
	private async ask(): Promise<boolean> {
		this.asked += 1;
		const before = [...this.held];
		const state = await this.askForSession();
		this.asking = undefined;
		if (state) this.settle(before, state);
		return state !== undefined;
	}

	private settle(all: Held[], state: SessionState): void {
		// Others may have been settled meanwhile.
		const answers = all.filter((held) => this.held.has(held));
		switch (state.kind) {
			case 'works':
				this.settleAsWorking(answers);
				return;
			case 'failure':
				if (state.failure.retryable) {
					for (const held of answers) this.becomes(held, { kind: 'failure', failure: state.failure });
				} else if (answers[0]) {
					this.run.abortRun(withStatus(state.failure, answers[0].answer));
				}
				return;
			case 'unknown':
				if (state.isMissing) this.endpoint.lacksSession();
				this.settleAsUnknown(answers);
		}
	}

	private settleAsUnknown(answers: Held[]): void {
		// What ends the run comes first: the others then fail with it, in whatever order they came.
		for (const { answer } of answers) {
			if (answer.abortsRun && answer.ifUnknown.kind === 'failure') this.run.abortRun(answer.ifUnknown.failure);
		}
		for (const held of answers) {
			const { ifUnknown } = held.answer;
			const { isUnknown } = this.endpoint;
			if (this.held.has(held)) this.becomes(held, isUnknown && ifUnknown.kind === 'none' ? NO_ROUTE : ifUnknown);
		}
	}

	private settleAsWorking(answers: Held[]): void {
		const bare = answers.filter(({ answer }) => answer.statusCode === 404 && answer.ifUnknown.kind === 'failure');
		const noRoute = this.endpoint.isMissing(bare.length);
		for (const held of answers) {
			if (held.isFirst) {
				held.isContradicted = true;
				this.held.delete(held);
			} else {
				this.becomes(held, noRoute && bare.includes(held) ? held.answer.ifUnknown : held.answer.ifTheyWork);
			}
		}
	}

	private becomes(held: Held, outcome: Outcome): void {
		const { answer } = held;
		const own: Outcome =
			outcome.kind === 'failure' ? { ...outcome, failure: withStatus(outcome.failure, answer) } : outcome;
		this.held.delete(held);
		this.outcomes.set(answer, own);
		if (held.isLeft) this.run.settled(own, held.requestsStarted);
	}
}

function withStatus(why: Failure, { statusCode }: Unconfirmed): Failure {
	return { ...why, statusCode };
}
