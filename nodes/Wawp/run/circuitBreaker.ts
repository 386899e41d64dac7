import type { Failure } from '../failure';

/** This many failures in a row that say nothing of their contact show that the next ones will fail, too. */
const ENOUGH = 20;

/** Finds out when it makes no sense to go on although nothing says so. */
export class CircuitBreaker {
	private inARow = 0;

	/** Which row of failures this is: each success, and each failure of a contact's own, begins another. */
	row = 0;

	/** Why the rest fails, once it has opened. */
	opened?: Failure;

	/**
	 * @param isOwn whether a failure has to do with its contact
	 * @param notDone begins the message for the rest: "Not asked for"
	 */
	constructor(
		private readonly isOwn: (why: Failure) => boolean,
		private readonly notDone: string,
	) {}

	/**
	 * Takes what became of a contact, after all attempts.
	 *
	 * @param why it failed; absent where it did not
	 * @param row the one in which it was answered, if that was some time ago: it counts only if that row still goes on
	 */
	record(why: Failure | undefined, row = this.row): void {
		if (!why || this.isOwn(why)) {
			this.inARow = 0;
			this.row += 1;
			return;
		}
		if (row !== this.row) return;
		this.inARow += 1;
		if (this.inARow < ENOUGH) return;
		const { reason, description, statusCode } = why;
		const message = `${this.notDone}, because ${ENOUGH} contacts in a row failed before. ${why.message}`;
		// What was not tried may succeed later.
		this.opened ??= { reason, message, description, retryable: true, ...(statusCode && { statusCode }) };
	}
}
