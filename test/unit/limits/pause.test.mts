import { failure, type Failure } from '../../../nodes/Wawp/failure';
import { type Ending, endingOf, Pause } from '../../../nodes/Wawp/limits/pause';

const MINUTE = 60_000;
const asks = (pauseMs?: number): Ending => ({ pauseMs });

/** A pause of so long that the gateway asked for at 0. */
function paused(ms?: number) {
	const pause = new Pause();
	const isTooLong = pause.start(0)(0, asks(ms));
	return { pause, isTooLong };
}

describe('A pause', () => {
	test('holds nobody back where none was asked for', () => {
		const pause = new Pause();
		expect([pause.freeAt(7), pause.isTooLong(7)]).toStrictEqual([7, false]);
	});

	test('lasts as long as the gateway asked', () => {
		const { pause } = paused(5000);
		expect([pause.freeAt(0), pause.freeAt(4999), pause.freeAt(5000)]).toStrictEqual([5000, 5000, 5000]);
	});

	test('grows with each one in a row where the gateway does not say for how long', () => {
		const { pause } = paused();
		let now = 0;
		const lengths = [pause.until];
		for (let again = 0; again < 6; again += 1) {
			now = pause.until;
			pause.start(now)(now, asks());
			lengths.push(pause.until - now);
		}
		expect(lengths).toStrictEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
	});

	test('starts small again once a request was answered', () => {
		const { pause } = paused();
		pause.start(1000)(1100, 'answered');
		pause.start(2000)(2000, asks());
		expect(pause.until).toBe(3000);
	});

	test('is one pause for all requests that were open beside each other, and as long as the longest', () => {
		const pause = new Pause();
		const [a, b, c] = [pause.start(0), pause.start(0), pause.start(0)];
		a(100, asks(5000));
		b(200, asks(2000));
		expect(pause.until).toBe(5100);
		c(300, asks(9000));
		expect(pause.until).toBe(9300);
	});

	test('grows once for all requests that were open beside each other', () => {
		const pause = new Pause();
		const [a, b] = [pause.start(0), pause.start(0)];
		a(100, asks());
		b(200, asks());
		expect(pause.until).toBe(1200);
	});

	test('does not end because a request is answered that was sent before it', () => {
		const pause = new Pause();
		const [a, b] = [pause.start(0), pause.start(0)];
		a(100, asks(5000));
		b(200, 'answered');
		expect(pause.freeAt(200)).toBe(5100);
	});
});

describe('After a pause', () => {
	test('one request goes first, and the others once that is answered', () => {
		const { pause } = paused(5000);
		const first = pause.start(5000);
		expect(pause.freeAt(5000)).toBeGreaterThan(5000);
		first(5100, 'answered');
		expect(pause.freeAt(5100)).toBe(5100);
	});

	test.each<Ending>(['unanswered', 'aborted'])('a first one that is %s keeps nobody back for longer', (ending) => {
		const { pause } = paused(5000);
		pause.start(5000)(5100, ending);
		expect(pause.freeAt(5100)).toBe(5100);
	});

	test.each<[Ending, string, number]>([
		['unanswered', 'all others at once', 5000],
		['aborted', 'one again that goes first', 10_000],
	])('a first one that is %s is followed by %s', (ending, _who, freeAt) => {
		const { pause } = paused(5000);
		pause.start(5000)(5000, ending);
		pause.start(5000);
		expect(pause.freeAt(5000)).toBe(freeAt);
	});

	test('a first one that takes long keeps the others back for five seconds', () => {
		const { pause } = paused(5000);
		pause.start(5000);
		expect(pause.freeAt(5000)).toBe(10_000);
		expect(pause.freeAt(10_000)).toBe(10_000);
	});

	test('a first one that is refused asks for the next', () => {
		const { pause } = paused(5000);
		pause.start(5000)(5100, asks(7000));
		expect(pause.freeAt(5100)).toBe(12_100);
	});
});

