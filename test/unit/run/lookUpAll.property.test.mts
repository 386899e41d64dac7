import fc from 'fast-check';

import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';
import { failure, type Reason } from '../../../nodes/Wawp/failure';
import { classifyAnswer } from '../../../nodes/Wawp/gateway/classifyAnswer';
import type { Gateway } from '../../../nodes/Wawp/gateway/gateway';
import { TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';
import { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
import { DEFAULT_OPTIONS, type Options } from '../../../nodes/Wawp/operation/optionFields';
import { outputItem } from '../../../nodes/Wawp/operation/outputItem';
import type { ReadQuery } from '../../../nodes/Wawp/run/itemResult';
import { type LookedUp, lookUpAll } from '../../../nodes/Wawp/run/lookUpAll';
import { expectForgotten } from '../limits/forgotten.mts';
import { VirtualClock } from '../virtualClock.mts';
import { NO_PICTURES } from './run.mts';

const LONGEST_WAIT = 120_000;
const TOKEN = 'tok-8f3a1c';
const EPOCH = Date.parse('2026-11-22T12:00:00Z');
/** What adding and subtracting moments may be off, in milliseconds. */
const CLOSE = 1e-6;

/* What a run is made of. */

/** What a reply means, decided here and not by what is tested. What is unconfirmed has a test of its own. */
type Meaning = 'picture' | 'none' | Reason;

/** A header, and the wait that it asks for; without a header, a date so many seconds ahead. */
interface RetryAfter {
	header?: string;
	seconds?: number;
}

interface Reply {
	meaning: Meaning;
	statusCode?: number;
	body?: string;
	retryAfter?: RetryAfter;
	/** When it comes, as a part of the time-out. */
	part: number;
}

interface Item {
	typed: string | number;
	refresh: boolean;
	/** The canonical ID; absent where what was typed is no contact. */
	id?: string;
}

interface Scenario {
	items: Item[];
	/** Each contact has one of these lists, and goes round in it from request to request. */
	replies: Reply[][];
	options: Options;
	/** Chance, the same each time. */
	chance: number;
}

const json = JSON.stringify;
const page = '<!DOCTYPE html><html><body>Unauthorized, invalid_session</body></html>';
const int = (min: number, max: number) => fc.integer({ min, max });

const inSeconds = (header: string): RetryAfter => ({ header, seconds: Number(header) });
const onDate = (seconds: number): RetryAfter => ({ seconds });
const NO_WAIT = fc
	.constantFrom('', 'soon', '-5', '1e3', '2.5', '1000000000000', '9'.repeat(30))
	.map((header): RetryAfter => ({ header }));
// Exactly two minutes are gate.test.mts's.
const SHORT_WAIT = fc.oneof(
	fc.constantFrom('0', '00', ' 1 ').map(inSeconds),
	int(1, 119).map(String).map(inSeconds),
	int(-100, 119).map(onDate),
);
const LONG_WAIT = fc.oneof(
	int(122, 4_000).map(onDate),
	int(121, 100_000).map(String).map(inSeconds),
	fc.constantFrom('604800', '2678400').map(inSeconds),
);

const SHARE = int(0, 999).map((thousandths) => thousandths / 1000);
const PART = fc.oneof(fc.constantFrom(0, 0.1, 0.5), SHARE);

function replying(
	meaning: Meaning,
	answers: Array<[statusCode: number, body: string]>,
	retryAfter: fc.Arbitrary<RetryAfter> = fc.constant({ header: '' }),
): fc.Arbitrary<Reply> {
	return fc
		.record({ answer: fc.constantFrom(...answers), retryAfter, part: PART })
		.map(({ answer: [statusCode, body], ...rest }) => ({ meaning, statusCode, body, ...rest }));
}

const FOR_GOOD = fc.oneof(
	// Its body names its contact, so it is made when it is sent.
	replying('picture', [[200, '']]),
	replying('none', [
		[404, 'No profile picture'],
		[200, json({ url: null })],
		[200, json({ url: '' })],
		[401, 'not-authorized'],
		[500, json({ code: 'item-not-found' })],
	]),
	replying('bad-request', [
		[400, json({ code: 'bad_request', message: 'Invalid Parameter Format' })],
		[403, 'Forbidden'],
		[422, ''],
	]),
	replying('unexpected-response', [
		[200, ''],
		[200, page],
		[200, '{"id":"1@c.us","url":'],
		[200, json({ id: '1@c.us', url: `https://pps.whatsapp.net/?t=${TOKEN}` })],
		[302, ''],
		[401, page],
	]),
	fc.string().chain((body) => replying('unexpected-response', [[200, body]])),
);

const forNow = (retryAfter: fc.Arbitrary<RetryAfter>) =>
	fc.oneof(
		replying(
			'temporarily-unavailable',
			[
				[500, ''],
				[503, page],
				[408, ''],
				[400, 'info query timed out'],
				[200, json({ code: 'wawp_upstream_error' })],
			],
			retryAfter,
		),
		replying(
			'rate-limited',
			[
				[429, ''],
				[429, page],
				[200, json({ code: 'too_many_requests' })],
			],
			retryAfter,
		),
		fc.record({ meaning: fc.constant<Meaning>('network'), part: PART }),
		fc.constant<Reply>({ meaning: 'timeout', part: Infinity }),
	);

const NO_CREDENTIAL = replying('credential-invalid', [
	[403, json({ message: 'Invalid access token' })],
	[400, json({ code: 'missing_param', message: 'access_token is required' })],
]);
const NO_SESSION = replying('session-disconnected', [
	[404, json({ code: 'invalid_session' })],
	[200, json({ code: 'invalid_session', message: 'x' })],
]);

const CALM = fc.oneof(FOR_GOOD, forNow(fc.oneof(NO_WAIT, SHORT_WAIT)));
/** What fails for no reason of its own, most of the time. */
const DOWN = fc.oneof({ weight: 1, arbitrary: CALM }, { weight: 9, arbitrary: forNow(NO_WAIT) });
const ROUGH = fc.oneof(
	{ weight: 8, arbitrary: CALM },
	{ weight: 1, arbitrary: NO_SESSION },
	{ weight: 1, arbitrary: forNow(LONG_WAIT) },
);
const ROUGHEST = fc.oneof({ weight: 9, arbitrary: ROUGH }, { weight: 1, arbitrary: NO_CREDENTIAL });

const CONTACT = fc
	.record({ digit: fc.nat(9), isPhone: fc.boolean(), writing: fc.nat(3), refresh: fc.boolean() })
	.map(({ digit, isPhone, writing, refresh }): Item => {
		const user = `1555123450${digit}`;
		if (!isPhone) return { typed: ` ${user}@LID`, refresh, id: `${user}@lid` };
		const writings = [user, Number(user), `+1 (555) 123-450${digit}`, `${user}@s.whatsapp.net`];
		return { typed: writings[writing] as string | number, refresh, id: `${user}@c.us` };
	});
const NO_CONTACT = fc
	.record({ typed: fc.constantFrom('', 'Ada', '020 7946 0958', 2.5, '1@newsletter'), refresh: fc.boolean() })
	.map((item): Item => item);

const OPTIONS = fc
	.record({
		concurrency: fc.oneof(int(1, 6), int(1, 100)),
		maxRetries: fc.oneof(int(0, 3), int(0, 10)),
		requestsPerMinute: fc.oneof(fc.constant(0), int(1, 120), int(1, 60_000)),
		timeout: fc.oneof(fc.constantFrom(100, 30_000), int(100, 600_000)),
	})
	.map((numbers): Options => ({ ...DEFAULT_OPTIONS, ...numbers }));

// Up to four times the same, so that lists get long and runs do not.
const ITEMS = fc
	.tuple(
		fc.array(fc.oneof({ weight: 9, arbitrary: CONTACT }, { weight: 1, arbitrary: NO_CONTACT }), {
			maxLength: 40,
			size: 'max',
		}),
		fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: int(2, 4) }),
	)
	.map(([items, times]) => Array<Item[]>(times).fill(items).flat());

