import type { Failure } from '../failure';

/** What an answer means for the contact that was asked for. */
export type Outcome =
	| { kind: 'picture'; id: string; url: string }
	/** The person has no picture, or does not show it: an answer, not a fault. */
	| { kind: 'none'; id: string }
	| { kind: 'failure'; failure: Failure };

/**
 * An answer that can be about the contact as well as about the credential or the session. It is no outcome before
 * something has shown which.
 */
export interface Unconfirmed {
	kind: 'unconfirmed';
	statusCode: number;
	/** Whether it would be the end of the run if it were not about the contact, so that it is to be confirmed at once. */
	abortsRun: boolean;
	/** Whether it can be about the session, which an answer that the gateway had stored says nothing of. */
	isAboutSession: boolean;
	/** What it means if the credential and the session work. */
	ifTheyWork: Outcome;
	/** What it means if nothing can tell whether they do. */
	ifUnknown: Outcome;
}

/** What an answer means, and what it shows beside that. */
export interface Classified {
	outcome: Outcome | Unconfirmed;
	/**
	 * Whether it shows that the credential works, and where it was asked for with `refresh`, the session: it came under 200,
	 * and with that contact's ID.
	 */
	isProof?: true;
	/** Whether every further request would end alike. */
	abortsRun?: true;
	/** Whether a picture came without an ID that can be held against the contact's. */
	isUnnamed?: true;
}
