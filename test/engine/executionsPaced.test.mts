import { mostWithin } from '../mostWithin.mts';
import { until } from '../until.mts';
import { AMPLE_MS, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

const onError = 'continueErrorOutput' as const;
const FIRST = 15551230000;
const MINUTE_MS = 60_000;
const startedAt = () => suite.standIn.gateway.counts.startedAt;

/** Starts executions of one lead, all at once, and stops those that are left once so many look-ups came in. */
async function executionsUntil(lookUps: number, count: number, parameters: object) {
	const cancels: Array<() => void> = [];
	const all = Array.from({ length: count }, (_, index) =>
		runInEngine({
			...{ leads: [{ phone: FIRST + index }], onError, parameters: { ...parameters } },
			whenRunning: (cancel) => cancels.push(cancel),
		}),
	);
	await until(`${lookUps} look-ups came in`, () => startedAt().length >= lookUps, 2 * MINUTE_MS);
	for (const cancel of cancels) cancel();
	await Promise.all(all);
}

describe('200 executions of one lead at once, with Requests per Minute 60,', () => {
	test('send ten at once, one a second from then on, and never more than 60 in any minute', async () => {
		await executionsUntil(64, 200, { options: { requestsPerMinute: 60 } });
		const first = startedAt()[0] as number;
		expect(mostWithin(startedAt(), MINUTE_MS)).toBeLessThanOrEqual(60);
		expect((startedAt()[9] as number) - first).toBeLessThan(AMPLE_MS);
		expect((startedAt()[63] as number) - first).toBeGreaterThan(MINUTE_MS);
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

describe('200 leads whose pictures have expired, with Download Picture and Requests per Minute left out,', () => {
	test('are looked up live ten at once, and one a second from then on', async () => {
		const { gateway } = suite.standIn;
		for (let index = 0; index < 200; index += 1)
			gateway.pictureScript.set(String(FIRST + index), [{ status: 403, body: '' }]);
		const live = () => gateway.counts.liveAt;
		const cancels: Array<() => void> = [];
		const all = Array.from({ length: 200 }, (_, index) =>
			runInEngine({
				...{ leads: [{ phone: FIRST + index }], onError, parameters: { options: { downloadPicture: true } } },
				whenRunning: (cancel) => cancels.push(cancel),
			}),
		);
		await until('13 live look-ups came in', () => live().length >= 13, MINUTE_MS);
		for (const cancel of cancels) cancel();
		await Promise.all(all);
		expect((live()[12] as number) - (live()[10] as number)).toBeGreaterThan(1500);
	});
});
