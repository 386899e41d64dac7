import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';
import { failure, type Reason } from '../../../nodes/Wawp/failure';
import type { SessionState } from '../../../nodes/Wawp/gateway/classifySession';
import { type Gateway, noGateway } from '../../../nodes/Wawp/gateway/gateway';
import { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
import type { Query } from '../../../nodes/Wawp/gateway/request';
import { DEFAULT_OPTIONS } from '../../../nodes/Wawp/operation/optionFields';
import { lookUpAll } from '../../../nodes/Wawp/run/lookUpAll';
import { VirtualClock } from '../virtualClock.mts';
import {
	addressOf,
	answer,
	DEAD,
	disconnected,
	DISCONNECTED,
	type Given,
	live,
	NO_CONTACT,
	NO_PICTURES,
	none,
	picture,
	refused,
	type Reply,
	reset,
	run,
	SILENCE,
	STARTING,
	told,
	unclear,
	UNKNOWN,
	unnamed,
	WORKS,
} from './run.mts';

/** A run without a gateway, whose items have no contact. */
const bareRun = (clock: VirtualClock, itemCount: number) => ({
	itemCount,
	read: () => NO_CONTACT,
	options: DEFAULT_OPTIONS,
	gateway: noGateway(failure('network')),
	limiters: new AccountLimiters(clock),
	pictures: NO_PICTURES,
	stopsAtFailure: false,
	clock,
});

describe('Each item', () => {
	test('has the answer for its contact, in input order, whatever comes first', async () => {
		const { results } = await run({
			items: ['a', 'b', 'c', 'd'],
			replies: {
				a: [answer(200, { after: 400, body: '{"id":"a","url":"https://x.y/a"}' })],
				b: [none(10)],
				c: [answer(200, { after: 200, body: '{"id":"c","url":"https://x.y/c"}' })],
				d: [answer(400, { after: 100 })],
			},
		});
		expect(results).toMatchObject([
			{ contactId: 'a', attempts: 1, outcome: { kind: 'picture', id: 'a', url: 'https://x.y/a' } },
			{ contactId: 'b', attempts: 1, outcome: { kind: 'none', id: 'b' } },
			{ contactId: 'c', attempts: 1, outcome: { kind: 'picture', id: 'c', url: 'https://x.y/c' } },
			{
				contactId: 'd',
				attempts: 1,
				outcome: { kind: 'failure', failure: { reason: 'bad-request', statusCode: 400 } },
			},
		]);
	});

	test('without a contact fails as it is, without a request', async () => {
		const { results, sent } = await run({ items: [NO_CONTACT, 'a', NO_CONTACT] });
		expect(results.map(told)).toStrictEqual(['invalid-contact-id', 'picture', 'invalid-contact-id']);
		expect(results[0]).toMatchObject({ contactId: 'Ada', attempts: 0 });
		expect(sent).toStrictEqual([['a', 0]]);
	});

	test('is read once, in order, and not before its turn', async () => {
		const { reads } = await run({ items: ['a', 'a', NO_CONTACT, 'b', 'c'], options: { concurrency: 2 } });
		expect(reads).toStrictEqual([
			[0, 0],
			[1, 0],
			[2, 0],
			[3, 0],
			[4, 100],
		]);
	});

	test('of a long list has its answer', async () => {
		const items = Array.from({ length: 5000 }, (_, index) => (index % 10 === 3 ? NO_CONTACT : `${index % 7}`));
		const { told, sent, duplicates, reads, endedAt } = await run({ items, replies: { 2: [none()] } });
		expect(told).toStrictEqual(
			items.map((item) => (item === NO_CONTACT ? 'invalid-contact-id' : item === '2' ? 'none' : 'picture')),
		);
		expect(sent).toHaveLength(7);
		expect(duplicates).toBe(4493);
		expect(reads.map(([itemIndex]) => itemIndex)).toStrictEqual([...items.keys()]);
		expect(endedAt).toBe(200);
	});

	test('is none where there are none', async () => {
		expect(await run({ items: [] })).toMatchObject({ results: [], duplicates: 0, refreshed: 0 });
	});
});

describe('Items of the same contact', () => {
	test('share one look-up, before its answer and after it', async () => {
		const { told, sent, results, duplicates, endedAt } = await run({
			items: ['a', 'a', 'b', 'a', 'c', 'a'],
			options: { concurrency: 2 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 0],
			['c', 100],
		]);
		expect(told).toStrictEqual(Array(6).fill('picture'));
		expect(results[5]).toStrictEqual(results[0]);
		expect(duplicates).toBe(3);
		expect(endedAt).toBe(200);
	});

	test('share it however the contact is written', async () => {
		const typed = ['15551234567', '+1 (555) 123-4567', 15551234567, '15551234567@C.US', '15551234567:2@s.whatsapp.net'];
		const items = typed.map((text): Query | typeof NO_CONTACT => {
			const contactId = readContactId(text);
			return contactId.ok ? { contactId: contactId.id, refresh: false } : NO_CONTACT;
		});
		const { told, sent } = await run({ items });
		expect(sent).toStrictEqual([['15551234567@c.us', 0]]);
		expect(told).toStrictEqual(Array(5).fill('picture'));
	});

	test('share a failure and its attempts as well', async () => {
		const { results, sent } = await run({
			items: ['a', 'a'],
			replies: { a: [answer(500)] },
			options: { maxRetries: 1 },
		});
		expect(sent).toHaveLength(2);
		expect(results[0]).toMatchObject({ attempts: 2, outcome: { failure: { reason: 'temporarily-unavailable' } } });
		expect(results[1]).toStrictEqual(results[0]);
	});

	test('do not share it with those that ask for it live', async () => {
		const { told, sent, duplicates, refreshed } = await run({
			items: ['a', live('a'), 'a', live('a'), live('b')],
			replies: { a: [picture(), none()] },
		});
		expect(sent.map(([contactId]) => contactId)).toStrictEqual(['a', 'a', 'b']);
		expect(told).toStrictEqual(['picture', 'none', 'picture', 'none', 'picture']);
		expect(duplicates).toBe(2);
		expect(refreshed).toBe(2);
	});
});

describe('A look-up that fails', () => {
	test('is asked for again, after a wait that grows, until it is answered', async () => {
		const { results, sent } = await run({
			items: ['a'],
			replies: { a: [answer(500), reset(), answer(408), picture()] },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['a', 600],
			['a', 1700],
			['a', 3800],
		]);
		expect(results).toMatchObject([{ attempts: 4, outcome: { kind: 'picture' } }]);
	});

	test.each([0, 1, 3])(
		'with %d retries left fails as it did last, and waits for nothing any more',
		async (maxRetries) => {
			const replies = { a: [...Array<Reply>(maxRetries).fill(reset()), answer(503)] };
			const { results, sent, endedAt } = await run({ items: ['a'], replies, options: { maxRetries } });
			expect(results).toMatchObject([
				{ attempts: maxRetries + 1, outcome: { failure: { reason: 'temporarily-unavailable', statusCode: 503 } } },
			]);
			expect(sent).toHaveLength(maxRetries + 1);
			expect(endedAt).toBe(Number(sent.at(-1)?.[1]) + 100);
		},
	);

	test('for good is not asked for again', async () => {
		const { told, sent, endedAt } = await run({ items: ['a'], replies: { a: [answer(400)] } });
		expect([told, sent.length, endedAt]).toStrictEqual([['bad-request'], 1, 100]);
	});

	test('is asked for again after exactly as long as the gateway asked, and nobody else is asked for meanwhile', async () => {
		const { told, sent } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [answer(503, { retryAfter: '7' }), picture()] },
			options: { concurrency: 2 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 0],
			['a', 7100],
			['c', 7200],
		]);
		expect(told).toStrictEqual(['picture', 'picture', 'picture']);
	});

	test('fails with the wait that the gateway asked for where that is more than two minutes', async () => {
		const { results, endedAt } = await run({ items: ['a'], replies: { a: [answer(503, { retryAfter: '121' })] } });
		expect(results).toMatchObject([{ attempts: 1, outcome: { failure: { retryAfterMs: 121_000, statusCode: 503 } } }]);
		expect(endedAt).toBe(100);
	});

	test('for want of an answer is aborted at its time-out', async () => {
		const { results, sent, aborted } = await run({
			items: ['a', 'b'],
			replies: { a: [SILENCE, picture(2999)], b: [SILENCE] },
			options: { timeout: 3000, maxRetries: 1 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 0],
			['a', 3500],
			['b', 3500],
		]);
		expect(aborted).toStrictEqual([
			['a', 3000],
			['b', 3000],
			['b', 6500],
		]);
		expect(results.map(told)).toStrictEqual(['picture', 'timeout']);
	});

	test('keeps its place among the concurrent ones while it waits', async () => {
		const { sent } = await run({
			items: ['a', 'b'],
			replies: { a: [answer(500), picture()] },
			options: { concurrency: 1 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['a', 600],
			['b', 700],
		]);
	});

	test.each<[string, () => Promise<never>]>([
		['rejects', async () => await Promise.reject(new Error('torn'))],
		[
			'throws',
			() => {
				throw new Error('torn');
			},
		],
	])('because the gateway %s, which it should not, stays with its item', async (_what, fail) => {
		const ask: Gateway['ask'] = async ({ contactId }) =>
			contactId === 'b' ? await fail() : { answer: { statusCode: 404, headers: {}, body: 'No picture' } };
		const { told } = await run({ items: ['a', 'b', 'c'], options: { concurrency: 2 }, gateway: { ask } });
		expect(told).toStrictEqual(['none', 'unexpected-response', 'none']);
	});

	test('because its answer cannot be judged stays with its item', async () => {
		const classifyNothing: Gateway['classifyAnswer'] = (_answer, contactId) => {
			if (contactId === 'b') throw new Error('torn');
			return { outcome: { kind: 'none', id: contactId } };
		};
		const { told } = await run({ items: ['a', 'b', 'c'], gateway: { classifyAnswer: classifyNothing } });
		expect(told).toStrictEqual(['none', 'unexpected-response', 'none']);
	});
});

