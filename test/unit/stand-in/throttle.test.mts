import { Throttle } from '../../stand-in/throttle.mts';

describe("The stand-in's rate limit", () => {
	const throttle = () => new Throttle({ perSecond: 2, pauseS: 3 });

	test('takes so many in any second', () => {
		const two = throttle();
		const taken = [0, 999, 1000, 1999, 2000].map((now) => two.refuse(now) === undefined);
		expect(taken).toStrictEqual([true, true, true, true, true]);
	});

	test('answers one too many with a pause, and what comes during it with what is left of it', () => {
		const two = throttle();
		const asked = [0, 0, 0, 500, 2500, 3000].map((now) => {
			const refusal = two.refuse(now);
			return refusal && 'headers' in refusal ? refusal.headers?.['retry-after'] : undefined;
		});
		expect(asked).toStrictEqual([undefined, undefined, '3', '3', '1', undefined]);
	});

	test('counts what was sent during a pause, and not what was on its way when it was asked for', () => {
		const two = throttle();
		for (const now of [0, 0, 100]) two.refuse(now);
		const during = [0, 99, 101, 1100, 1101, 3099, 3100].map((connectedAt) => two.isDuringPause(connectedAt));
		expect(during).toStrictEqual([false, false, false, false, true, true, false]);
	});
});
