import { mostWithin } from '../mostWithin.mts';
import { until } from '../until.mts';
import { AMPLE_MS, hurryClock, withStandIn } from './suite.mts';
import { type GivenWawp, runInEngine } from './wawp.mts';

const suite = withStandIn();

const onError = 'continueErrorOutput' as const;
const FIRST = 15551230000;
const MINUTE_MS = 60_000;
const startedAt = () => suite.standIn.gateway.counts.startedAt;

/** Starts executions of one lead, all at once, and stops those that are left once so many lookups came in. */
async function executionsUntil(lookUps: number, count: number, parameters: object) {
	const cancels: Array<() => void> = [];
	const all = Array.from({ length: count }, (_, index) =>
		runInEngine({
			...{ leads: [{ phone: FIRST + index }], onError, parameters: { ...parameters } },
			whenRunning: (cancel) => cancels.push(cancel),
		}),
	);
	await until(`${lookUps} lookups came in`, () => startedAt().length >= lookUps, 2 * MINUTE_MS);
	for (const cancel of cancels) cancel();
	await Promise.all(all);
}

describe('200 executions of one lead at once, with Requests per Minute 60,', () => {
	const PACE = 3;
	let setBack = () => {};

	beforeAll(() => {
		setBack = hurryClock(PACE);
	});
	afterAll(() => setBack());

	test('send ten at once, one a second from then on, and never more than 60 in any minute', async () => {
		await executionsUntil(64, 200, { options: { requestsPerMinute: 60 } });
		const first = startedAt()[0] as number;
		expect(mostWithin(startedAt(), MINUTE_MS / PACE)).toBeLessThanOrEqual(60);
		expect((startedAt()[9] as number) - first).toBeLessThan(AMPLE_MS / PACE);
		expect((startedAt()[63] as number) - first).toBeGreaterThan(MINUTE_MS / PACE);
	});
});

describe('a loop of one lead per round, with Requests per Minute 60,', () => {
	test('is paced from round to round', async () => {
		for (let round = 0; round < 13; round += 1) {
			await runInEngine({
				...{ leads: [{ phone: FIRST + round }], onError },
				parameters: { options: { requestsPerMinute: 60 } },
			});
		}
		const moments = startedAt();
		// The twelfth and thirteenth each have a second of their own.
		expect((moments[12] as number) - (moments[10] as number)).toBeGreaterThan(1500);
	});
});

describe('a list of 22 leads', () => {
	const list = async (given: Partial<GivenWawp>) => {
		const leads = Array.from({ length: 22 }, (_, index) => ({ phone: FIRST + index }));
		const { success } = await runInEngine({ leads, onError, ...given });
		expect(success).toHaveLength(22);
		const [first = NaN, ...others] = startedAt();
		const after = others.map((at) => at - first);
		return { tookMs: after.at(-1), inFirstSecond: 1 + after.filter((ms) => ms < 1000).length };
	};

	test('starts ten at once and then one a second where Requests per Minute is left out', async () => {
		const { tookMs, inFirstSecond } = await list({ isPaced: true });
		expect(tookMs).toBeGreaterThanOrEqual(10_500);
		expect(inFirstSecond).toBeLessThanOrEqual(11);
		expect(inFirstSecond).toBeGreaterThanOrEqual(10);
	});

	test('keeps the pace that is set: with 600, twelve after the burst in more than a second', async () => {
		const { tookMs } = await list({ parameters: { options: { requestsPerMinute: 600 } } });
		expect(tookMs).toBeGreaterThan(1100);
		expect(tookMs).toBeLessThan(10_500);
	});
});
