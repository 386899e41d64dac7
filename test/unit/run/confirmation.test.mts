import type { Reason } from '../../../nodes/Wawp/failure';
import {
	all,
	answer,
	busy,
	CHECK_MS,
	contacts,
	type Given,
	hidden,
	limited,
	live,
	none,
	NOT_WELL,
	notFound,
	page,
	picture,
	refused,
	type Reply,
	reset,
	run,
	type State,
	unauthorized,
} from './run.mts';

const invalidSession = answer(404, { code: 'invalid_session' });

/** Words without digits, each another. */
const word = (index: number) => [...index.toString(2)].map((bit) => (bit === '1' ? 'x' : 'o')).join('');

/** Contacts that are all answered alike, one after the other, and whose failures open no breaker: pictures come between. */
function mixed(count: number, reply: Reply) {
	const items = contacts(2 * count);
	return {
		items,
		replies: all(
			items.filter((_, index) => index % 2 === 0),
			reply,
		),
		options: { concurrency: 1 },
	};
}

describe('An answer that means something only if the gateway is well', () => {
	const CASES: Array<[string, Reply, well: string, statusCode: number]> = [
		['hidden', hidden(), 'none', 500],
		['404', notFound(), 'none', 404],
		['400', refused(), 'bad-request', 400],
		['401', unauthorized(), 'unexpected-response', 401],
		['403', answer(403), 'bad-request', 403],
		['503', busy(), 'temporarily-unavailable', 503],
		['not JSON', answer(200, 'OK'), 'unexpected-response', 200],
		['invalid_session', invalidSession, 'session-disconnected', 404],
	];
	const IN_STATE: Record<string, Reason> = {
		stopped: 'session-disconnected',
		starting: 'temporarily-unavailable',
		refused: 'credential-invalid',
	};

	const rows = CASES.flatMap(([what, reply, well, statusCode]) =>
		(['well', ...NOT_WELL] as State[]).map((state) => {
			const cannotTell = what === '503' && state !== 'no endpoint' ? well : 'unexpected-response';
			return [what, state, state === 'well' ? well : (IN_STATE[state] ?? cannotTell), reply, statusCode] as const;
		}),
	);

	test.each(rows)('%s, gateway %s: %s', async (_what, state, expected, reply, statusCode) => {
		const alone = await run({
			items: ['a', 'b'],
			replies: { a: [reply] },
			states: [state],
			options: { concurrency: 1 },
		});
		const isDead = state === 'stopped' || state === 'refused';
		expect(alone.told).toStrictEqual([expected, isDead ? expected : 'picture']);
		if (expected !== 'none') expect(alone.results[0]).toMatchObject({ outcome: { failure: { statusCode } } });

		const items = contacts(5);
		const states: State[] = ['well', 'well', state];
		const held = await run({ items, replies: all(items, reply), states, options: { concurrency: 1, maxRetries: 0 } });
		expect(held.told.slice(2)).toStrictEqual(Array(3).fill(expected));
		for (const result of held.results.slice(2)) expect(result).toMatchObject({ attempts: 1 });
	});

	test('costs no check where a page, a good answer or no answer came', async () => {
		const { checks } = await run({ items: contacts(3), replies: { c0: [page()], c1: [none()], c2: [reset()] } });
		expect(checks).toStrictEqual([]);
	});

	test.each<[string, Reply, sent: number]>([
		['hidden', hidden(), 50],
		['404', notFound(), 52],
		['400', refused(), 50],
	])(
		'is confirmed alone for the first two contacts, then in twenties and at the end: %s',
		async (_what, reply, sent) => {
			const items = contacts(50);
			for (const concurrency of [1, 4, 100]) {
				const ran = await run({ items, replies: all(items, reply), options: { concurrency } });
				expect(new Set(ran.told).size).toBe(1);
				expect(ran.sent).toHaveLength(sent);
				expect(ran.checks.length).toBeLessThanOrEqual(5);
				expect(ran.mostOpen).toBeLessThanOrEqual(concurrency);
			}
			const { checks, told } = await run({
				items,
				replies: all(items, reply),
				options: { concurrency: 1 },
				states: ['well', 'well', 'well', 'unknown'],
			});
			expect([checks.length, new Set(told.slice(0, 22)).size, new Set(told.slice(22, 42))]).toStrictEqual([
				...[4, 1],
				new Set(['unexpected-response']),
			]);
		},
	);

	test('stays unconfirmed no longer than twenty of them, and nobody goes on meanwhile', async () => {
		const items = contacts(100);
		const states: State[] = ['well', 'well', 'stopped'];
		const { told, sent } = await run({ items, replies: all(items, hidden()), states, options: { concurrency: 1 } });
		expect(sent).toHaveLength(22);
		expect(told).toStrictEqual([...Array<string>(2).fill('none'), ...Array<string>(98).fill('session-disconnected')]);
	});

	test('says the same for all contacts if nothing but words with digits differs', async () => {
		const items = contacts(12);
		const replies = Object.fromEntries(
			items.map((item, index) => [item, [answer(403, { code: 'no', request: `7f-${index}`, at: 1e12 + index })]]),
		);
		const { checks } = await run({ items, replies, options: { concurrency: 1 } });
		expect(checks).toHaveLength(3);
	});

	test.each<[string, (index: number) => Reply, checks: number]>([
		['of another text', (index) => answer(403, word(index % 3)), 7],
		['of another status', (index) => answer(index % 3 === 0 ? 403 : index % 3 === 1 ? 400 : 422), 7],
		['that is too long to be remembered', () => answer(403, 'x'.repeat(501)), 12],
		['that is just short enough', () => answer(403, 'x'.repeat(496)), 3],
	])('%s is confirmed by itself', async (_what, reply, expected) => {
		const items = contacts(12);
		const replies = Object.fromEntries(items.map((item, index) => [item, [reply(index)]]));
		const { checks, stoppedAsking } = await run({ items, replies, options: { concurrency: 1 } });
		expect([checks.length, stoppedAsking]).toStrictEqual([expected, undefined]);
	});

	test('is confirmed each time once a hundred texts are remembered', async () => {
		const items = contacts(120);
		const textOf = (index: number) => (index < 100 ? word(index) : index < 110 ? word(99) : 'new');
		const replies = Object.fromEntries(items.map((item, index) => [item, [answer(422, textOf(index))]]));
		const { checks } = await run({ items, replies, options: { concurrency: 1 } });
		// One for each text and the second contact of the last, ten for the new one, one for the nine that are held.
		expect(checks).toHaveLength(100 + 1 + 10 + 1);
	});
});

