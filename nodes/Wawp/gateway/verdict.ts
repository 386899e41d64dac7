import type { Failure } from '../failure';

/** What a lookup came to. */
export type Outcome =
	| {
			kind: 'picture';
			id: string;
			url: string;
			/** Whether it came with the contact's own ID. */
			isNamed?: true;
	  }
	/** The person has no picture, or does not show it: an answer, not a fault. */
	| { kind: 'none'; id: string }
	| {
			kind: 'failure';
			failure: Failure;
			/** Whether asking again may help at once. */
			isTransient?: true;
			/** Whether the plan is used up, so that every other contact would fail as well. */
			endsRun?: true;
	  };

/**
 * An answer that has its meaning only if the gateway itself is well: else it may be about the session, the credential or
 * the endpoint.
 */
export interface Unclear {
	kind: 'unclear';
	meaning: Outcome;
	statusCode: number;
	/** What it says, without what differs from contact to contact. */
	text: string;
	/** Whether it counts only if the contact is asked for again and the answer is of this kind again. */
	countsTwice?: true;
	/** Whether the contact is to be asked for again first, as far as retries are left. */
	isTransient?: true;
}

/** What one answer, or the lack of one, means for the contact that was asked for. */
export type Verdict = Outcome | Unclear;

/** Why a contact fails by a verdict, so far. */
export function failureOf(verdict: Verdict): Failure | undefined {
	const outcome = verdict.kind === 'unclear' ? verdict.meaning : verdict;
	return outcome.kind === 'failure' ? outcome.failure : undefined;
}
