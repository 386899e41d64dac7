import { failure, type Failure } from '../../../nodes/Wawp/failure';
import { CircuitBreaker } from '../../../nodes/Wawp/run/circuitBreaker';

/** What it says after so many contacts that failed alike. */
function after(count: number, why: Failure): Failure | undefined {
	const breaker = new CircuitBreaker();
	let last: Failure | undefined;
	for (let index = 0; index < count; index += 1) last = breaker.record({ kind: 'failure', failure: why });
	return last;
}

test.each([
	['has the status of the last one', failure('temporarily-unavailable', { statusCode: 503 }), { statusCode: 503 }],
	['has no status where no answer came', failure('network'), {}],
	['asks for no pause, and has no address', failure('timeout', { retryAfterMs: 7000, url: 'https://x.y/1' }), {}],
])('The failure of those that are not asked for %s', (_what, why, status) => {
	expect(after(19, why)).toBeUndefined();
	const { reason, description, retryable, message } = why;
	expect(after(20, why)).toStrictEqual({
		...{ reason, description, retryable, ...status },
		message: `Not asked for, because 20 contacts in a row failed before. ${message}`,
	});
});