describe('A 404', () => {
	test.each<[string, Reply[], told: string, attempts: number]>([
		['said again, in whatever words', [notFound(), answer(404, 'Nichts')], 'none', 2],
		['followed by a picture', [notFound(), picture()], 'picture', 2],
		['followed by none', [notFound(), none()], 'none', 2],
		['followed by a refusal', [notFound(), refused()], 'bad-request', 2],
		['followed by a code', [notFound(), hidden()], 'none', 2],
		['followed by a page', [notFound(), page()], 'unexpected-response', 2],
		['followed by trouble that passes', [notFound(), busy(), picture()], 'picture', 3],
		['followed by trouble and said twice', [notFound(), reset(), notFound(), notFound()], 'none', 4],
		['between troubles', [busy(), busy(), busy(), notFound(), busy()], 'temporarily-unavailable', 5],
		['in turns with trouble', [notFound(), busy(), notFound(), busy()], 'temporarily-unavailable', 4],
	])('%s: %s', async (_what, replies, expected, attempts) => {
		const { told, results } = await run({ items: ['a'], replies: { a: replies } });
		expect([told, results[0]?.attempts]).toStrictEqual([[expected], attempts]);
	});

	test('costs four requests, and two of them are the check', async () => {
		const { sent, checks, endedAt } = await run({ items: ['a'], replies: { a: [notFound()] } });
		expect([sent.length, checks.length, endedAt]).toStrictEqual([2, 1, 200 + CHECK_MS]);
	});

	test.each(NOT_WELL)('is not asked for again for being unclear while the gateway is not well: %s', async (state) => {
		const options = { maxRetries: 0 };
		const { sent } = await run({ items: ['a'], replies: { a: [notFound()] }, states: [state], options });
		expect(sent).toHaveLength(1);
	});
});

