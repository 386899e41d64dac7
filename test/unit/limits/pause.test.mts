import { failure, type Failure } from '../../../nodes/Wawp/failure';
import { type Ending, endingOf, Pause } from '../../../nodes/Wawp/limits/pause';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const ENDINGS: Record<string, Ending> = { answered: 'answered', unanswered: 'unanswered', aborted: 'aborted' };

/**
 * What becomes of a pause in a story such as "0 a, 100 a asks 5000, 200 b, 300 b answered": moments, requests that start, and
 * how they end. One that asks names no length where none follows.
 *
 * @returns the pause, and whether all that wait were to give up after the last ending
 */
function after(story: string) {
	const pause = new Pause();
	const open = new Map<string, ReturnType<Pause['start']>>();
	let givesUp = false;
	for (const event of story.split(', ')) {
		const [at, name = '', how, ms] = event.split(' ');
		const now = Number(at);
		if (how) givesUp = open.get(name)?.(now, ENDINGS[how] ?? { pauseMs: ms ? Number(ms) : undefined }) === true;
		else open.set(name, pause.start(now));
	}
	return { pause, givesUp };
}

test('No pause holds nobody back', () => {
	const pause = new Pause();
	expect([pause.freeAt(7), pause.isTooLong(7)]).toStrictEqual([7, false]);
});

describe('A request may start', () => {
	const PAUSED = '0 a, 0 a asks 5000';

	test.each<[string, story: string, now: number, freeAt: number]>([
		['when the time that the gateway asked for is over', PAUSED, 0, 5000],
		['when that is over, and no sooner', PAUSED, 4999, 5000],
		['when that is over, at once', PAUSED, 5000, 5000],
		[
			'after the longest pause of requests that were open beside each other',
			'0 a, 0 b, 100 a asks 9000, 200 b asks 1',
			200,
			9100,
		],
		['after the longest, also where it comes last', '0 a, 0 b, 100 a asks 5000, 300 b asks 9000', 300, 9300],
		['after one back-off for all that were open beside each other', '0 a, 0 b, 100 a asks, 200 b asks', 200, 1200],
		[
			'no sooner because one is answered that was sent before the pause',
			'0 a, 0 b, 0 a asks 5000, 1 b answered',
			1,
			5000,
		],
		['after five seconds where another one goes first and takes long', `${PAUSED}, 5000 p`, 5000, 10_000],
		['then at once', `${PAUSED}, 5000 p`, 10_000, 10_000],
		['once the first one is answered', `${PAUSED}, 5000 p, 5100 p answered`, 5100, 5100],
		['with others where the first one got no answer', `${PAUSED}, 5000 p, 5000 p unanswered, 5000 b`, 5000, 5000],
		['as the first one itself where the one before was stopped', `${PAUSED}, 5000 p, 5100 p aborted`, 5100, 5100],
		['and goes first then, for five seconds', `${PAUSED}, 5000 p, 5000 p aborted, 5000 b`, 5000, 10_000],
		['after the next pause where the first one is refused', `${PAUSED}, 5000 p, 5100 p asks 7000`, 5100, 12_100],
		[
			'after a small back-off again once one was answered',
			'0 a, 0 a asks, 1000 b, 1100 b answered, 2000 c, 2000 c asks',
			2000,
			3000,
		],
	])('%s', (_when, story, now, freeAt) => {
		expect(after(story).pause.freeAt(now)).toBe(freeAt);
	});

	test('after a pause that grows with each one in a row where the gateway does not say for how long', () => {
		const pause = new Pause();
		const lengths = Array.from({ length: 7 }, () => {
			const now = Math.max(0, pause.until);
			pause.start(now)(now, { pauseMs: undefined });
			return pause.until - now;
		});
		expect(lengths).toStrictEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
	});
});

