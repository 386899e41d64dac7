import fc from 'fast-check';

import type { Options } from '../../../nodes/Wawp/operation/optionFields';
import {
	answer,
	busy,
	type Given,
	hidden,
	limited,
	live,
	NO_CONTACT,
	none,
	NOT_WELL,
	notFound,
	page,
	picture,
	refused,
	type Reply,
	reset,
	run,
	SILENCE,
	type State,
	told,
	unauthorized,
} from './run.mts';

/* What a run is made of. */

/** A reply, and what it means, decided here and not by what is tested. */
interface Kind {
	reply: (after: number) => Reply;
	means: string;
	/** Whether it means that only if the gateway is well. */
	isUnclear?: true;
	/** Whether the contact is asked for again as long as retries are left. */
	isTransient?: true;
	/** For how long nothing may start after it, in milliseconds. */
	pauseMs?: number;
	/** Whether it ends the run. */
	isEnd?: true;
}

const unclear = { isUnclear: true } as const;
const again = { isTransient: true } as const;

const KINDS: Record<string, Kind> = {
	picture: { reply: (after) => picture('{contact}', after), means: 'picture' },
	none: { reply: none, means: 'none' },
	hidden: { reply: hidden, means: 'none', ...unclear },
	notFound: { reply: notFound, means: 'none', ...unclear },
	refused: { reply: refused, means: 'bad-request', ...unclear },
	unauthorized: { reply: unauthorized, means: 'unexpected-response', ...unclear },
	noSession: {
		reply: (after) => answer(400, { code: 'invalid_session' }, { after }),
		means: 'session-disconnected',
		...unclear,
	},
	page: { reply: page, means: 'unexpected-response' },
	trouble: { reply: (after) => answer(500, '', { after }), means: 'temporarily-unavailable', ...unclear, ...again },
	busy: { reply: (after) => busy('2', after), means: 'temporarily-unavailable', ...unclear, ...again, pauseMs: 2000 },
	limited: { reply: (after) => limited('3', after), means: 'rate-limited', ...again, pauseMs: 3000 },
	limitedForSome: { reply: (after) => limited('', after), means: 'rate-limited', ...again, pauseMs: 1000 },
	reset: { reply: reset, means: 'network', ...again },
	silence: { reply: () => SILENCE, means: 'timeout', ...again },
	hour: { reply: (after) => limited('3600', after), means: 'rate-limited', isEnd: true },
	plan: { reply: (after) => answer(402, '', { after }), means: 'rate-limited', isEnd: true },
};

interface Scenario {
	/** What each contact is answered from request to request; the last stands for all that follow. */
	replies: Array<Array<{ kind: string; after: number }>>;
	/** Which contact each item names, if any. */
	named: number[];
	options: Pick<Options, 'concurrency' | 'maxRetries' | 'requestsPerMinute' | 'timeout'>;
	state: State;
	chance: number;
}

const int = (min: number, max: number) => fc.integer({ min, max });
const except = (...kinds: string[]) => Object.keys(KINDS).filter((kind) => !kinds.includes(kind));

const scenarios = (kinds: string[], states: State[]): fc.Arbitrary<Scenario> =>
	fc.record({
		replies: fc.array(
			fc.array(fc.record({ kind: fc.constantFrom(...kinds), after: int(0, 900) }), { minLength: 1, maxLength: 5 }),
			{ minLength: 1, maxLength: 40, size: 'max' },
		),
		// Some are more than there are contacts: those items name none.
		named: fc.array(int(0, 42), { maxLength: 60, size: 'max' }),
		options: fc.record({
			concurrency: fc.oneof(int(1, 6), int(1, 100)),
			maxRetries: int(0, 4),
			requestsPerMinute: fc.constantFrom(0, 0, 60, 600),
			timeout: fc.constant(1000),
		}),
		state: fc.constantFrom(...states),
		chance: int(0, 999).map((thousandths) => thousandths / 1000),
	});

const SCENARIO = fc.oneof(
	scenarios(except('hour', 'plan'), ['well']),
	scenarios(['picture', 'hidden', 'notFound', 'notFound'], ['well']),
	scenarios(['notFound', 'trouble', 'reset', 'unauthorized'], ['well', ...NOT_WELL]),
	scenarios(except(), ['well', ...NOT_WELL]),
);