const scenarios = (...replies: Array<fc.Arbitrary<Reply>>): fc.Arbitrary<Scenario> =>
	fc.oneof(
		...replies.map((reply) =>
			fc.record({
				items: ITEMS,
				replies: fc.array(fc.array(reply, { minLength: 1, maxLength: 5 }), {
					minLength: 1,
					maxLength: 20,
					size: 'max',
				}),
				options: OPTIONS,
				chance: SHARE,
			}),
		),
	);
const SCENARIO = scenarios(CALM, DOWN, ROUGH, ROUGHEST);

/* A run, and what is seen of it from outside. */

interface Request {
	/** Contact ID and refresh: what makes a look-up of its own. */
	key: string;
	/** The first item that wants it. */
	owner: number;
	attempt: number;
	reply: Reply;
	/** What it has come to mean. */
	meaning: Meaning | 'aborted';
	startedAt: number;
	endedAt: number;
	/** The wait that came with it, in milliseconds. */
	asked?: number;
	/** How many pauses the gateway had asked for when it was sent. */
	pausesBefore?: number;
	/** Whether it came to a pause that nobody waits for. */
	isTooLong?: boolean;
}

type Event = { at: number } & (
	{ what: 'read'; itemIndex: number } | { what: 'start' | 'end'; request: Request } | { what: 'cancel' }
);