describe('Requests', () => {
	test.each([1, 3, 100])('are open at once where the limit is %d, and no more', async (concurrency) => {
		const items = Array.from({ length: 7 }, (_, index) => `${index}`);
		const { sent } = await run({ items, options: { concurrency } });
		expect(sent).toStrictEqual(items.map((item, index) => [item, 100 * Math.floor(index / concurrency)]));
	});

	test('are spaced evenly, retries among them', async () => {
		const { sent } = await run({
			items: ['a', 'b', 'c', 'd'],
			replies: { a: [answer(500), picture()] },
			options: { requestsPerMinute: 10 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 6000],
			['c', 12_000],
			['d', 18_000],
			['a', 24_000],
		]);
	});
});

describe('An unconfirmed answer', () => {
	test('is held while the run goes on, and is the answer for its contact once a later request succeeds', async () => {
		const { told, sent, asked, results } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [unclear()] },
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual(['none', 'picture', 'picture']);
		expect(results[0]).toStrictEqual({ contactId: 'a', attempts: 1, outcome: { kind: 'none', id: 'a' } });
		expect([sent.length, asked]).toStrictEqual([3, []]);
	});

	test('is not confirmed by a success whose request was on its way before, but by the session at the end', async () => {
		const { told, asked, endedAt } = await run({
			items: ['a', 'b'],
			replies: { a: [unclear()], b: [picture(500)] },
		});
		expect(told).toStrictEqual(['none', 'picture']);
		expect([asked, endedAt]).toStrictEqual([[500], 540]);
	});

	test.each<[string, SessionState, string]>([
		['works', WORKS, 'none'],
		['does not', DEAD, 'credential-invalid'],
		['is still starting', STARTING, 'temporarily-unavailable'],
		['is unknown', UNKNOWN, 'unexpected-response'],
	])('is judged by the session at the end of the run: where that %s', async (_what, session, expected) => {
		const { results, told, sent, asked } = await run({
			items: ['a', 'b', NO_CONTACT, 'b'],
			replies: { a: [unclear()], b: [unclear()] },
			sessions: [session],
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual([expected, expected, 'invalid-contact-id', expected]);
		expect([sent.length, asked]).toStrictEqual([2, [200]]);
		if (expected === 'none') return;
		expect(results[0]).toMatchObject({ attempts: 1, outcome: { failure: { statusCode: 401 } } });
	});

	test.each<[string, (contactId: string) => Query | string, SessionState, string, asked: number]>([
		['is no picture after a success with refresh', live, WORKS, 'none', 0],
		['is no picture after a success that may be stored, if the session works', (id) => id, WORKS, 'none', 1],
		[
			'fails after a success that may be stored, if the session is gone',
			(id) => id,
			DISCONNECTED,
			'session-disconnected',
			1,
		],
	])('of a 404 %s', async (_what, query, session, expected, times) => {
		const { told, asked } = await run({
			items: [query('a'), query('b')],
			replies: { a: [answer(404, { body: '{"code":"not_found"}' })] },
			options: { concurrency: 1 },
			sessions: [session],
		});
		expect([told, asked.length]).toStrictEqual([[expected, 'picture'], times]);
	});

	test("is no picture where nothing can tell, if it is a 404 in Wawp's own envelope", async () => {
		const { told } = await run({
			items: ['a', 'b'],
			replies: { a: [answer(404, { body: '{"code":"not_found"}' })], b: [answer(404)] },
			sessions: [UNKNOWN],
		});
		expect(told).toStrictEqual(['none', 'unexpected-response']);
	});

	test('of twenty that nothing can tell about does not open the circuit breaker where others have pictures', async () => {
		const items = Array.from({ length: 60 }, (_, index) => `${index}`);
		const odd = items.filter((_, index) => index % 2);
		const { told, sent, stoppedAsking } = await run({
			items,
			replies: Object.fromEntries(odd.map((item) => [item, [answer(404)]])),
			options: { concurrency: 1 },
			sessions: [UNKNOWN],
		});
		expect([sent.length, stoppedAsking]).toStrictEqual([60, undefined]);
		expect(told.filter((what) => what === 'unexpected-response')).toHaveLength(odd.length);
	});

	test('is asked about again where the gateway is in trouble, as often as look-ups are', async () => {
		const trouble: SessionState = { kind: 'unknown', isInTrouble: true };
		const given: Given = { items: ['a'], replies: { a: [unclear()] }, options: { maxRetries: 2 } };
		const passed = await run({ ...given, sessions: [trouble, trouble, WORKS] });
		expect([passed.told, passed.asked]).toStrictEqual([['none'], [100, 640, 1680]]);
		const lasting = await run({ ...given, sessions: [trouble] });
		expect([lasting.told, lasting.asked]).toStrictEqual([['unexpected-response'], [100, 640, 1680]]);
		const stopped = await run({ ...given, sessions: [trouble], cancelAt: 300 });
		expect([stopped.told, stopped.asked, stopped.endedAt]).toStrictEqual([[undefined], [100], 300]);
	});

	test('of twenty does not open it either where others have failed for a reason of their own', async () => {
		const items = Array.from({ length: 60 }, (_, index) => `${index}`);
		const { sent, stoppedAsking } = await run({
			items,
			replies: Object.fromEntries(items.map((item, index) => [item, [answer(index % 2 ? 404 : 400)]])),
			options: { concurrency: 1 },
			sessions: [UNKNOWN],
		});
		expect([sent.length, stoppedAsking]).toStrictEqual([60, undefined]);
	});

	test('of twenty opens it where one of the first has come to be no picture', async () => {
		const items = Array.from({ length: 60 }, (_, index) => `${index}`);
		const { sent, stoppedAsking } = await run({
			items,
			replies: Object.fromEntries(
				items.map((item, index) => [item, [index === 0 ? answer(404, { body: '{"code":"not_found"}' }) : unclear()]]),
			),
			options: { concurrency: 1 },
			sessions: [UNKNOWN],
		});
		expect([sent.length, stoppedAsking?.reason]).toStrictEqual([40, 'unexpected-response']);
	});

	test('is one of twenty at most that are held, and nobody goes on meanwhile', async () => {
		const items = Array.from({ length: 50 }, (_, index) => `${index}`);
		const replies = Object.fromEntries(items.map((item) => [item, [unclear()]]));
		const given: Given = { items, replies, options: { concurrency: 1 } };
		const dead = await run({ ...given, sessions: [DEAD] });
		expect([dead.sent.length, dead.asked]).toStrictEqual([20, [2000]]);
		expect(new Set(dead.told)).toStrictEqual(new Set(['credential-invalid']));
		const works = await run(given);
		expect([works.sent.length, works.asked]).toStrictEqual([50, [2000, 4040, 5080]]);
		expect(new Set(works.told)).toStrictEqual(new Set(['none']));
	});

	test.each([1, 4, 100])('costs a request for the session per twenty, %d at a time', async (concurrency) => {
		const items = Array.from({ length: 1000 }, (_, index) => `${index}`);
		const replies = Object.fromEntries(items.map((item) => [item, [unclear()]]));
		const { told, asked, mostOpen } = await run({ items, replies, options: { concurrency } });
		expect(new Set(told)).toStrictEqual(new Set(['none']));
		expect(asked.length).toBeLessThanOrEqual(50);
		expect(mostOpen).toBeLessThanOrEqual(concurrency);
	});

	test.each<[string, Reply]>([
		['none in so many words', none()],
		['none under a status that is no success', answer(300, { body: '{"message":"No profile picture"}' })],
		['a failure under 200', answer(200, { body: 'OK' })],
		['a failure', answer(500)],
	])(
		'is a failure where twenty bare 404s came after %s, which can be of a gateway without it',
		async (_what, reply) => {
			const items = Array.from({ length: 20 }, (_, index) => `${index}`);
			const replies = { a: [reply], ...Object.fromEntries(items.map((item) => [item, [answer(404)]])) };
			const { told } = await run({ items: ['a', ...items], replies, options: { concurrency: 1, maxRetries: 0 } });
			expect(told.slice(1)).toStrictEqual(Array(20).fill('unexpected-response'));
		},
	);

	test('is a failure where twenty bare 404s came and the endpoint has answered nothing else', async () => {
		const items = Array.from({ length: 60 }, (_, index) => `${index}`);
		const replies = Object.fromEntries(items.map((item) => [item, [answer(404)]]));
		const { told, sent, stoppedAsking } = await run({ items, replies, options: { concurrency: 1 } });
		expect(new Set(told)).toStrictEqual(new Set(['unexpected-response']));
		expect([sent.length, stoppedAsking?.reason]).toStrictEqual([20, 'unexpected-response']);
		const found = await run({ items: ['a', ...items], replies, options: { concurrency: 1 } });
		expect(new Set(found.told.slice(1))).toStrictEqual(new Set(['none']));
	});

	test('fails as the run does that ends meanwhile', async () => {
		const { told } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [unclear()], b: [disconnected()] },
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual(['session-disconnected', 'session-disconnected', 'session-disconnected']);
	});

	test('means what it says where the run ends meanwhile for what is neither the credential nor the session', async () => {
		const { told } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [answer(404, { body: '{"code":"not_found"}' })], b: [answer(429, { retryAfter: '3600' })] },
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual(['none', 'rate-limited', 'rate-limited']);
	});

	test('has the session asked for at once, though the next live look-up would have to wait', async () => {
		const { told, asked } = await run({
			items: Array.from({ length: 10 }, (_, index) => live(`${index}`)),
			replies: { 9: [unclear()] },
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual([...Array<string>(9).fill('picture'), 'none']);
		expect(asked).toStrictEqual([1000]);
	});

	test('fails its items where no picture is a failure, once it is confirmed', async () => {
		const { told } = await run({ items: ['a'], replies: { a: [unclear()] }, options: { noPicture: 'error' } });
		expect(told).toStrictEqual(['no-picture']);
	});
});

describe('An answer that says that the credential is dead', () => {
	test('is confirmed at once, and then ends the run', async () => {
		const { results, sent, asked, endedAt } = await run({
			items: ['a', 'b', NO_CONTACT, 'b'],
			replies: { a: [refused()] },
			sessions: [DEAD],
			options: { concurrency: 1 },
		});
		expect(results.map(told)).toStrictEqual([
			'credential-invalid',
			'credential-invalid',
			'invalid-contact-id',
			'credential-invalid',
		]);
		expect(results.map((result) => result?.attempts)).toStrictEqual([1, 0, 0, 0]);
		expect(results[1]).toMatchObject({ outcome: { failure: { statusCode: 401 } } });
		expect([sent.length, asked, endedAt]).toStrictEqual([1, [100], 140]);
	});

	test('ends the run by its own word where nothing can tell', async () => {
		const { told, sent } = await run({
			items: ['a', 'b'],
			replies: { a: [refused()] },
			sessions: [UNKNOWN],
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual(['credential-invalid', 'credential-invalid']);
		expect(sent).toHaveLength(1);
	});

	test.each([
		['before', 50],
		['after', 150],
	])('ends the run for an answer that came %s it as well, where nothing can tell', async (_when, after) => {
		const { told } = await run({
			items: ['a', 'b'],
			replies: { a: [refused()], b: [answer(404, { after, body: '{"code":"not_found","message":"Not found"}' })] },
			sessions: [UNKNOWN],
		});
		expect(told).toStrictEqual(['credential-invalid', 'credential-invalid']);
	});

	test('though it works is asked for again, and then is the answer for its contact', async () => {
		const { told, sent, asked, results } = await run({
			items: ['a', 'b'],
			replies: { a: [refused()] },
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual(['none', 'picture']);
		expect(sent).toStrictEqual([
			['a', 0],
			['a', 140],
			['b', 240],
		]);
		expect(asked).toStrictEqual([100]);
		expect(results[0]?.attempts).toBe(2);
	});

	test('though it works is believed no more, and the session is not asked for again', async () => {
		const { told, sent, asked, endedAt } = await run({ items: ['a'], replies: { a: [refused()] } });
		expect([told, sent.length, asked, endedAt]).toStrictEqual([['none'], 2, [100], 240]);
	});

	test('is asked for again once, though it came while the session was asked for, and then is held', async () => {
		const { told, sent, asked } = await run({
			items: ['a', 'b'],
			replies: { a: [refused(), picture()], b: [refused(120)] },
		});
		expect(told).toStrictEqual(['picture', 'none']);
		expect(sent.map(([contactId]) => contactId)).toStrictEqual(['a', 'b', 'a', 'b']);
		expect(asked).toHaveLength(2);
	});

	test('and no more when it is asked for again has its picture', async () => {
		const { told } = await run({ items: ['a'], replies: { a: [refused(), picture()] } });
		expect(told).toStrictEqual(['picture']);
	});

	test('costs so many requests at most as are open at the same time, whatever the list', async () => {
		const items = Array.from({ length: 1000 }, (_, index) => `${index}`);
		const replies = Object.fromEntries(items.map((item) => [item, [refused()]]));
		for (const concurrency of [1, 4, 100]) {
			const { told, sent, asked } = await run({ items, replies, sessions: [DEAD], options: { concurrency } });
			expect(sent).toHaveLength(concurrency);
			expect(asked).toHaveLength(1);
			expect(new Set(told)).toStrictEqual(new Set(['credential-invalid']));
		}
	});

	test('ends the wait of those that would be asked for again, and they fail alike', async () => {
		const { results, sent, endedAt } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [answer(503)], b: [reset(90)], c: [refused(200)] },
			sessions: [DEAD],
		});
		expect(results).toMatchObject([
			{ contactId: 'a', attempts: 1, outcome: { failure: { reason: 'credential-invalid', statusCode: 401 } } },
			{ contactId: 'b', attempts: 1, outcome: { failure: { reason: 'credential-invalid', statusCode: 401 } } },
			{ contactId: 'c', attempts: 1, outcome: { failure: { reason: 'credential-invalid', statusCode: 401 } } },
		]);
		expect([sent.length, endedAt]).toStrictEqual([3, 240]);
	});

	const gone = answer(404, { body: 'Session not found' });

	test.each<[string, Reply[], sent: number]>([
		['another answer', [gone, unclear()], 2],
		['the same answer after a failure in between', [gone, answer(503), gone], 4],
	])('and was contradicted is not so for %s, which may be true by now', async (_what, replies, times) => {
		const { told, asked, sent } = await run({
			items: ['a'],
			replies: { a: replies },
			sessions: [WORKS, DISCONNECTED],
		});
		expect([told, asked.length, sent.length]).toStrictEqual([['session-disconnected'], 2, times]);
	});

	test('while the session is starting is asked for again later', async () => {
		const { told, sent } = await run({
			items: ['a'],
			replies: { a: [answer(404, { body: 'Session not found' }), picture()] },
			sessions: [STARTING],
		});
		expect([told, sent.length]).toStrictEqual([['picture'], 2]);
	});
});

describe('A picture without an ID', () => {
	test('is that of its contact', async () => {
		const { told } = await run({ items: ['a', 'b'], replies: { a: [unnamed('a.jpg')], b: [unnamed('b.jpg')] } });
		expect(told).toStrictEqual(['picture', 'picture']);
	});

	test("is nobody's where its URL has come for another contact as well", async () => {
		const given: Given = { items: ['a', 'b', 'c'], replies: { a: [unnamed()], b: [unnamed()], c: [unnamed('c.jpg')] } };
		const { results, told } = await run({ ...given, deliveries: {} });
		expect(told).toStrictEqual(['unexpected-response', 'unexpected-response', 'picture']);
		expect(results[0]).not.toHaveProperty('file');
		expect(results[2]).toHaveProperty('file');
	});

	test.each<[string, Given['items']]>([
		['before', ['a', 'b']],
		['after', ['b', 'a']],
	])("is nobody's where its URL has come %s with the ID of another contact, whose it stays", async (_what, items) => {
		const { results } = await run({ items, replies: { a: [picture()], b: [unnamed()] }, options: { concurrency: 1 } });
		const kindOf = Object.fromEntries(results.map((result) => [result?.contactId, told(result)]));
		expect(kindOf).toStrictEqual({ a: 'picture', b: 'unexpected-response' });
	});

	test('is that of its contact, however often that is looked up', async () => {
		const { told } = await run({ items: ['a', live('a')], replies: { a: [unnamed()] } });
		expect(told).toStrictEqual(['picture', 'picture']);
	});

	test.each([
		['15551234567@c.us', '98765@lid'],
		['98765@lid', '15551234567@c.us'],
	])(
		'is that of its contact where it came with the @lid of the same person, who is looked up, too: %s, %s',
		async (...items) => {
			const answered = answer(200, { body: JSON.stringify({ id: '98765@lid', url: addressOf('1.jpg') }) });
			const { told } = await run({ items, replies: Object.fromEntries(items.map((item) => [item, [answered]])) });
			expect(told).toStrictEqual(['picture', 'picture']);
		},
	);

	test("is nobody's where one @lid came for two phone numbers, though it is looked up, too", async () => {
		const answered = answer(200, { body: JSON.stringify({ id: '98765@lid', url: addressOf('1.jpg') }) });
		const items = ['98765@lid', '15551234567@c.us', '15557654321@c.us'];
		const { told } = await run({ items, replies: Object.fromEntries(items.map((item) => [item, [answered]])) });
		expect(told).toStrictEqual(['picture', 'unexpected-response', 'unexpected-response']);
	});

	test('may be the same for contacts whose IDs come with it', async () => {
		const { told } = await run({ items: ['a', 'b'], replies: { a: [picture()], b: [picture()] } });
		expect(told).toStrictEqual(['picture', 'picture']);
	});
});

describe('Twenty contacts in a row that fail for no reason of their own', () => {
	const items = Array.from({ length: 30 }, (_, index) => `${index}`);
	const all = (reply: Reply) => Object.fromEntries(items.map((item) => [item, [reply]]));

	test.each<[string, Reply]>([
		['unexpected-response', answer(200, { body: 'OK' })],
		['network', reset()],
		['timeout', SILENCE],
		['temporarily-unavailable', answer(503)],
	])('stop the run, and the rest fails alike: %s', async (reason, reply) => {
		const { results, told, sent, stoppedAsking } = await run({
			items,
			replies: all(reply),
			options: { concurrency: 1, maxRetries: 0, timeout: 500 },
		});
		expect(new Set(told)).toStrictEqual(new Set([reason]));
		expect(sent).toHaveLength(20);
		const { retryable } = failure(reason as Reason);
		expect(stoppedAsking).toMatchObject({ reason, retryable, message: expect.stringMatching(/^Not asked for/) });
		expect(results[29]).toMatchObject({ attempts: 0, outcome: { failure: { reason, retryable } } });
	});

	test('are in a row with an answer in between that is still held', async () => {
		const replies = { ...all(answer(503)), 10: [unclear()] };
		const { sent, stoppedAsking } = await run({ items, replies, options: { concurrency: 1, maxRetries: 0 } });
		expect([sent.length, stoppedAsking?.reason]).toStrictEqual([21, 'temporarily-unavailable']);
	});

	test.each<[string, Reply]>([
		['a picture', picture()],
		['none', none()],
		['a failure of its own', answer(400)],
	])('are not in a row with %s in between', async (_what, reply) => {
		const replies = { ...all(answer(503)), 19: [reply] };
		const { sent, stoppedAsking } = await run({ items, replies, options: { concurrency: 1, maxRetries: 0 } });
		expect([sent.length, stoppedAsking]).toStrictEqual([30, undefined]);
	});
});

describe('A disconnected session', () => {
	test('is the end at once, and requests that are open may end', async () => {
		const { results, told, sent, aborted, endedAt } = await run({
			items: ['a', 'b', 'c', 'd', 'c', NO_CONTACT],
			replies: { a: [disconnected(50)], b: [picture(400)] },
			options: { concurrency: 2 },
		});
		expect(told).toStrictEqual([
			'session-disconnected',
			'picture',
			'session-disconnected',
			'session-disconnected',
			'session-disconnected',
			'invalid-contact-id',
		]);
		expect(results[3]).toMatchObject({ contactId: 'd', attempts: 0 });
		expect(sent).toHaveLength(2);
		expect(aborted).toStrictEqual([]);
		expect(endedAt).toBe(400);
	});

	test('is the end even where the credential has worked', async () => {
		const { told, sent } = await run({
			items: ['a', 'b', 'c'],
			replies: { b: [disconnected()] },
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual(['picture', 'session-disconnected', 'session-disconnected']);
		expect(sent).toHaveLength(2);
	});

	test('ends the waits for a retry and for the gateway', async () => {
		const { results, told, endedAt } = await run({
			items: ['a', 'b', 'c', 'd', 'e'],
			replies: {
				a: [answer(503, { retryAfter: '60' })],
				b: [answer(429, { retryAfter: '60' })],
				c: [picture(200)],
				d: [disconnected(500)],
			},
			options: { concurrency: 4 },
		});
		const all = 'session-disconnected';
		expect(told).toStrictEqual([all, all, 'picture', all, all]);
		expect(results.map((result) => result?.attempts)).toStrictEqual([1, 1, 1, 1, 0]);
		expect(endedAt).toBe(500);
	});

	test('ends the waits for a turn', async () => {
		const { told, sent, endedAt } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [disconnected(500)] },
			options: { requestsPerMinute: 10 },
		});
		expect(told).toStrictEqual(Array(3).fill('session-disconnected'));
		expect([sent.length, endedAt]).toStrictEqual([1, 500]);
	});
});

describe('A rate limit', () => {
	test('holds the whole batch back for as long as the gateway asked', async () => {
		const { told, sent } = await run({
			items: ['a', 'b', 'c', 'd'],
			replies: { a: [answer(429, { retryAfter: '5' }), picture()], b: [picture(200)] },
			options: { concurrency: 2 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 0],
			['a', 5100],
			['c', 5200],
			['d', 5200],
		]);
		expect(told).toStrictEqual(Array(4).fill('picture'));
	});

	test('holds it back for the back-off where the gateway named no wait', async () => {
		const { sent } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [answer(429), answer(429), picture()], b: [picture(200)] },
			options: { concurrency: 2 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 0],
			['a', 1100],
			['a', 3200],
			['c', 3300],
		]);
	});

	test('holds retries after other failures back as well', async () => {
		const { sent } = await run({
			items: ['a', 'b'],
			replies: { a: [reset(), picture()], b: [answer(429, { retryAfter: '5' }), picture()] },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 0],
			['b', 5100],
			['a', 5200],
		]);
	});

	test('holds the others back even where it is the last one for its contact', async () => {
		const { told, sent } = await run({
			items: ['a', 'b'],
			replies: { a: [answer(429, { retryAfter: '5' })] },
			options: { concurrency: 1, maxRetries: 0 },
		});
		expect(told).toStrictEqual(['rate-limited', 'picture']);
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 5100],
		]);
	});

	test('is not waited for where nothing is left to ask', async () => {
		const { results, endedAt } = await run({
			items: ['a'],
			replies: { a: [answer(429, { retryAfter: '5' })] },
			options: { maxRetries: 0 },
		});
		expect(results).toMatchObject([{ attempts: 1, outcome: { failure: { statusCode: 429, retryAfterMs: 5000 } } }]);
		expect(endedAt).toBe(100);
	});

	test('of exactly two minutes is waited for', async () => {
		const { told, sent } = await run({
			items: ['a', 'b'],
			replies: { a: [answer(429, { retryAfter: '120' }), picture()] },
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual(['picture', 'picture']);
		expect(sent).toStrictEqual([
			['a', 0],
			['a', 120_100],
			['b', 120_200],
		]);
	});

	test('of more than two minutes fails all that have no answer, without a request', async () => {
		const { results, sent, endedAt } = await run({
			items: ['a', 'b', 'c', 'd', 'e', 'c', NO_CONTACT],
			replies: { a: [answer(429, { retryAfter: '3600' })], b: [picture(400)], c: [reset(50)] },
			options: { concurrency: 3 },
		});
		const limited = (attempts: number) => ({
			attempts,
			outcome: {
				failure: {
					reason: 'rate-limited',
					retryable: true,
					retryAfterMs: 3_600_000,
					description: expect.stringMatching(/a pause of 60 minutes\. .*Requests per Minute/),
				},
			},
		});
		expect(results).toMatchObject([
			limited(1),
			{ outcome: { kind: 'picture' } },
			limited(1),
			limited(0),
			limited(0),
			limited(1),
			{ outcome: { failure: { reason: 'invalid-contact-id' } } },
		]);
		expect(sent).toHaveLength(3);
		expect(endedAt).toBe(400);
	});
});

