import { failure } from '../failure';
import type { GatewayState } from '../gateway/checkGateway';
import { failureOf, type Outcome, type Unclear, type Verdict } from '../gateway/verdict';
import { cannotTell } from '../gateway/words';

/** How many held answers one check is for. */
const AT_ONCE = 20;
/** A check that could not tell how the gateway is holds for this many answers. Twenty that fail in a row end the run. */
const NO_CHECK_FOR = 15;
/** This many contacts in a row are confirmed one by one after one was not: their text may be that of an outage. */
const DOUBTFUL_FOR = 20;

/** Once this many contacts with a text are confirmed, further ones with the same text are held. */
const ENOUGH = 2;
/** Longer and later texts are not remembered, and confirmed each time. */
const MOST_TEXTS = 100;
const LONGEST_TEXT = 500;

/** The result for an unclear answer: a verdict, an outcome that comes later, or nothing, because the run has ended. */
export type Confirmed = Verdict | { kind: 'held'; outcome: Promise<Outcome | undefined> } | undefined;

const UNKNOWN: GatewayState = { kind: 'unknown', isTransient: false };

type AskAgain = () => Promise<Verdict | undefined>;

/** The answers of a run with the same text. */
interface SameText {
	/** How many contacts in a row were confirmed; starts at `-DOUBTFUL_FOR` after one that was not. */
	confirmed: number;
	/** Settles when it is the turn of the next one: they are confirmed one after the other. */
	turn: Promise<unknown>;
}

/**
 * Finds out what the unclear answers of a run mean, by checking the gateway after they came.
 *
 * The first two contacts with the same text are confirmed one by one. Further ones are held and confirmed together: one
 * check for every twenty, and one at the end of the run.
 */
export class Confirmation {
	private readonly texts = new Map<string, SameText>();

	private held: Array<{ answer: Unclear; settle(outcome: Outcome | undefined): void }> = [];

	/** Of unclear answers. */
	private count = 0;

	/** The gateway is not checked before this count: it could not tell a moment ago. */
	private nextCheckAt = 0;

	/** The check that begins after the current one. */
	private queued?: Promise<GatewayState | undefined>;

	private lastCheck: Promise<unknown> = Promise.resolve();

	/** @param checkGateway never rejects; `undefined` if the run has ended */
	constructor(private readonly checkGateway: () => Promise<GatewayState | undefined>) {}

	/** @param askAgain asks for the contact once more; `undefined` if the run has ended */
	async confirm(answer: Unclear, askAgain: AskAgain): Promise<Confirmed> {
		this.count += 1;
		const same = this.sameAs(answer.text);
		const confirmed = same.turn.then(async () =>
			same.confirmed < ENOUGH ? await this.confirmAlone(answer, same, askAgain) : await this.hold(answer),
		);
		same.turn = confirmed;
		return await confirmed;
	}

	async finish(): Promise<void> {
		if (this.held.length > 0) await this.confirmHeld();
	}

	private sameAs(text: string): SameText {
		const same = this.texts.get(text) ?? { confirmed: 0, turn: Promise.resolve() };
		if (text.length <= LONGEST_TEXT && this.texts.size < MOST_TEXTS) this.texts.set(text, same);
		return same;
	}

	private async confirmAlone(answer: Unclear, same: SameText, ask: AskAgain): Promise<Verdict | undefined> {
		const state = await this.check();
		if (state?.kind !== 'well') {
			same.confirmed = -DOUBTFUL_FOR;
			return state && outcomeIn(state, answer);
		}
		const second = answer.countsTwice ? await ask() : answer;
		const isAlike = second?.kind === 'unclear' && second.countsTwice === answer.countsTwice;
		// Other words that mean the same confirm the contact, but not this text: it may have come in trouble.
		const isSame = isAlike && second.text === answer.text;
		// Both answers may come from the same trouble.
		const isDoubtful = isSame && answer.countsTwice && same.confirmed < 0;
		if (isSame) same.confirmed += 1;
		else if (second && !('isTransient' in second)) same.confirmed = -DOUBTFUL_FOR;
		if (!isAlike) return second;
		return isDoubtful ? { ...notTold(answer), isTextInDoubt: true } : second.meaning;
	}

	/** Waits for the check once enough are held, so that no worker asks for more contacts before. */
	private async hold(answer: Unclear): Promise<Confirmed> {
		const outcome = new Promise<Outcome | undefined>((settle) => this.held.push({ answer, settle }));
		if (this.held.length >= AT_ONCE) await this.confirmHeld();
		return { kind: 'held', outcome };
	}

	private async confirmHeld(): Promise<void> {
		const held = this.held.splice(0);
		const state = await this.check();
		for (const { answer, settle } of held) {
			if (state?.kind !== 'well') this.sameAs(answer.text).confirmed = -DOUBTFUL_FOR;
			settle(state && outcomeIn(state, answer));
		}
	}

	/** Checks the gateway from now on: a check that has begun tells nothing of later answers. Those that wait share one. */
	private async check(): Promise<GatewayState | undefined> {
		if (this.count < this.nextCheckAt) return UNKNOWN;
		this.queued ??= this.lastCheck.then(async () => {
			this.queued = undefined;
			const state = await this.checkGateway();
			if (state?.kind === 'unknown') this.nextCheckAt = this.count + NO_CHECK_FOR;
			return state;
		});
		this.lastCheck = this.queued;
		return await this.queued;
	}
}

function outcomeIn(state: GatewayState, answer: Unclear): Outcome {
	const { meaning, statusCode, isStrange } = answer;
	if (state.kind === 'well') return meaning;
	if (state.kind === 'unknown') {
		return isStrange || failureOf(meaning)?.reason === 'temporarily-unavailable' ? meaning : notTold(answer);
	}
	const outcome = { kind: 'failure' as const, failure: { ...state.failure, statusCode } };
	return state.kind === 'starting' ? { ...outcome, isTransient: true } : outcome;
}

function notTold({ statusCode }: Unclear) {
	const why = failure('unexpected-response', { ...cannotTell(statusCode), statusCode });
	return { kind: 'failure' as const, failure: why };
}