describe('A gateway that is dead', () => {
	const given: Given = { items: ['a', 'b', 'c'], replies: { a: [hidden()] }, options: { concurrency: 1 } };

	test.each<[State, string]>([
		['stopped', 'session-disconnected'],
		['refused', 'credential-invalid'],
	])('ends the run if it says so twice, and not if it does once: %s', async (state, reason) => {
		const twice = await run({ ...given, states: [state, state] });
		expect(twice.told).toStrictEqual([reason, reason, reason]);
		expect(twice.results.map((result) => result?.attempts)).toStrictEqual([1, 0, 0]);
		expect(twice.stoppedAsking).toMatchObject({ reason });
		expect([twice.sent.length, twice.checks]).toStrictEqual([1, [100, 680]]);
		for (const second of ['well', 'unknown', 'starting', state === 'stopped' ? 'refused' : 'stopped'] as State[]) {
			const once = await run({ ...given, states: [state, second, 'well'] });
			expect([once.told, once.stoppedAsking]).toStrictEqual([[reason, 'picture', 'picture'], undefined]);
		}
	});

	test('costs few requests, whatever the list, and those that wait fail alike', async () => {
		const items = contacts(1000);
		for (const concurrency of [1, 4, 100]) {
			const replies = { ...all(items, unauthorized()), c1: [busy()] };
			const { told, sent, checks } = await run({ items, replies, states: ['refused'], options: { concurrency } });
			expect(new Set(told)).toStrictEqual(new Set(['credential-invalid']));
			expect(sent.length).toBeLessThanOrEqual(2 * concurrency);
			expect(checks).toHaveLength(2);
		}
	});

	test('lets requests that are open end', async () => {
		const replies = { a: [hidden(50)], b: [picture('b.jpg', 2000)] };
		const { told, aborted, endedAt } = await run({
			...given,
			replies,
			states: ['stopped'],
			options: { concurrency: 4 },
		});
		expect(told).toStrictEqual(['session-disconnected', 'picture', 'picture']);
		expect([aborted, endedAt]).toStrictEqual([[], 2000]);
	});

	test('that is only starting is asked for the contact again', async () => {
		const { told, sent } = await run({ ...given, states: ['starting', 'starting', 'well'] });
		expect([told, sent.length]).toStrictEqual([['none', 'picture', 'picture'], 5]);
	});
});

describe('A text that also came in trouble', () => {
	test.each<[string, Reply, Partial<Given>, checks: number]>([
		// c2 to c21 are held, and fail; c22 to c43 are confirmed alone; the others are held.
		['for contacts that were held', hidden(), { states: ['well', 'well', 'stopped', 'well'] }, 2 + 2 + 22 + 1],
		['for one contact', hidden(), { states: ['well', 'stopped', 'well'] }, 1 + 2 + 22 + 1 + 1],
		['while nothing could be told', hidden(), { states: ['unknown', 'well'] }, 1 + 22 + 2],
		[
			'for a contact that was answered otherwise a moment later',
			notFound(),
			{ replies: { c0: [notFound(), picture()] } },
			1 + 22 + 1 + 1,
		],
		// c0 has no picture, and a moment before the endpoint was gone.
		[
			'for a contact that was answered in other words a moment later',
			notFound(),
			{ replies: { c0: [notFound(), answer(404, 'Nichts')] } },
			1 + 22 + 1 + 1,
		],
	])('has to be confirmed for twenty contacts more: %s', async (_what, reply, { replies, ...given }, checks) => {
		const each = mixed(60, reply);
		const ran = await run({ ...each, ...given, replies: { ...each.replies, ...replies } });
		expect([ran.checks.length, ran.stoppedAsking]).toStrictEqual([checks, undefined]);
	});

	test.each<[string, Reply, Partial<Given>, told: string[]]>([
		[
			'for one contact',
			notFound(),
			{ replies: { c0: [notFound(), picture()] } },
			['picture', ...Array<string>(20).fill('unexpected-response'), ...Array<string>(29).fill('none')],
		],
		[
			'while nothing could be told',
			hidden(),
			{ states: ['unknown', 'well'] },
			[...Array<string>(15).fill('unexpected-response'), ...Array<string>(35).fill('none')],
		],
		[
			'while nothing could be told, and has to be said twice',
			notFound(),
			{ states: ['unknown', 'well'] },
			[...Array<string>(35).fill('unexpected-response'), ...Array<string>(15).fill('none')],
		],
	])('ends no run if all contacts get it: %s', async (_what, reply, { replies, ...given }, expected) => {
		const items = contacts(50);
		const options = { concurrency: 1 };
		const ran = await run({ items, options, ...given, replies: { ...all(items, reply), ...replies } });
		expect([ran.told, ran.stoppedAsking]).toStrictEqual([expected, undefined]);
	});

	test('tells nothing of those twenty where it has to be said twice', async () => {
		const { items, replies, options } = mixed(30, notFound());
		const { told } = await run({ items, replies: { ...replies, c0: [notFound(), picture()] }, options });
		const unclear = told.filter((_, index) => index > 0 && index % 2 === 0);
		expect(unclear).toStrictEqual([...Array<string>(20).fill('unexpected-response'), ...Array<string>(9).fill('none')]);
	});
});