interface Ran extends Scenario {
	stopsAtFailure: boolean;
	/** In the order in which it happened. */
	events: Event[];
	requests: Map<string, Request[]>;
	lookedUp: LookedUp;
	endedAt: number;
}

const keyOf = (id: string | undefined, refresh: boolean) => `${id} ${refresh}`;

const pictureOf = ({ key, attempt }: Request) => `https://pps.whatsapp.net/${encodeURIComponent(key)}/${attempt}.jpg`;

async function run(
	scenario: Scenario,
	{ stopsAtFailure = false, cancelAt }: { stopsAtFailure?: boolean; cancelAt?: number } = {},
): Promise<Ran> {
	const { items, replies, options, chance } = scenario;
	const clock = new VirtualClock(chance);
	const timeOfDay = () => EPOCH + clock.now();
	const events: Event[] = [];
	const requests = new Map<string, Request[]>();
	for (const { id, refresh } of items) if (id !== undefined) requests.set(keyOf(id, refresh), []);
	const keys = [...requests.keys()];

	const ask: Gateway['ask'] = async ({ contactId, refresh }, { controller: { signal } }) => {
		const key = keyOf(contactId, refresh);
		const before = requests.get(key) as Request[];
		const list = replies[keys.indexOf(key) % replies.length] as Reply[];
		const reply = list[before.length % list.length] as Reply;
		const { meaning, part, statusCode = 0, body = '', retryAfter: { header, seconds } = { header: '' } } = reply;
		const owner = items.findIndex((item) => keyOf(item.id, item.refresh) === key);
		const at = clock.now();
		const request: Request = { key, owner, attempt: before.length + 1, reply, meaning, startedAt: at, endedAt: NaN };
		before.push(request);
		events.push({ what: 'start', at, request });

		await clock.later(options.timeout * part, signal);
		request.endedAt = clock.now();
		const date = new Date(timeOfDay() + 1000 * (seconds ?? 0)).toUTCString();
		if (signal.aborted) request.meaning = signal.reason === TIMED_OUT ? 'timeout' : 'aborted';
		else if (header === undefined) request.asked = Math.max(0, Date.parse(date) - timeOfDay());
		else if (seconds !== undefined) request.asked = 1000 * seconds;
		events.push({ what: 'end', at: clock.now(), request });
		if (signal.aborted) return { failure: failure(signal.reason === TIMED_OUT ? 'timeout' : 'network') };
		if (meaning === 'network') return { failure: failure('network') };
		return {
			answer: {
				statusCode,
				headers: { 'retry-after': header ?? date },
				body: meaning === 'picture' ? json({ id: contactId, url: pictureOf(request) }) : body,
			},
		};
	};
	const read = (itemIndex: number): ReadQuery => {
		const { typed, refresh } = items[itemIndex] as Item;
		events.push({ what: 'read', at: clock.now(), itemIndex });
		const contactId = readContactId(typed);
		return contactId.ok
			? { contactId: contactId.id, refresh, downloadPicture: false, failsWithoutPicture: false }
			: { contactId: typed, failure: failure('invalid-contact-id') };
	};
	const gateway: Gateway = {
		instanceId: 'instance',
		ask,
		classifyAnswer: (answer, contactId) => classifyAnswer(answer, { contactId, accessToken: TOKEN, now: timeOfDay() }),
		askForSession: async () => await Promise.reject(new Error('Nothing was unconfirmed')),
		timeOfDay,
	};
	const cancel = new AbortController();
	if (cancelAt !== undefined) {
		void clock.later(cancelAt).then(() => {
			events.push({ what: 'cancel', at: clock.now() });
			cancel.abort();
		});
	}
	const limiters = new AccountLimiters(clock);
	const lookedUp = await clock.finish(
		lookUpAll({
			...{ itemCount: items.length, read, options, gateway, limiters, stopsAtFailure, clock },
			pictures: NO_PICTURES,
			cancel: cancel.signal,
		}),
	);
	const endedAt = clock.now();
	expect(clock.sleeping).toBe(limiters.size);
	await expectForgotten(limiters, clock);
	return { ...scenario, stopsAtFailure, events, requests, lookedUp, endedAt };
}

