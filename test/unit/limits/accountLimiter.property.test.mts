import fc from 'fast-check';

import type { RunSettings } from '../../../nodes/Wawp/limits/accountLimiter';
import { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
import type { Ending } from '../../../nodes/Wawp/limits/pause';
import { VirtualClock } from '../virtualClock.mts';
import { expectForgotten } from './forgotten.mts';

/** A request of a run: when it is wanted, how long it takes, and how it ends. */
interface Planned {
	after: number;
	takes: number;
	/** The part of that time after which it arrives, from 0 to 1. */
	arrivesAfter: number;
	ending: Ending;
}

/** A run: what it asks for, in how many at once, and when it is stopped, if it is. */
interface PlannedRun {
	settings: RunSettings;
	joinsAt: number;
	requests: Planned[];
	stopsAt?: number;
}

interface Start {
	at: number;
	/** When the gateway has it: at some time between its start and its end. */
	arrives: number;
	run: number;
	wanted: number;
	/** What held at that moment. */
	mayBeOpen: number;
	perMinute: number;
	/** This request included. */
	open: number;
	pausedUntil: number;
}

const MINUTE = 60_000;

/** What adding and subtracting moments may be off, in milliseconds. */
const CLOSE = 1e-6;

const some = (most: number) =>
	fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat(most) });

const ending: fc.Arbitrary<Ending> = fc.oneof(
	{ weight: 12, arbitrary: fc.constant('answered' as const) },
	{ weight: 2, arbitrary: fc.constant('unanswered' as const) },
	{
		weight: 2,
		arbitrary: fc.record({ pauseMs: fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 20_000 })) }),
	},
);

const request: fc.Arbitrary<Planned> = fc.record({
	after: some(3000),
	takes: fc.nat(2000),
	arrivesAfter: fc.constantFrom(0, 0.5, 1),
	ending,
});

const run: fc.Arbitrary<PlannedRun> = fc.record(
	{
		settings: fc.record({
			concurrency: fc.integer({ min: 1, max: 6 }),
			requestsPerMinute: fc.constantFrom(0, 5, 60, 61, 300),
		}),
		joinsAt: some(90_000),
		requests: fc.array(request, { minLength: 1, maxLength: 40, size: 'max' }),
		stopsAt: fc.nat(120_000),
	},
	{ requiredKeys: ['settings', 'joinsAt', 'requests'] },
);

/** Lets the runs go, and writes down each start, and what was true at that moment. */
async function play(runs: PlannedRun[]) {
	const clock = new VirtualClock();
	const limiters = new AccountLimiters(clock);
	const starts: Start[] = [];
	const joined = new Set<RunSettings>();
	const stoppedLate: number[] = [];
	let open = 0;
	let pausedUntil = -Infinity;
	let pauses = 0;
	let answers = 0;
	const playOne = async ({ settings, joinsAt, requests, stopsAt }: PlannedRun, index: number) => {
		// None at the same moment, so that it is certain which limits a start is bound by.
		await clock.later(joinsAt + index / 1000);
		const ended = new AbortController();
		const own = { ...settings };
		joined.add(own);
		const limiter = limiters.join('account', own, ended.signal);
		let stoppedAt = Infinity;
		if (stopsAt !== undefined) {
			void clock.later(stopsAt).then(() => {
				stoppedAt = clock.now();
				ended.abort();
			});
		}
		let asksAt = clock.now();
		await Promise.all(
			requests.map(async ({ after, takes, arrivesAfter, ending: how }) => {
				asksAt += after;
				await clock.later(asksAt - clock.now());
				for (let sentBack = false, attempts = 0; attempts < 2; attempts += 1) {
					const wanted = clock.now();
					const turn = await limiter.acquire({ wasSentBack: sentBack });
					if (turn === 'run ended' && clock.now() > Math.max(stoppedAt, wanted)) stoppedLate.push(clock.now());
					if (turn === 'run ended' || 'heldBackMs' in turn) {
						answers += 1;
						return;
					}
					open += 1;
					starts.push({
						...{
							at: clock.now(),
							arrives: clock.now() + arrivesAfter * takes,
							run: index,
							wanted,
							open,
							pausedUntil,
						},
						mayBeOpen: Math.min(...[...joined].map(({ concurrency }) => concurrency)),
						perMinute: Math.min(...[...joined].map(({ requestsPerMinute }) => requestsPerMinute || Infinity)),
					});
					const knownPauses = pauses;
					await clock.later(takes);
					open -= 1;
					if (typeof how === 'object' && (knownPauses === pauses || how.pauseMs)) {
						// What was sent before a pause can make it longer, and never shorter.
						const until = clock.now() + (how.pauseMs ?? 0);
						pausedUntil = Math.max(pausedUntil, until);
						pauses += 1;
					}
					turn.end(how);
					sentBack = typeof how === 'object';
					if (!sentBack) break;
				}
				answers += 1;
			}),
		);
		joined.delete(own);
		limiter.leave();
	};
	await clock.finish(Promise.all(runs.map(playOne)));
	return { clock, limiters, starts, answers, stoppedLate };
}

/** The paces of which a minute has more requests than it allows, of those that started at it or at a slower one. */
function brokenPaces(starts: Start[]): number[] {
	return [...new Set(starts.map(({ perMinute }) => perMinute))].filter((pace) => {
		const arrived = starts.filter(({ perMinute }) => perMinute <= pace).map(({ arrives }) => arrives);
		return arrived.some((end) => arrived.filter((at) => at <= end && at > end - MINUTE + CLOSE).length > pace);
	});
}

describe('Whatever runs of one account do', () => {
	test('no more are open than may be, no minute has more than it may, and nothing starts during a pause', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 6 }), async (runs) => {
				const { clock, limiters, starts, answers, stoppedLate } = await play(runs);
				expect(starts.filter((start) => start.open > start.mayBeOpen)).toEqual([]);
				expect(starts.filter(({ at, pausedUntil }) => at < pausedUntil && pausedUntil - at <= 120_000)).toEqual([]);
				expect(brokenPaces(starts)).toEqual([]);
				expect(stoppedLate).toEqual([]);
				expect(answers).toBe(runs.flatMap(({ requests }) => requests).length);
				await expectForgotten(limiters, clock);
			}),
			{ numRuns: 150 },
		);
	});

	test('none starves: while a request waits, no other run starts more than one from the queue for each of its own', async () => {
		const fair = fc.record({
			settings: fc.record({
				concurrency: fc.integer({ min: 1, max: 6 }),
				requestsPerMinute: fc.constantFrom(0, 60, 300),
			}),
			joinsAt: fc.constant(0),
			requests: fc.array(
				fc.record({
					after: fc.constant(0),
					takes: fc.integer({ min: 1, max: 2000 }),
					arrivesAfter: fc.constant(1),
					ending: fc.constant<Ending>('answered'),
				}),
				{ minLength: 1, maxLength: 40, size: 'max' },
			),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(fair, { minLength: 2, maxLength: 5 }), async (runs) => {
				const { starts } = await play(runs);
				const queued = starts.filter(({ at, wanted }) => at > wanted);
				const before = new Map<number, number>();
				for (const { run: own } of queued) {
					before.set(own, (before.get(own) ?? 0) + 1);
					// Runs that have started all of theirs take no more turns.
					const left = runs.flatMap((_, other) => {
						const all = queued.filter((start) => start.run === other).length;
						const started = before.get(other) ?? 0;
						return started < all ? [started] : [];
					});
					expect((before.get(own) ?? 0) - Math.min(...left, Infinity)).toBeLessThanOrEqual(1);
				}
			}),
			{ numRuns: 100 },
		);
	});
});