describe('A pause that nobody waits for', () => {
	test.each([
		[2 * MINUTE, false],
		[2 * MINUTE + 1, true],
	])('of %d ms: %p', (ms, isTooLong) => {
		const made = paused(ms);
		expect(made.isTooLong).toBe(isTooLong);
		expect(made.pause.isTooLong(0)).toBe(isTooLong);
	});

	test('is waited for once two minutes of it are left', () => {
		const { pause } = paused(5 * MINUTE);
		expect([pause.isTooLong(3 * MINUTE - 1), pause.isTooLong(3 * MINUTE)]).toStrictEqual([true, false]);
		expect(pause.freeAt(3 * MINUTE)).toBe(5 * MINUTE);
	});

	test('is also the sum of shorter ones in a row', () => {
		const { pause } = paused(50_000);
		expect(pause.start(50_000)(50_000, asks(50_000))).toBe(false);
		expect(pause.start(100_000)(100_000, asks(50_000))).toBe(true);
	});

	test('is not what was asked for now and then, with time in between', () => {
		const { pause } = paused();
		for (const [now, until] of [
			[50_000, 52_000],
			[100_000, 104_000],
			[118_000, 126_000],
		] as const) {
			expect(pause.start(now)(now, asks())).toBe(false);
			expect(pause.until).toBe(until);
		}
	});

	test('starts anew where the last one has been over for two minutes', () => {
		const { pause } = paused(100_000);
		const now = 100_000 + 2 * MINUTE + 1;
		expect(pause.start(now)(now, asks(100_000))).toBe(false);
	});

	test('is asked after once in ten minutes, by one request, while the others wait for that', () => {
		const { pause } = paused(60 * MINUTE);
		expect(pause.isTooLong(10 * MINUTE - 1)).toBe(true);
		expect(pause.isTooLong(10 * MINUTE)).toBe(false);
		const probe = pause.start(10 * MINUTE);
		expect([pause.isTooLong(10 * MINUTE), pause.freeAt(10 * MINUTE)]).toStrictEqual([false, Infinity]);
		expect(probe(10 * MINUTE, asks(50 * MINUTE))).toBe(true);
		expect([pause.isTooLong(20 * MINUTE - 1), pause.isTooLong(20 * MINUTE)]).toStrictEqual([true, false]);
	});

	test('is over where that request is answered', () => {
		const { pause } = paused(60 * MINUTE);
		pause.start(10 * MINUTE)(10 * MINUTE + 100, 'answered');
		expect(pause.freeAt(10 * MINUTE + 100)).toBe(10 * MINUTE + 100);
		expect(pause.until).toBe(10 * MINUTE + 100);
	});

	test('is over by that as well where a request from before it asks for no more than is known', () => {
		const pause = new Pause();
		const [a, b] = [pause.start(0), pause.start(0)];
		a(0, asks(60 * MINUTE));
		const probe = pause.start(10 * MINUTE);
		b(10 * MINUTE, asks(50 * MINUTE));
		probe(10 * MINUTE, 'answered');
		expect(pause.until).toBe(10 * MINUTE);
	});

	test('is asked after at once where that request was stopped', () => {
		const { pause } = paused(60 * MINUTE);
		pause.start(10 * MINUTE)(10 * MINUTE, 'aborted');
		expect(pause.isTooLong(10 * MINUTE)).toBe(false);
	});

	test.each([
		['got no answer', failure('timeout')],
		['was answered by a 503 page', failure('temporarily-unavailable', { statusCode: 503 })],
		['was answered by something else than the gateway', failure('unexpected-response', { statusCode: 200 })],
	])('holds on where that request %s, and is asked after again ten minutes later', (_what, why) => {
		const { pause } = paused(60 * MINUTE);
		pause.start(10 * MINUTE)(10 * MINUTE, endingOf(why));
		expect([pause.until, pause.isTooLong(10 * MINUTE)]).toStrictEqual([60 * MINUTE, true]);
		expect([pause.isTooLong(20 * MINUTE - 1), pause.isTooLong(20 * MINUTE)]).toStrictEqual([true, false]);
	});
});

describe('The end of a request', () => {
	test.each<[string, Failure | undefined, Ending]>([
		['without a failure shows that the gateway serves requests', undefined, 'answered'],
		['with what the gateway says of the contact does, too', failure('bad-request', { statusCode: 400 }), 'answered'],
		['with a credential that is refused does, too', failure('credential-invalid', { statusCode: 403 }), 'answered'],
		['with trouble does not', failure('temporarily-unavailable', { statusCode: 500 }), 'unanswered'],
		['without an answer does not', failure('network'), 'unanswered'],
		['with a bad certificate does not', failure('network', { isLasting: true }), 'unanswered'],
		['with an answer that is not understood does not', failure('unexpected-response'), 'unanswered'],
		['with a refusal for now asks for a pause', failure('rate-limited'), { pauseMs: undefined }],
		['with a Retry-After asks for that', failure('temporarily-unavailable', { retryAfterMs: 7 }), { pauseMs: 7 }],
	])('%s', (_what, why, ending) => {
		expect(endingOf(why)).toStrictEqual(ending);
	});
});