/* What is expected of it. */

const RETRYABLE = new Set<unknown>(['rate-limited', 'temporarily-unavailable', 'timeout', 'network']);

/** The bound of the back-off after so many attempts, or pauses in a row. */
const backOff = (times: number) => Math.min(30_000, 1000 * 2 ** (times - 1));

/** Whether the gateway wants nothing to be asked for a while. */
function isPause({ meaning, asked }: Request): boolean {
	return meaning === 'rate-limited' || (RETRYABLE.has(meaning) && !!asked);
}

/** How long the contact is not to be asked for after such an answer, where that is for it alone to wait for. */
function waitAfter(request: Request, { chance }: Scenario): number {
	return isPause(request) ? 0 : chance * backOff(request.attempt);
}

/** Whether such an answer ends the run for all. */
function isDeadEnd(request: Request): boolean {
	return request.isTooLong || request.meaning === 'session-disconnected' || request.meaning === 'credential-invalid';
}

/** What says nothing of a contact, and nothing of a pause. */
const SAYS_NOTHING = new Set<Request['meaning']>([
	...(['unexpected-response', 'network', 'timeout', 'temporarily-unavailable'] as const),
]);

/** By so much a request may be late without the next one being late, too. */
const LATENESS = 200;

/** So many requests may follow each other evenly from one moment on, each of them a little late, or made up for. */
const MOST_TURNS = 50;

/** So many contacts in a row that fail for no reason of their own end the run. */
const ENOUGH = 20;

function isInVain({ meaning, asked }: Request): boolean {
	const isLimit = RETRYABLE.has(meaning) && (asked ?? 0) > LONGEST_WAIT;
	return !isLimit && SAYS_NOTHING.has(meaning);
}

/** Whether the contact is to be asked for again. */
function isForNow({ meaning, attempt, asked = 0 }: Request, { options }: Scenario): boolean {
	return RETRYABLE.has(meaning) && attempt <= options.maxRetries && asked <= LONGEST_WAIT;
}