const nameOf = (contact: number) => `c${contact}`;

function given({ replies, named, options, state, chance }: Scenario): Given {
	return {
		items: named.map((contact) => {
			if (contact >= replies.length) return NO_CONTACT;
			return contact % 3 === 0 ? live(nameOf(contact)) : nameOf(contact);
		}),
		replies: Object.fromEntries(
			replies.map((list, contact) => [nameOf(contact), list.map(({ kind, after }) => kindOf(kind).reply(after))]),
		),
		...{ options, states: [state], chance },
	};
}

const kindOf = (kind: string) => KINDS[kind] as Kind;

/* What is expected of it. */

type Ran = Awaited<ReturnType<typeof run>>;

/** The requests for one contact, as they were made. */
function requestsFor(contact: number, { replies }: Scenario, { sent, ended }: Ran) {
	const of = (list: Array<[name: string, at: number]>) => list.filter(([name]) => name === nameOf(contact));
	const list = replies[contact] ?? [];
	const ends = of(ended);
	return of(sent).map(([, at], index) => {
		const { kind } = list[Math.min(index, list.length - 1)] ?? { kind: '' };
		return { name: kind, ...kindOf(kind), at, end: ends[index]?.[1] ?? NaN };
	});
}

/** What unclear answers come to, by how the gateway is. */
const BY_STATE: Partial<Record<State, string>> = {
	...{ stopped: 'session-disconnected', refused: 'credential-invalid', starting: 'temporarily-unavailable' },
	'no endpoint': 'unexpected-response',
};

const isDead = ({ state }: Scenario) => state === 'stopped' || state === 'refused';

/** Where a run has broken the rules on when to ask. */
function brokenRules(scenario: Scenario, ran: Ran): string[] {
	const { replies, named, options, state, chance } = scenario;
	const { concurrency, maxRetries, requestsPerMinute } = options;
	const broken: string[] = [];
	const rule = (isKept: boolean, otherwise: string) => void (isKept || broken.push(otherwise));
	rule(ran.mostOpen <= concurrency, `has ${ran.mostOpen} open`);
	ran.starts.forEach((start, index) => {
		const later = ran.starts[index + requestsPerMinute] ?? Infinity;
		rule(requestsPerMinute === 0 || later >= start + 60_000 - 1e-6, `asks too often from ${start} on`);
	});
	let lastFirst = 0;
	for (const contact of new Set(named)) {
		if (contact >= replies.length) continue;
		const requests = requestsFor(contact, scenario, ran);
		const twice = requests.some(({ name }) => name === 'notFound') ? 1 : 0;
		rule(requests.length <= 1 + maxRetries + twice, `asks ${requests.length} times for ${contact}`);
		const [first] = requests;
		rule(!first || first.at >= lastFirst, `asks for ${contact} before its turn`);
		lastFirst = first?.at ?? lastFirst;
		requests.forEach((request, index) => {
			const { name, isTransient, isUnclear, pauseMs, end } = request;
			rule(
				!pauseMs || !ran.starts.some((start) => start > end && start < end + pauseMs - 1e-6),
				`asks during the pause of ${contact}`,
			);
			const next = requests[index + 1];
			if (!next) return;
			const isRetried = (isTransient || (isUnclear && state === 'starting')) && index < maxRetries;
			rule(!!isRetried || (name === 'notFound' && state === 'well'), `asks for ${contact} again after ${name}`);
			const wait = isTransient && !pauseMs ? chance * Math.min(30_000, 1000 * 2 ** index) : 0;
			rule(next.at >= end + wait - 1e-6, `asks for ${contact} again at once`);
		});
	}
	return broken;
}

/** What may become of a contact by its last answer; `undefined` where that cannot be the last. */
function outcomesOf(contact: number, scenario: Scenario, ran: Ran): Array<string | undefined> {
	const { options, state } = scenario;
	const requests = requestsFor(contact, scenario, ran);
	const last = requests.at(-1);
	const ended = ran.stoppedAsking?.reason;
	if (!last) return [ended];
	const { name, means, isUnclear, isTransient } = last;
	if (isTransient && requests.length <= options.maxRetries) return [ended];
	if (!isUnclear) return [means];
	// A 404 says nothing for a while if it was said to a contact that was answered otherwise, too.
	const isDoubtful = scenario.replies.some((list) => new Set(list.map(({ kind }) => kind === 'notFound')).size > 1);
	if (state === 'well' && name === 'notFound' && isDoubtful) return [means, 'unexpected-response', ended];
	if (state === 'well') return [means, ended];
	const cannotTell = means === 'temporarily-unavailable' ? means : 'unexpected-response';
	return [BY_STATE[state] ?? cannotTell, ended];
}

