import type { Failure } from '../failure';

/** After this many failures in a row that have nothing to do with their contact, the next ones would fail, too. */
const ENOUGH = 20;

/** Ends a run that keeps failing although no answer ends it. */
export class CircuitBreaker {
	private inARow = 0;

	/** The number of the current row of failures. A success, and a failure of a contact's own, begins a new one. */
	row = 0;

	/** Why the rest fails, once the breaker has opened. */
	opened?: Failure;

	/**
	 * @param isOwn whether a failure has to do with its contact
	 * @param notDone begins the message for the rest, some of which wait for a retry: "Given up"
	 */
	constructor(
		private readonly isOwn: (why: Failure) => boolean,
		private readonly notDone: string,
	) {}

	/**
	 * @param why a contact failed after all attempts; absent if it did not
	 * @param row in which it was answered, if that was a while ago: it counts only if that row is still current
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
		// Contacts that were not tried may succeed later.
		this.opened ??= { reason, message, description, retryable: true, ...(statusCode && { statusCode }) };
	}
}