interface Story {
	/** Where the run broke the rules. */
	broken: string[];
	/** The requests whose answers, at one moment, ended the run for all. */
	deadEnds: Request[];
	deadAt: number;
	/** The moments at which something may begin to happen. */
	causes: number[];
	/** The first failure of a run that stops at it. */
	stop?: { owner: number; at: number };
}

/** Follows a run from event to event. */
function follow(ran: Ran): Story {
	const { concurrency, maxRetries, requestsPerMinute, timeout } = ran.options;
	const starts: number[] = [];
	const story: Story = { broken: [], deadEnds: [], deadAt: Infinity, causes: [0] };
	const { broken, causes } = story;
	const lastOf = new Map<string, Request>();
	const open = new Set<Request>();
	let inVain = 0;
	let cancelledAt = Infinity;
	let reads = 0;
	let lastOwner = -1;
	let lastStart = -Infinity;
	let pausedUntil = -Infinity;
	let pauses = 0;
	let inARow = 0;
	let inARowMs = 0;
	/** The first request after a pause, while the others wait for what becomes of it. */
	let first: Request | undefined;
	let isProven = true;

	const stop = (owner: number, at: number) => {
		if (ran.stopsAtFailure) story.stop ??= { owner, at };
	};
	const settle = (request: Request, at: number) => {
		const { meaning, owner } = request;
		const isFinal = meaning !== 'aborted' && (!isForNow(request, ran) || isDeadEnd(request));
		if (isFinal && meaning !== 'picture' && meaning !== 'none') stop(owner, at);
		if (isFinal) inVain = isInVain(request) ? inVain + 1 : 0;
		if (!(isDeadEnd(request) || (isFinal && inVain === ENOUGH)) || at > story.deadAt) return;
		story.deadEnds.push(request);
		story.deadAt = at;
	};

	for (const event of ran.events) {
		const { what, at } = event;
		const rule = (isKept: boolean, otherwise: string) => {
			if (!isKept) broken.push(`${otherwise} at ${at} ms`);
		};
		// What follows an item without a contact at the same moment is aborted at the same moment.
		const isStopped = story.stop && at > story.stop.at;
		if (what === 'cancel') {
			cancelledAt = at;
		} else if (what === 'read') {
			rule(!isStopped && at <= cancelledAt, 'reads on');
			rule(event.itemIndex === reads++, 'reads in another order');
			if (ran.items[event.itemIndex]?.id === undefined) stop(event.itemIndex, at);
		} else if (what === 'start') {
			const { request } = event;
			const last = lastOf.get(request.key);
			open.add(request);
			rule(!isStopped && cancelledAt === Infinity, 'asks on');
			// What the twentieth failure in a row is worth is known a step after its request has made room for the next one.
			const isSameMoment = at === story.deadAt && !story.deadEnds.some(isDeadEnd);
			rule(story.deadAt === Infinity || isSameMoment, 'asks on in vain');
			rule(open.size <= concurrency, `has ${open.size} requests open`);
			rule(request.attempt <= 1 + maxRetries, `makes attempt ${request.attempt}`);
			const isPaced = requestsPerMinute > 0;
			const interval = isPaced ? 60_000 / requestsPerMinute : 0;
			starts.push(at);
			const inThisMinute = starts.filter((start) => start > at - 60_000 + CLOSE).length;
			rule(!isPaced || inThisMinute <= requestsPerMinute, `asks ${inThisMinute} times in a minute`);
			rule(at >= pausedUntil - CLOSE, `asks though it is held back until ${pausedUntil}`);
			rule(!first || at >= first.startedAt + 5000 - CLOSE, 'asks before the first one after a pause is answered');
			request.pausesBefore = pauses;
			if (!isProven) first ??= request;
			if (last) {
				rule(isForNow(last, ran), `asks again after ${last.meaning}`);
				rule(at >= last.endedAt + waitAfter(last, ran) - CLOSE, `asks again after ${at - last.endedAt} ms`);
			} else {
				// Those that start at the same moment may overtake each other on their last steps.
				rule(request.owner > lastOwner || at === lastStart, 'asks in another order');
				lastOwner = Math.max(lastOwner, request.owner);
			}
			const isCaused = causes.some((cause) => {
				const turns = isPaced ? Math.round((at - cause) / interval) : 0;
				return turns <= MOST_TURNS && Math.abs(at - cause - turns * interval) < CLOSE;
			});
			rule(isCaused, 'asks later than it could');
			lastStart = at;
			// A start that was late is made up for, a little.
			causes.push(at, at + 5000, at + 60_000, at - LATENESS);
		} else {
			const { request } = event;
			const { meaning, reply, owner } = request;
			open.delete(request);
			lastOf.set(request.key, request);
			causes.push(at, at + waitAfter(request, ran), at + 60_000);
			if (meaning === 'aborted') {
				rule(cancelledAt === at || story.stop !== undefined, 'aborts');
			} else if (meaning === 'timeout') {
				rule(reply.part === Infinity && Math.abs(at - request.startedAt - timeout) < CLOSE, 'times out');
			}
			if (cancelledAt !== Infinity) rule(meaning === 'aborted', 'lets a request end');
			if (story.stop && owner > story.stop.owner) {
				// Requests that time out at the same moment are aborted together.
				rule(
					['aborted', 'timeout'].includes(meaning) && at === story.stop.at,
					'lets a request behind the failure go on',
				);
			}
			const wasFirst = request === first;
			if (wasFirst) first = undefined;
			const isNews = request.pausesBefore === pauses;
			if (isPause(request)) {
				if (isNews) {
					if (at - pausedUntil > LONGEST_WAIT) [inARow, inARowMs] = [0, 0];
					inARow += 1;
				}
				const until = at + (request.asked || backOff(Math.max(1, inARow)));
				if (isNews || until > pausedUntil) {
					inARowMs += until - Math.max(at, pausedUntil);
					pauses += 1;
					pausedUntil = until;
					first = undefined;
				}
				request.isTooLong = inARowMs > LONGEST_WAIT;
				isProven = false;
				causes.push(pausedUntil);
			} else if (isNews && (wasFirst || !SAYS_NOTHING.has(meaning)) && meaning !== 'aborted') {
				isProven = true;
				[inARow, inARowMs] = [0, 0];
			}
			settle(request, at);
		}
	}
	return story;
}

