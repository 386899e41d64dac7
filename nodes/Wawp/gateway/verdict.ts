import type { Failure } from '../failure';

/** The result of a lookup. */
export type Outcome =
	| {
			kind: 'picture';
			id: string;
			url: string;
			/** Whether the answer had the contact's own ID. */
			isNamed?: true;
	  }
	/** The person has no picture, or does not show it. */
	| { kind: 'none'; id: string }
	| {
			kind: 'failure';
			failure: Failure;
			/** Whether it may pass in a moment: it is retried, after a back-off. */
			isTransient?: true;
			/** The plan is used up, so every other contact would fail, too. */
			endsRun?: true;
			/** The gateway is well. Only this text is in doubt, so it says nothing of contacts with another. */
			isTextInDoubt?: true;
	  };

/** An answer whose meaning holds only if the gateway is well: it may be about session, credential or endpoint. */
export interface Unclear {
	kind: 'unclear';
	meaning: Outcome;
	statusCode: number;
	/** See `textWithoutDigits`. */
	text: string;
	/** Such an answer counts only if the contact gets it again; not once enough contacts with its text were confirmed. */
	countsTwice?: true;
	/** Retry first, if retries are left. */
	isTransient?: true;
	/** The node understands nothing of it, however the gateway is. */
	isStrange?: true;
}

/** The meaning of one answer, or of none, for its contact. */
export type Verdict = Outcome | Unclear;

/** The failure that a verdict means, unless a check shows otherwise. */
export function failureOf(verdict: Verdict): Failure | undefined {
	const outcome = verdict.kind === 'unclear' ? verdict.meaning : verdict;
	return outcome.kind === 'failure' ? outcome.failure : undefined;
}