describe('A contact without a picture', () => {
	const given: Given = { items: ['a', 'b', 'a'], replies: { a: [none()] }, options: { concurrency: 1 } };
	const failing: Given = { ...given, options: { concurrency: 1, noPicture: 'error' } };

	test('fails its items where that is wanted', async () => {
		const { results, told } = await run(failing);
		expect(told).toStrictEqual(['no-picture', 'picture', 'no-picture']);
		const outcome = { kind: 'failure', failure: failure('no-picture') };
		expect(results[0]).toStrictEqual({ contactId: 'a', attempts: 1, outcome });
	});

	test('then ends a run that stops at the first failure', async () => {
		const { told, sent } = await run({ ...failing, stopsAtFailure: true });
		expect(told).toStrictEqual(['no-picture', undefined, undefined]);
		expect(sent).toStrictEqual([['a', 0]]);
	});

	test.each(['emptyUrl', 'fallbackUrl'] as const)('is no failure with %s', async (noPicture) => {
		const { told } = await run({ ...given, options: { noPicture }, stopsAtFailure: true });
		expect(told).toStrictEqual(['none', 'picture', 'none']);
	});
});

describe('A run that stops at the first failure', () => {
	test('sends nothing more, and aborts what is open behind it', async () => {
		const { told, sent, aborted, endedAt } = await run({
			items: ['a', 'b', 'c', 'd', 'e'],
			replies: { a: [picture(20)], b: [answer(400, { after: 50 })], c: [SILENCE], d: [picture(200)] },
			options: { concurrency: 3 },
			stopsAtFailure: true,
		});
		expect(told.slice(0, 2)).toStrictEqual(['picture', 'bad-request']);
		expect(told[4]).toBeUndefined();
		expect(sent.map(([contactId]) => contactId)).toStrictEqual(['a', 'b', 'c', 'd']);
		expect(aborted).toStrictEqual([
			['c', 50],
			['d', 50],
		]);
		expect(endedAt).toBe(50);
	});

	test.each<[string, Reply, string]>([
		['succeeds', picture(300), 'picture'],
		['fails, and then is the first', answer(403, { after: 300 }), 'bad-request'],
		['would be asked for again, and then is the first', reset(300), 'network'],
	])('lets an earlier request end, which %s', async (_what, reply, expected) => {
		const { told, sent, aborted, endedAt } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [reply], b: [answer(400, { after: 50 })], c: [SILENCE] },
			stopsAtFailure: true,
		});
		expect(told.slice(0, 2)).toStrictEqual([expected, 'bad-request']);
		expect(sent).toHaveLength(3);
		expect(aborted).toStrictEqual([['c', 50]]);
		expect(endedAt).toBe(300);
	});

	test('does not wait for a retry any more: that item fails as it did last', async () => {
		const { results, sent, endedAt } = await run({
			items: ['a', 'b'],
			replies: { a: [answer(503, { retryAfter: '60' })], b: [answer(400, { after: 300 })] },
			stopsAtFailure: true,
		});
		expect(results).toMatchObject([
			{ attempts: 1, outcome: { failure: { reason: 'temporarily-unavailable', retryAfterMs: 60_000 } } },
			{ attempts: 1, outcome: { failure: { reason: 'bad-request' } } },
		]);
		expect([sent.length, endedAt]).toStrictEqual([2, 300]);
	});

	test('does not wait for the gateway or for a turn any more', async () => {
		const { told, sent, endedAt } = await run({
			items: ['a', 'b', 'c', 'd'],
			replies: { a: [answer(429, { after: 80, retryAfter: '60' })], b: [answer(400, { after: 1000 })] },
			options: { concurrency: 3, requestsPerMinute: 12 },
			stopsAtFailure: true,
		});
		expect(told).toStrictEqual(['rate-limited', 'bad-request', undefined, undefined]);
		expect([sent.length, endedAt]).toStrictEqual([2, 1000]);
	});

	test('retries before it calls anything a failure', async () => {
		const { told } = await run({
			items: ['a', 'b'],
			replies: { a: [reset(), answer(500), picture()], b: [none()] },
			stopsAtFailure: true,
		});
		expect(told).toStrictEqual(['picture', 'none']);
	});

	test('stops at an item without a contact', async () => {
		const { told, sent, endedAt } = await run({
			items: ['a', NO_CONTACT, 'b', 'c'],
			options: { concurrency: 1 },
			stopsAtFailure: true,
		});
		expect(told).toStrictEqual(['picture', 'invalid-contact-id', undefined, undefined]);
		expect([sent.length, endedAt]).toStrictEqual([1, 100]);
	});

	test('takes an unconfirmed answer for a failure only once it is one, and then names the first', async () => {
		const given: Given = {
			items: ['a', 'b', 'c'],
			replies: { a: [unclear()], c: [unclear()] },
			options: { concurrency: 1 },
			stopsAtFailure: true,
		};
		expect((await run(given)).told).toStrictEqual(['none', 'picture', 'none']);
		const failing = await run({
			...given,
			replies: { a: [unclear()], b: [unclear()], c: [unclear()] },
			sessions: [DEAD],
		});
		expect(failing.told).toStrictEqual(['credential-invalid', 'credential-invalid', 'credential-invalid']);
		expect(failing.sent).toHaveLength(3);
	});

	test('asks nobody for what is unconfirmed once another item has failed', async () => {
		const { told, asked, endedAt } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [unclear()], b: [answer(400)] },
			options: { concurrency: 1 },
			stopsAtFailure: true,
		});
		expect(told).toStrictEqual([undefined, 'bad-request', undefined]);
		expect([asked, endedAt]).toStrictEqual([[], 200]);
	});

	test('stops at a dead credential, once it is sure of it', async () => {
		const given: Given = {
			items: ['a', 'b', 'c'],
			replies: { b: [refused()] },
			options: { concurrency: 1 },
			stopsAtFailure: true,
		};
		expect((await run(given)).told).toStrictEqual(['picture', 'none', 'picture']);
		expect((await run({ ...given, sessions: [DEAD] })).told).toStrictEqual([
			'picture',
			'credential-invalid',
			undefined,
		]);
	});
});