const WORDS = expect.stringMatching(/\S/) as unknown;

/** Every output item that this input item may become. */
function expected(ran: Ran, { deadEnds, stop }: Story, itemIndex: number): unknown[] {
	const { typed, refresh, id } = ran.items[itemIndex] as Item;
	const requests = ran.requests.get(keyOf(id, refresh)) ?? [];
	const last = requests.at(-1);
	const pairedItem = { item: itemIndex };
	const failed = (reason: unknown, overrides: object = {}) => ({
		json: {
			error: {
				...{ message: WORDS, description: WORDS, reason, retryable: RETRYABLE.has(reason) },
				...{ attempts: requests.length, contactId: id ?? typed, ...overrides },
			},
		},
		pairedItem,
	});
	const failedBy = ({ meaning, reply: { statusCode }, asked }: Request) =>
		failed(RETRYABLE.has(meaning) && (asked ?? 0) > LONGEST_WAIT ? 'rate-limited' : meaning, {
			...(statusCode !== undefined && { statusCode }),
			...(RETRYABLE.has(meaning) && asked !== undefined && { retryAfterMs: asked }),
		});

	if (id === undefined) return [failed('invalid-contact-id')];
	if (last?.meaning === 'picture') return [{ json: { id, url: pictureOf(last) }, pairedItem }];
	if (last?.meaning === 'none') return [{ json: { id, url: null }, pairedItem }];
	if (last && !isForNow(last, ran)) return [failedBy(last)];
	// It was to be asked for, so the run as a whole has come to an end.
	return [
		...deadEnds.map(({ meaning, reply: { statusCode }, isTooLong, asked = 0 }) => {
			if (!isTooLong) return failed(meaning, { statusCode });
			// Where the pauses in a row are too long, none of them need be.
			if (asked <= LONGEST_WAIT) return failed('rate-limited', { retryAfterMs: expect.any(Number) as unknown });
			return failed('rate-limited', { statusCode, retryAfterMs: asked });
		}),
		...(stop && last ? [failedBy(last)] : []),
	];
}

