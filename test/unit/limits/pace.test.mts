import { Pace } from '../../../nodes/Wawp/limits/pace';

/** Starts a request as soon as it may, at `now` or later, and ends it so much later. */
function send(pace: Pace, perMinute: number, now: number, takesMs = 0): number {
	const at = Math.max(now, pace.freeAt(perMinute, now));
	pace.start(perMinute, at, now)(at + takesMs);
	return at;
}

describe('A pace', () => {
	test('of none lets everything start at once, and is not remembered', () => {
		const pace = new Pace();
		for (let index = 0; index < 1000; index += 1) expect(send(pace, Infinity, 0)).toBe(0);
		expect(pace.rememberedUntil).toBe(-Infinity);
	});

	test('of none holds nobody up because of one that counted before', () => {
		const pace = new Pace();
		for (let index = 0; index < 10; index += 1) send(pace, 60, 0);
		expect(pace.freeAt(60, 0)).toBeGreaterThan(0);
		expect(pace.freeAt(Infinity, 0)).toBe(0);
	});

	test('lets no more arrive in a minute than it says, where the first ones take long to arrive', () => {
		const pace = new Pace();
		for (let index = 0; index < 60; index += 1) send(pace, 60, 0, index < 10 ? 2000 : 50);
		// The tenth may have arrived as late as two seconds after the start.
		expect(pace.freeAt(60, 55_000)).toBeGreaterThanOrEqual(60_000);
		expect(send(pace, 60, 55_000)).toBe(62_000);
	});

	test('does not hold what was sent while more were allowed against a lower limit', () => {
		const pace = new Pace();
		for (let index = 0; index < 300; index += 1) send(pace, 600, 0);
		const now = 35_000;
		expect(pace.freeAt(600, now)).toBeLessThanOrEqual(now);
		expect(pace.freeAt(60, now)).toBeLessThanOrEqual(now);
		send(pace, 60, now);
		// From here on it is evenly spaced by the lower one.
		const next = send(pace, 60, now);
		expect(next).toBeGreaterThanOrEqual(now + 800);
		expect(next).toBeLessThanOrEqual(now + 1000);
	});

	test('counts what was sent at a lower one', () => {
		const pace = new Pace();
		for (let index = 0; index < 70; index += 1) send(pace, 60, 0);
		// 60 of them within the last minute: no more at 60, and some at 70.
		expect(pace.freeAt(60, 69_500)).toBeGreaterThan(69_500);
		const more = Array.from({ length: 12 }, () => send(pace, 70, 69_500));
		expect(more.filter((at) => at < 70_000).length).toBeLessThanOrEqual(10);
	});

	test('is remembered for a minute after the last request has ended', () => {
		const pace = new Pace();
		send(pace, 60, 0, 3000);
		expect(pace.rememberedUntil).toBe(63_000);
	});
});