describe('A run that is stopped', () => {
	test('aborts what is open, sends nothing more, and ends at once', async () => {
		const { told, sent, aborted, endedAt } = await run({
			items: ['a', 'b', 'c', 'd', 'e'],
			replies: { b: [SILENCE], c: [SILENCE], d: [SILENCE] },
			options: { concurrency: 3 },
			cancelAt: 250,
		});
		expect(told[0]).toBe('picture');
		expect(told[4]).toBeUndefined();
		expect(sent).toHaveLength(4);
		expect(aborted).toStrictEqual([
			['b', 250],
			['c', 250],
			['d', 250],
		]);
		expect(endedAt).toBe(250);
	});

	test.each<[string, Given]>([
		['a retry', { items: ['a'], replies: { a: [answer(503, { retryAfter: '60' })] } }],
		['the gateway', { items: ['a', 'b'], replies: { a: [answer(429, { retryAfter: '60' })] } }],
		['a turn', { items: ['a', 'b', 'c'], options: { requestsPerMinute: 1 } }],
	])('does not wait for %s any more', async (_what, given) => {
		const { sent, endedAt } = await run({ ...given, options: { concurrency: 2, ...given.options }, cancelAt: 2500 });
		for (const [, at] of sent) expect(at).toBeLessThan(200);
		expect(endedAt).toBe(2500);
	});

	test('while it asks for the session ends at once, and its unconfirmed answers come to nothing', async () => {
		const { told, asked, endedAt } = await run({ items: ['a'], replies: { a: [unclear()] }, cancelAt: 120 });
		expect([told, asked, endedAt]).toStrictEqual([[undefined], [100], 120]);
	});

	test('before it begins reads nothing and sends nothing', async () => {
		const clock = new VirtualClock();
		const read = jest.fn();
		const gateway = { ...noGateway(failure('network')), ask: jest.fn() };
		const cancel = AbortSignal.abort();
		expect(await lookUpAll({ ...bareRun(clock, 2), read, gateway, cancel })).toMatchObject({
			results: [undefined, undefined],
		});
		expect(read).not.toHaveBeenCalled();
		expect(gateway.ask).not.toHaveBeenCalled();
	});
});