describe('All that wait give up', () => {
	const THREE = '0 a, 0 a asks, 50000 b, 50000 b asks, 100000 c, 100000 c asks, 118000 d, 118000 d asks';

	test.each<[boolean, string, string]>([
		[false, 'a pause of two minutes', `0 a, 0 a asks ${2 * MINUTE}`],
		[true, 'a longer one', `0 a, 0 a asks ${2 * MINUTE + 1}`],
		[false, 'two in a row of less together', '0 a, 0 a asks 50000, 50000 b, 50000 b asks 50000'],
		[
			true,
			'three in a row of more together',
			'0 a, 0 a asks 50000, 50000 b, 50000 b asks 50000, 100000 c, 100000 c asks 50000',
		],
		[false, 'what was asked for now and then, with time in between', THREE],
		[
			false,
			'one that comes when the last one has been over for two minutes',
			'0 a, 0 a asks 100000, 220001 b, 220001 b asks 100000',
		],
	])('%p: because of %s', (givesUp, _what, story) => {
		expect(after(story).givesUp).toBe(givesUp);
	});

	test('after a back-off that grows still where pauses lie apart', () => {
		expect(after(THREE).pause.until).toBe(126_000);
	});
});

describe('A pause that nobody waits for', () => {
	const PAUSED = `0 a, 0 a asks ${HOUR}`;
	const PROBE = `${PAUSED}, ${10 * MINUTE} p`;

	test('is waited for once two minutes of it are left', () => {
		const { pause } = after(`0 a, 0 a asks ${5 * MINUTE}`);
		expect([0, 3 * MINUTE - 1, 3 * MINUTE].map((now) => pause.isTooLong(now))).toStrictEqual([true, true, false]);
		expect(pause.freeAt(3 * MINUTE)).toBe(5 * MINUTE);
	});

	test('is asked after once in ten minutes, by one request, while the others wait for that', () => {
		const { pause } = after(PAUSED);
		expect([10 * MINUTE - 1, 10 * MINUTE].map((now) => pause.isTooLong(now))).toStrictEqual([true, false]);
		const probe = pause.start(10 * MINUTE);
		expect([pause.isTooLong(10 * MINUTE), pause.freeAt(10 * MINUTE)]).toStrictEqual([false, Infinity]);
		expect(probe(10 * MINUTE, { pauseMs: 50 * MINUTE })).toBe(true);
		expect([20 * MINUTE - 1, 20 * MINUTE].map((now) => pause.isTooLong(now))).toStrictEqual([true, false]);
	});

	test.each([
		['that request is answered', `${PROBE}, ${11 * MINUTE} p answered`],
		[
			'it is answered, though one from before the pause asks for no more than is known',
			`0 b, ${PROBE}, ${10 * MINUTE} b asks ${50 * MINUTE}, ${11 * MINUTE} p answered`,
		],
	])('is over where %s', (_what, story) => {
		const { pause } = after(story);
		expect([pause.until, pause.freeAt(11 * MINUTE)]).toStrictEqual([11 * MINUTE, 11 * MINUTE]);
	});

	test('is asked after at once where that request was stopped', () => {
		expect(after(`${PROBE}, ${10 * MINUTE} p aborted`).pause.isTooLong(10 * MINUTE)).toBe(false);
	});

	test.each([
		['got no answer', failure('timeout')],
		['was answered by a 503 page', failure('temporarily-unavailable', { statusCode: 503 })],
		['was answered by something else than the gateway', failure('unexpected-response', { statusCode: 200 })],
	])('holds on where that request %s, and is asked after again ten minutes later', (_what, why) => {
		const { pause } = after(PAUSED);
		pause.start(10 * MINUTE)(10 * MINUTE, endingOf(why));
		expect([pause.until, pause.isTooLong(10 * MINUTE)]).toStrictEqual([HOUR, true]);
		expect([pause.isTooLong(20 * MINUTE - 1), pause.isTooLong(20 * MINUTE)]).toStrictEqual([true, false]);
	});
});

test.each<[string, Failure | undefined, Ending]>([
	['no failure: the gateway serves requests', undefined, 'answered'],
	['what the gateway says of the contact', failure('bad-request', { statusCode: 400 }), 'answered'],
	['a credential that is refused', failure('credential-invalid', { statusCode: 403 }), 'answered'],
	['trouble', failure('temporarily-unavailable', { statusCode: 500 }), 'unanswered'],
	['no answer', failure('network'), 'unanswered'],
	['an answer that is not understood', failure('unexpected-response'), 'unanswered'],
	['a refusal for now', failure('rate-limited'), { pauseMs: undefined }],
	['a Retry-After', failure('temporarily-unavailable', { retryAfterMs: 7 }), { pauseMs: 7 }],
])('The end of a request with %s', (_what, why, ending) => {
	expect(endingOf(why)).toStrictEqual(ending);
});