/** Checks the output item of every input item that has a result. */
function expectResults(ran: Ran, story: Story): void {
	expect(ran.lookedUp.results).toHaveLength(ran.items.length);
	ran.lookedUp.results.forEach((result, itemIndex) => {
		if (!result) return;
		const { id, refresh } = ran.items[itemIndex] as Item;
		const last = ran.requests.get(keyOf(id, refresh))?.at(-1);
		if (last?.meaning === 'aborted') return;
		const item = outputItem(result, itemIndex, undefined, { options: ran.options, n8nAddsInput: true });
		expect(expected(ran, story, itemIndex)).toContainEqual(item);
	});
}

/** Thousands of runs in virtual time take a while on a machine that has other things to do. */
jest.setTimeout(180_000);

describe('Any run, whatever the gateway answers,', () => {
	test('keeps the rules, and gives each item its own answer', async () => {
		await fc.assert(
			fc.asyncProperty(SCENARIO, async (scenario) => {
				const ran = await run(scenario);
				const story = follow(ran);
				expect(story.broken).toStrictEqual([]);
				expect(ran.lookedUp.results).not.toContain(undefined);
				expectResults(ran, story);

				const { items, requests, lookedUp, events, endedAt } = ran;
				const contacts = items.filter(({ id }) => id !== undefined);
				const asked = contacts.filter(({ id, refresh }) => requests.get(keyOf(id, refresh))?.length);
				const distinct = new Set(asked.map(({ id, refresh }) => keyOf(id, refresh)));
				expect(lookedUp.duplicates).toBe(asked.length - distinct.size);
				expect(endedAt).toBe(events.at(-1)?.at ?? 0);
				const live = asked.filter(({ refresh }) => refresh);
				expect(lookedUp.refreshed).toBe(new Set(live.map(({ id }) => id)).size);
			}),
			{ numRuns: 300 },
		);
	});

	test('that is stopped sends nothing any more, and ends at that moment', async () => {
		await fc.assert(
			fc.asyncProperty(SCENARIO, fc.boolean(), SHARE, async (scenario, stopsAtFailure, part) => {
				const { endedAt } = await run(scenario, { stopsAtFailure });
				fc.pre(endedAt > 0);
				const cancelAt = endedAt * part;
				const ran = await run(scenario, { stopsAtFailure, cancelAt });
				expect(follow(ran).broken).toStrictEqual([]);
				expect(ran.endedAt).toBe(cancelAt);
			}),
			{ numRuns: 200 },
		);
	});

	test('that stops at the first failure sends nothing any more, and ends with the answers before it', async () => {
		await fc.assert(
			fc.asyncProperty(SCENARIO, async (scenario) => {
				const ran = await run(scenario, { stopsAtFailure: true });
				const story = follow(ran);
				expect(story.broken).toStrictEqual([]);
				expectResults(ran, story);

				const { requests, lookedUp, events, endedAt } = ran;
				expect(endedAt).toBe(events.at(-1)?.at ?? 0);
				const failedFirst = lookedUp.results.findIndex((result) => result?.outcome.kind === 'failure');
				expect(failedFirst >= 0).toBe(story.stop !== undefined);
				for (const { owner, meaning } of [...requests.values()].flat()) {
					expect(lookedUp.results[owner]).toBeDefined();
					if (meaning === 'aborted') expect(owner).toBeGreaterThan(failedFirst);
				}
				if (!story.stop) expect(lookedUp.results).not.toContain(undefined);
			}),
			{ numRuns: 300 },
		);
	});
});