describe('A run of an n8n that cannot stop it', () => {
	test('has its results as any other has', async () => {
		const clock = new VirtualClock();
		const { results } = await clock.finish(lookUpAll(bareRun(clock, 2)));
		expect(results.map(told)).toStrictEqual(['invalid-contact-id', 'invalid-contact-id']);
	});
});

describe('A long stretch of items that need no request', () => {
	/** What happens, in which order: how many were read in between, and where the rest of n8n had its turn. */
	const turnsOf = async (itemCount: number, { concurrency = 1, stopsAtFailure = false } = {}) => {
		const clock = new VirtualClock();
		const events: Array<number | string> = [0];
		const turn = clock.yieldToEventLoop.bind(clock);
		clock.yieldToEventLoop = async () => {
			events.push('turn of the others');
			await turn();
			events.push('over', 0);
		};
		const read = () => {
			const last = events.at(-1);
			if (typeof last === 'number') events[events.length - 1] = last + 1;
			else events.push('read meanwhile');
			return NO_CONTACT;
		};
		const options = { ...DEFAULT_OPTIONS, concurrency };
		await clock.finish(lookUpAll({ ...bareRun(clock, itemCount), options, read, stopsAtFailure }));
		return events;
	};

	test.each([1, 5, 100])('lets the rest of n8n have its turn after each hundred, %d at a time', async (concurrency) => {
		const turn = ['turn of the others', 'over'];
		expect(await turnsOf(250, { concurrency })).toStrictEqual([100, ...turn, 100, ...turn, 50]);
	});

	test('of a hundred lets it have none', async () => {
		expect(await turnsOf(100)).toStrictEqual([100]);
	});

	test('is left at once by a run that stops at the first failure', async () => {
		expect(await turnsOf(1000, { stopsAtFailure: true })).toStrictEqual([1]);
	});
});