/** Thousands of runs in virtual time take a while on a machine that has other things to do. */
jest.setTimeout(180_000);

describe('Any run, whatever the gateway answers,', () => {
	test('keeps the rules, gives each item its own answer, and ends early only for a reason', async () => {
		await fc.assert(
			fc.asyncProperty(SCENARIO, async (scenario) => {
				const { named, replies } = scenario;
				const ran = await run(given(scenario));
				expect(brokenRules(scenario, ran)).toStrictEqual([]);
				expect(ran.results).toHaveLength(named.length);
				ran.results.forEach((result, itemIndex) => {
					const contact = named[itemIndex] as number;
					if (contact >= replies.length) return expect(told(result)).toBe('invalid-contact-id');
					expect(outcomesOf(contact, scenario, ran)).toContain(told(result));
					const attempts = requestsFor(contact, scenario, ran).length;
					expect(result).toMatchObject({ contactId: nameOf(contact), attempts });
					const outcome = result?.outcome;
					if (outcome?.kind === 'picture') expect(outcome.url).toContain(`/${nameOf(contact)}`);
				});

				const asked = named.filter((contact) => ran.sent.some(([name]) => name === nameOf(contact)));
				expect(ran.duplicates).toBe(asked.length - new Set(asked).size);
				expect(ran.lookupsSent).toBe(ran.sent.length);
				const kinds = [...new Set(asked)].flatMap((contact) => requestsFor(contact, scenario, ran));
				const mayEnd = isDead(scenario) || kinds.some(({ isEnd, pauseMs }) => isEnd || pauseMs);
				const failed = new Set(named.filter((_, index) => ran.results[index]?.outcome.kind === 'failure'));
				if (!mayEnd && failed.size < 20) expect(ran.stoppedAsking).toBeUndefined();
			}),
			{ numRuns: 400 },
		);
	});

	test('that is stopped sends nothing any more, and ends at that moment', async () => {
		await fc.assert(
			fc.asyncProperty(SCENARIO, fc.boolean(), int(0, 999), async (scenario, stopsAtFailure, part) => {
				const whole = await run({ ...given(scenario), stopsAtFailure });
				fc.pre(whole.endedAt > 0);
				const cancelAt = (whole.endedAt * part) / 1000;
				const { endedAt, sent, starts } = await run({ ...given(scenario), stopsAtFailure, cancelAt });
				expect(endedAt).toBe(cancelAt);
				expect(sent).toStrictEqual(whole.sent.slice(0, sent.length));
				expect(starts).toStrictEqual(whole.starts.slice(0, starts.length));
			}),
			{ numRuns: 200 },
		);
	});

	test('that stops at the first failure asks for no other contact, and names the lowest', async () => {
		await fc.assert(
			fc.asyncProperty(SCENARIO, async (scenario) => {
				const whole = await run(given(scenario));
				const ran = await run({ ...given(scenario), stopsAtFailure: true });
				expect(brokenRules(scenario, ran)).toStrictEqual([]);
				const failed = ran.told.findIndex((kind) => kind !== undefined && kind !== 'picture' && kind !== 'none');
				expect(failed >= 0).toBe(whole.told.some((kind) => kind !== 'picture' && kind !== 'none'));
				if (failed < 0) return expect(ran.told).toStrictEqual(whole.told);
				for (let index = 0; index < failed; index += 1) {
					const last = requestsFor(scenario.named[index] as number, scenario, ran).at(-1);
					// What is held when another one fails is not confirmed any more.
					if (ran.told[index] === undefined) expect(last?.isUnclear).toBe(true);
				}
				const parting = ran.sent.findIndex(([name], index) => name !== whole.sent[index]?.[0]);
				const before = new Set(ran.sent.slice(0, parting < 0 ? Infinity : parting).map(([name]) => name));
				for (const [name] of ran.sent) expect(before).toContain(name);
			}),
			{ numRuns: 300 },
		);
	});
});