describe('A gateway that cannot tell how it is', () => {
	const lengths = async (given: Given) => {
		const { checks, told, stoppedAsking } = await run(given);
		expect(stoppedAsking).toBeUndefined();
		return { checks: checks.length, told: new Set(told) };
	};

	test('is asked again as it is for a lookup, where that may help', async () => {
		const given: Given = { items: ['a'], replies: { a: [hidden()] }, options: { maxRetries: 2 } };
		const trouble: State = 'in trouble';
		expect(await run({ ...given, states: [trouble, trouble, 'well'] })).toMatchObject({
			...{ told: ['none'], checks: [100, 640, 1680] },
		});
		expect(await run({ ...given, states: [trouble] })).toMatchObject({
			...{ told: ['unexpected-response'], checks: [100, 640, 1680] },
		});
		expect(await run({ ...given, states: ['unknown'] })).toMatchObject({ checks: [100] });
	});

	test('is not asked for the next fourteen answers, and then once', async () => {
		// At the first, and at each fifteenth after it.
		const cannotTell = new Set(['unexpected-response', 'picture']);
		expect(await lengths({ ...mixed(50, hidden()), states: ['in trouble'] })).toStrictEqual({
			checks: 4 + 3,
			told: cannotTell,
		});
		expect(await lengths({ ...mixed(50, hidden()), states: ['unknown'] })).toStrictEqual({
			checks: 1 + 3,
			told: cannotTell,
		});
		expect(await lengths({ ...mixed(15, hidden()), states: ['unknown', 'well'] })).toStrictEqual({
			checks: 1,
			told: cannotTell,
		});
		const later = await lengths({ ...mixed(16, hidden()), states: ['unknown', 'well'] });
		expect(later).toStrictEqual({ checks: 2, told: new Set([...cannotTell, 'none']) });
	});

	test.each<[string, Reply, RegExp]>([
		['a good answer: its keys', answer(200, { result: 'x' }), /^The answer had status 200 and JSON with result\./],
		['what is never good: all that it may be', unauthorized(), /^Test the credential, check the session/],
		['a code: the same', answer(200, { code: 'invalid_access_token' }), /^Test the credential, check the session/],
	])('leaves to the user to find out, of %s', async (_what, reply, description) => {
		const { results } = await run({ items: ['a'], replies: { a: [reply] }, states: ['unknown'] });
		expect(results[0]?.outcome).toMatchObject({
			failure: { reason: 'unexpected-response', description: expect.stringMatching(description) },
		});
	});

	test('is asked again in vain once more after it could tell', async () => {
		const states: State[] = [...Array<State>(4).fill('in trouble'), 'well', ...Array<State>(4).fill('in trouble')];
		expect(await lengths({ ...mixed(22, hidden()), states })).toMatchObject({ checks: 4 + 1 + 4 });
	});

	test('because it is silent costs ten seconds at most, or the timeout', async () => {
		const given: Given = { items: ['a'], replies: { a: [hidden()] }, states: ['silent'] };
		expect((await run({ ...given, options: { maxRetries: 0 } })).endedAt).toBe(10_100);
		expect((await run({ ...given, options: { maxRetries: 0, timeout: 3000 } })).endedAt).toBe(3100);
		const { endedAt } = await run({
			...mixed(100, hidden()),
			options: { concurrency: 2 },
			states: ['silent'],
		});
		expect(endedAt).toBeLessThan(120_000);
	});
});

describe('What is held', () => {
	const items = contacts(40);

	test.each<[string, Record<string, Reply[]>, Reason]>([
		['a plan', { c3: [answer(402)] }, 'rate-limited'],
		['a pause', { c3: [limited('3600')] }, 'rate-limited'],
		['the breaker', all(items.slice(3), reset()), 'network'],
		['a dead session', { c3: [answer(422, 'Sitzung?')] }, 'session-disconnected'],
	])('fails as the run does that %s ends', async (_what, replies, reason) => {
		const { told, results } = await run({
			items,
			replies: { ...all(['c0', 'c1', 'c2'], hidden()), ...replies },
			options: { concurrency: 1, maxRetries: 0 },
			states: ['well', 'well', 'stopped'],
		});
		expect(told).toStrictEqual(['none', 'none', ...Array<string>(38).fill(reason)]);
		expect(results[2]).toMatchObject({ attempts: 1 });
	});

	test('comes to nothing where the run is stopped', async () => {
		const given: Given = { items, replies: { ...all(items, hidden()) }, options: { concurrency: 1 } };
		const { told, endedAt } = await run({ ...given, cancelAt: 1000 });
		expect(told.lastIndexOf('none')).toBe(1);
		expect(endedAt).toBe(1000);
	});

	test('is confirmed with all that came meanwhile, by a check that begins after them', async () => {
		const five = contacts(5).map(live);
		const replies = Object.fromEntries(five.map(({ contactId }, index) => [contactId, [answer(403, word(index))]]));
		expect((await run({ items: five, replies })).checks).toStrictEqual([100, 140]);
		const later = { ...replies, c3: [answer(403, 'nej', { after: 130 })], c4: [answer(403, 'tak', { after: 150 })] };
		expect((await run({ items: five, replies: later })).checks).toStrictEqual([100, 140, 180]);
	});
});
