import type { Failure, Reason } from '../failure';
import type { Outcome } from '../gateway/outcome';

/** So many contacts in a row that fail for no reason of their own show that the next ones will, too. */
const ENOUGH = 20;

/** Failures that say nothing of the contact. */
const NOT_ITS_OWN = new Set<Reason>(['unexpected-response', 'network', 'timeout', 'temporarily-unavailable']);

/** Whether a contact has failed for no reason of its own. */
export function isInVain(outcome: Outcome): outcome is Extract<Outcome, { kind: 'failure' }> {
	return outcome.kind === 'failure' && NOT_ITS_OWN.has(outcome.failure.reason);
}

/** Finds out when asking on is in vain though nothing says so. */
export class CircuitBreaker {
	private inARow = 0;

	/**
	 * Takes what has become of a contact, after all of its attempts.
	 *
	 * @returns why the rest of the run fails, once that is so
	 */
	record(outcome: Outcome): Failure | undefined {
		this.inARow = isInVain(outcome) ? this.inARow + 1 : 0;
		if (!isInVain(outcome) || this.inARow < ENOUGH) return undefined;
		const { reason, message, description, retryable, statusCode } = outcome.failure;
		return {
			reason,
			message: `Not asked for, because ${ENOUGH} contacts in a row failed before. ${message}`,
			description,
			retryable,
			...(statusCode !== undefined && { statusCode }),
		};
	}
}
