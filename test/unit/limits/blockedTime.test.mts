import { BlockedTime } from '../../../nodes/Wawp/limits/blockedTime';

describe('Blocked time', () => {
	test('is none before anything is blocked', () => {
		expect(new BlockedTime().total(5000)).toBe(0);
	});

	test('grows until the block is over', () => {
		const time = new BlockedTime();
		time.block(1000, 4000);
		expect([500, 1000, 2500, 4000, 9000].map((now) => time.total(now))).toStrictEqual([0, 0, 1500, 3000, 3000]);
	});

	test('counts once where one block follows another before it is over', () => {
		const time = new BlockedTime();
		time.block(0, 5000);
		time.block(4000, 7000);
		time.block(10_000, 11_000);
		expect(time.total(20_000)).toBe(8000);
	});

	test('ends where the block is taken back', () => {
		const time = new BlockedTime();
		time.block(0, 5000);
		time.block(2000, -Infinity);
		expect(time.total(20_000)).toBe(2000);
	});
});