describe('A run that cannot begin', () => {
	test('fails each item with that reason, or with what is wrong with the item itself, and asks nobody', async () => {
		const why = failure('credential-invalid');
		const asked = jest.fn();
		const { results, duplicates, refreshed } = await run({
			items: [live('a'), live('a'), NO_CONTACT],
			gateway: { ...noGateway(why), ask: asked },
		});
		const refused = { contactId: 'a', attempts: 0, outcome: { kind: 'failure', failure: why } };
		expect(results).toMatchObject([
			refused,
			refused,
			{ contactId: 'Ada', attempts: 0, outcome: { kind: 'failure', failure: { reason: 'invalid-contact-id' } } },
		]);
		expect([duplicates, refreshed]).toStrictEqual([0, 0]);
		expect(asked).not.toHaveBeenCalled();
	});
});

describe('A 503 that asks for more than two minutes', () => {
	test('is a rate limit for all, and costs one request', async () => {
		const { results, told, sent } = await run({
			items: ['a', 'b'],
			replies: { a: [answer(503, { retryAfter: '7200' })] },
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual(['rate-limited', 'rate-limited']);
		expect(sent).toHaveLength(1);
		expect(results[0]).toMatchObject({
			attempts: 1,
			outcome: {
				failure: {
					statusCode: 503,
					retryAfterMs: 7_200_000,
					description: expect.stringContaining('a pause of 2 hours'),
				},
			},
		});
	});
});

describe('Live look-ups', () => {
	test('are those that were asked', async () => {
		const { sent, refreshed } = await run({
			items: ['a', 'b', 'c', 'd'].map(live),
			replies: { a: [answer(429, { retryAfter: '3600' })] },
			options: { concurrency: 1 },
		});
		expect([sent.length, refreshed]).toStrictEqual([1, 1]);
	});
});

describe('A run that stops at an item without a contact', () => {
	test('asks for none behind it', async () => {
		const { sent, told } = await run({ items: ['a', NO_CONTACT, 'b', 'c'], stopsAtFailure: true });
		expect(sent).toStrictEqual([['a', 0]]);
		expect(told).toStrictEqual(['picture', 'invalid-contact-id', undefined, undefined]);
	});
});
