import { failure } from '../../../nodes/Wawp/failure';
import { WORDS } from '../../../nodes/Wawp/gateway/words';
import { DOWNLOAD_FAILURES, downloadFailureByStatus } from '../../../nodes/Wawp/picture/downloadFailure';
import type { Pictures } from '../../../nodes/Wawp/picture/pictures';
import type { ItemQuery } from '../../../nodes/Wawp/run/itemResult';
import {
	addressOf,
	answer,
	DEAD,
	delivered,
	type Delivery,
	denied,
	disconnected,
	download,
	fileOf,
	type Given,
	live,
	NEVER,
	none,
	picture,
	type Reply,
	reset,
	SILENCE,
	torn,
	unclear,
} from './run.mts';

const pictureOutcome = (id: string, name: string) => ({ kind: 'picture', id, url: addressOf(name) });

describe('A download', () => {
	test('adds the picture to what was found, and counts as an attempt', async () => {
		const { results, fetched, endedAt } = await download({ items: ['a', 'b'] });
		expect(results).toStrictEqual([
			{ contactId: 'a', attempts: 2, outcome: pictureOutcome('a', 'a.jpg'), file: fileOf('a.jpg') },
			{ contactId: 'b', attempts: 2, outcome: pictureOutcome('b', 'b.jpg'), file: fileOf('b.jpg') },
		]);
		expect(fetched).toStrictEqual([
			['a.jpg', 100],
			['b.jpg', 100],
		]);
		expect(endedAt).toBe(200);
	});

	test('is told the contact that was asked for beside what the gateway returned', async () => {
		const fetch = jest.fn<ReturnType<Pictures['fetch']>, Parameters<Pictures['fetch']>>();
		fetch.mockResolvedValue({ file: fileOf('1.jpg') });
		const body = JSON.stringify({ id: '5511912345678@c.us', url: addressOf('1.jpg') });
		const contactId = '551112345678@c.us';
		const replies = { [contactId]: [answer(200, { body })] };
		await download({ items: [contactId], replies, pictures: { fetch } });
		expect(fetch.mock.calls.map(([named]) => named)).toMatchObject([
			{ id: '5511912345678@c.us', url: addressOf('1.jpg'), contactId },
		]);
	});

	test('is one for all items of the same contact, and its failure as well', async () => {
		const { results, fetched, duplicates } = await download({
			items: ['a', 'b', 'a', 'b', 'a'],
			deliveries: { 'b.jpg': [denied(400)] },
			options: { concurrency: 2 },
		});
		expect(fetched.map(([name]) => name)).toStrictEqual(['a.jpg', 'b.jpg']);
		expect(results[0]).toHaveProperty('file');
		expect(results[1]).toHaveProperty('outcome.failure.reason', 'download-failed');
		expect(results.slice(2)).toStrictEqual([results[0], results[1], results[0]]);
		expect(duplicates).toBe(3);
	});

	test('is not made without a picture', async () => {
		const { results, told, fetched } = await download({
			items: ['a', 'b'],
			replies: { a: [none()], b: [answer(400)] },
		});
		expect(told).toStrictEqual(['none', 'bad-request']);
		for (const result of results) expect(result).not.toHaveProperty('file');
		expect(results.map((result) => result?.attempts)).toStrictEqual([1, 1]);
		expect(fetched).toStrictEqual([]);
	});
});

describe('A download that fails', () => {
	test('is tried again, after a wait that grows, until it succeeds', async () => {
		const { results, sent, fetched } = await download({
			items: ['a'],
			deliveries: { 'a.jpg': [denied(500), torn(), denied(408), delivered('a.jpg')] },
		});
		expect(sent).toStrictEqual([['a', 0]]);
		expect(fetched).toStrictEqual([
			['a.jpg', 100],
			['a.jpg', 700],
			['a.jpg', 1800],
			['a.jpg', 3900],
		]);
		expect(results).toMatchObject([{ attempts: 5, outcome: { kind: 'picture' }, file: fileOf('a.jpg') }]);
	});

	test.each([0, 1, 3])(
		'with %d retries fails as it did last, with its address, and waits no more',
		async (maxRetries) => {
			const deliveries = { 'a.jpg': [...Array<Delivery>(maxRetries).fill(torn()), denied(503)] };
			const { results, fetched, endedAt } = await download({ items: ['a'], deliveries, options: { maxRetries } });
			expect(results).toStrictEqual([
				{
					contactId: 'a',
					attempts: maxRetries + 2,
					outcome: {
						kind: 'failure',
						failure: { ...downloadFailureByStatus(503, {}, 0).failure, url: addressOf('a.jpg') },
					},
				},
			]);
			expect(fetched).toHaveLength(maxRetries + 1);
			expect(endedAt).toBe((fetched.at(-1)?.[1] ?? NaN) + 100);
		},
	);

	test('has retries of its own, whatever the look-up has used up', async () => {
		const { results, sent, fetched } = await download({
			items: ['a'],
			replies: { a: [reset(), picture()] },
			deliveries: { '1.jpg': [torn(), delivered('1.jpg')] },
			options: { maxRetries: 1 },
		});
		expect([sent.length, fetched.length]).toStrictEqual([2, 2]);
		expect(results).toMatchObject([{ attempts: 4, file: fileOf('1.jpg') }]);
	});

	test('waits for exactly as long as the server asked, and holds nobody else back', async () => {
		const { told, sent, fetched } = await download({
			items: ['a', 'b', 'c'],
			deliveries: { 'a.jpg': [denied(429, { retryAfter: '7' }), delivered('a.jpg')] },
			options: { concurrency: 2 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 0],
			['c', 200],
		]);
		expect(fetched).toStrictEqual([
			['a.jpg', 100],
			['b.jpg', 100],
			['c.jpg', 300],
			['a.jpg', 7200],
		]);
		expect(told).toStrictEqual(['picture', 'picture', 'picture']);
	});

	test('waits for two minutes at most', async () => {
		const { results, fetched, endedAt } = await download({
			items: ['a', 'b'],
			deliveries: {
				'a.jpg': [denied(503, { retryAfter: '121' })],
				'b.jpg': [denied(503, { retryAfter: '120' }), delivered('b.jpg')],
			},
		});
		expect(results).toMatchObject([
			{ attempts: 2, outcome: { failure: { reason: 'download-failed', statusCode: 503, retryAfterMs: 121_000 } } },
			{ attempts: 3, outcome: { kind: 'picture' } },
		]);
		expect(fetched).toHaveLength(3);
		expect(endedAt).toBe(120_300);
	});

	test.each([
		['an answer for good', denied(400)],
		['no image', { after: 100, ...DOWNLOAD_FAILURES.content }],
		['a picture that is too large', { after: 100, ...DOWNLOAD_FAILURES.size }],
		['an address that is not trusted', { after: 100, ...DOWNLOAD_FAILURES.address }],
	])('with %s is not tried again, and the address is not asked for again', async (_what, delivery) => {
		const { results, sent, fetched } = await download({ items: ['a'], deliveries: { 'a.jpg': [delivery] } });
		const { failure: why } = delivery as { failure: object };
		expect(results).toStrictEqual([
			{
				contactId: 'a',
				attempts: 2,
				outcome: { kind: 'failure', failure: { ...why, url: addressOf('a.jpg') } },
			},
		]);
		expect([sent.length, fetched.length]).toStrictEqual([1, 1]);
	});

	test('for want of an end is aborted at its time-out, counted from its own start', async () => {
		const { results, fetched, aborted } = await download({
			items: ['a', 'b'],
			replies: { a: [picture(2000, 'a.jpg')] },
			deliveries: { 'a.jpg': [NEVER, delivered('a.jpg', 2999)], 'b.jpg': [NEVER] },
			options: { timeout: 3000, maxRetries: 1 },
		});
		expect(fetched).toStrictEqual([
			['b.jpg', 100],
			['a.jpg', 2000],
			['b.jpg', 3600],
			['a.jpg', 5500],
		]);
		expect(aborted).toStrictEqual([
			['b.jpg', 3100],
			['a.jpg', 5000],
			['b.jpg', 6600],
		]);
		expect(results).toMatchObject([
			{ attempts: 3, file: fileOf('a.jpg') },
			{ attempts: 3, outcome: { failure: { message: expect.stringContaining('did not arrive within') } } },
		]);
	});

	test('keeps its place among the concurrent ones while it waits', async () => {
		const { sent, fetched } = await download({
			items: ['a', 'b'],
			deliveries: { 'a.jpg': [denied(500), delivered('a.jpg')] },
			options: { concurrency: 1 },
		});
		expect(fetched).toStrictEqual([
			['a.jpg', 100],
			['a.jpg', 700],
			['b.jpg', 900],
		]);
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 800],
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
	])('because it %s, which it should not, stays with its item', async (_what, fail) => {
		const fetch: Pictures['fetch'] = async ({ id }) => (id === 'b' ? await fail() : { file: fileOf(id) });
		const { results, told } = await download({
			items: ['a', 'b', 'c'],
			options: { concurrency: 2, maxRetries: 1 },
			pictures: { fetch },
		});
		expect(told).toStrictEqual(['picture', 'download-failed', 'picture']);
		expect(results[1]).toStrictEqual({
			contactId: 'b',
			attempts: 3,
			outcome: { kind: 'failure', failure: failure('download-failed', { url: addressOf('b.jpg') }) },
		});
	});
});

describe('An address that has expired', () => {
	test('is asked for again, live, without a download in vain', async () => {
		const { results, sentLive, fetched, refreshed, refetchedUrls } = await download({
			items: ['a'],
			replies: { a: [picture(100, 'expired'), picture(100, '2.jpg')] },
		});
		expect(sentLive).toStrictEqual([['a', 100]]);
		expect(fetched).toStrictEqual([['2.jpg', 200]]);
		expect(results).toStrictEqual([
			{ contactId: 'a', attempts: 3, outcome: pictureOutcome('a', '2.jpg'), file: fileOf('2.jpg') },
		]);
		// Refresh was off.
		expect([refetchedUrls, refreshed]).toStrictEqual([1, 0]);
	});

	test('is not downloaded a second time where the fresh one is the same', async () => {
		const { results, sent, fetched } = await download({
			items: ['a'],
			deliveries: { 'a.jpg': [denied(403), delivered('a.jpg')] },
		});
		expect([sent.length, fetched.length]).toStrictEqual([2, 1]);
		expect(results).toMatchObject([{ attempts: 3, outcome: { failure: { statusCode: 403 } } }]);
	});

	test('is tried nonetheless where the fresh one is the same and was not tried yet', async () => {
		const { told, sentLive, fetched } = await download({
			items: ['a'],
			replies: { a: [picture(100, '1.jpg?expired')] },
		});
		expect([told, sentLive.length]).toStrictEqual([['picture'], 1]);
		expect(fetched).toStrictEqual([['1.jpg?expired', 200]]);
	});

	test('is asked for again for three contacts at most if the fresh ones are the same', async () => {
		const items = Array.from({ length: 5 }, (_, index) => `${index}`);
		const deliveries = Object.fromEntries(items.map((name) => [`${name}.jpg`, [denied(403)]]));
		const { told, sentLive } = await download({ items, deliveries, options: { concurrency: 1 } });
		expect(told).toStrictEqual(Array(5).fill('download-failed'));
		expect(sentLive.map(([contactId]) => contactId)).toStrictEqual(['0', '1', '2']);
	});

	test('is believed no more once a fresh one says that it has expired, too', async () => {
		const { told, sentLive } = await download({
			items: ['a', 'b', 'c'],
			replies: {
				a: [picture(100, '1.jpg?expired'), picture(100, '2.jpg?expired')],
				b: [picture(100, '3.jpg?expired')],
				c: [picture(100, '4.jpg?expired')],
			},
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual(['picture', 'picture', 'picture']);
		expect(sentLive).toStrictEqual([['a', 100]]);
	});

	describe.each(['', '?expired'])('where its URL ends in "%s",', (ending) => {
		const items = Array.from({ length: 9 }, (_, index) => `${index}`);
		const replies = Object.fromEntries(
			items.map((name) => [name, [picture(100, `${name}/1${ending}`), picture(100, `${name}/2`)]]),
		);
		const refusing = (...editions: number[]) =>
			Object.fromEntries(
				items.flatMap((name) => editions.map((n) => [`${name}/${n}${n === 1 ? ending : ''}`, [denied(403)]])),
			);

		test('is asked for again for three contacts at most if fresh ones do not work either', async () => {
			const given: Given = { items, replies, deliveries: refusing(1, 2), options: { concurrency: 1 } };
			const { told, sentLive } = await download(given);
			expect(new Set(told)).toStrictEqual(new Set(['download-failed']));
			expect(sentLive.map(([contactId]) => contactId)).toStrictEqual(['0', '1', '2']);
		});

		test('is asked for again for all if fresh ones work', async () => {
			const given: Given = { items, replies, deliveries: refusing(1), options: { concurrency: 1 } };
			const { told, sentLive } = await download(given);
			expect(new Set(told)).toStrictEqual(new Set(['picture']));
			expect(sentLive).toHaveLength(9);
		});
	});

	test('is asked for again after three dead ones, too, once a picture has come in between', async () => {
		const dead = ['x', 'y', 'z', 'last'];
		const { told, sentLive } = await download({
			items: ['x', 'y', 'z', 'good', 'last'],
			replies: Object.fromEntries(dead.map((name) => [name, [picture(100, `${name}/1`), picture(100, `${name}/2`)]])),
			deliveries: Object.fromEntries(
				dead.flatMap((name) => (name === 'last' ? [1] : [1, 2]).map((n) => [`${name}/${n}`, [denied(403)]])),
			),
			options: { concurrency: 1 },
		});
		expect(told).toStrictEqual([...Array<string>(3).fill('download-failed'), 'picture', 'picture']);
		expect(sentLive).toHaveLength(4);
	});

	test('that two contacts share is downloaded for each, whose file has its own name', async () => {
		const named: string[] = [];
		const { told } = await download({
			items: ['a', 'b'],
			replies: { a: [picture(100, 'same.jpg')], b: [picture(100, 'same.jpg')] },
			pictures: {
				fetch: async ({ contactId }) => {
					named.push(contactId);
					return { file: fileOf('same.jpg') };
				},
			},
		});
		expect(told).toStrictEqual(['picture', 'picture']);
		expect(named).toStrictEqual(['a', 'b']);
	});

	test.each([
		['a 401', unclear()],
		['a 404 of a router', answer(404, { body: 'Cannot GET /' })],
		["a 404 in Wawp's envelope", answer(404, { body: '{"code":"not_found"}' })],
	])('is not dropped where the live look-up comes back unconfirmed, by %s', async (_what, reply) => {
		const { results, asked } = await download({ items: ['a'], replies: { a: [picture(100, 'expired'), reply] } });
		expect(results).toMatchObject([
			{ attempts: 2, outcome: { failure: { reason: 'download-failed', url: addressOf('expired') } } },
		]);
		expect(asked).toStrictEqual([]);
	});

	test.each<[string, Given['items'], number, told: string[]]>([
		['before', ['a', live('a')], 1, ['download-failed', 'none']],
		['at the same time', ['a', live('a')], 5, ['download-failed', 'none']],
		['at the same time, first', [live('a'), 'a'], 5, ['none', 'download-failed']],
	])(
		'whose live look-up is unconfirmed is confirmed where another item wants it itself: %s',
		async (_what, items, concurrency, expected) => {
			const { told, asked } = await download({
				items,
				replies: { a: items[0] === 'a' ? [picture(100, 'expired'), unclear()] : [unclear(), picture(100, 'expired')] },
				options: { concurrency },
			});
			expect(told).toStrictEqual(expected);
			expect(asked).toHaveLength(1);
		},
	);

	test('whose live look-up is unconfirmed fails as the other item that wants it, where the credential is dead', async () => {
		const { results, told } = await download({
			items: ['a', live('a'), live('b')],
			replies: { a: [picture(100, 'expired'), unclear()], b: [unclear(300)] },
			options: { concurrency: 5 },
			sessions: [DEAD],
		});
		expect(told).toStrictEqual(['download-failed', 'credential-invalid', 'credential-invalid']);
		expect(results[1]).toMatchObject({ contactId: 'a', attempts: 1 });
	});

	test('whose live look-up comes back unconfirmed fails its item in the words for that, to be tried another day', async () => {
		const { results } = await download({ items: ['a'], replies: { a: [picture(100, 'expired'), unclear()] } });
		const { message, ...words } = WORDS.unconfirmed(401);
		expect(results[0]?.outcome).toStrictEqual({
			kind: 'failure',
			failure: {
				...words,
				reason: 'download-failed',
				message: `The picture's URL no longer works, and no new one could be fetched. ${message}`,
				statusCode: 401,
				url: addressOf('expired'),
			},
		});
	});

	test('fails its item, which is the one to name, where a later one has stopped the run meanwhile', async () => {
		const { results } = await download({
			items: ['a', 'b'],
			replies: { a: [picture(20, 'expired'), answer(400, { after: 90 })], b: [answer(400, { after: 50 })] },
			stopsAtFailure: true,
		});
		expect(results).toMatchObject([
			{ outcome: { failure: { reason: 'download-failed' } } },
			{ outcome: { failure: { reason: 'bad-request' } } },
		]);
	});

	test('is asked for once where another item of the contact wants it live as well, and downloaded once', async () => {
		const stale = picture(100, 'expired');
		const fresh = picture(100, '2.jpg');
		for (const [items, replies, concurrency] of [
			[['a', live('a')], [stale, fresh], 1],
			[['a', live('a')], [stale, fresh], 5],
			[[live('a'), 'a'], [fresh, stale], 1],
		] as Array<[Given['items'], Reply[], number]>) {
			const { told, sentLive, fetched } = await download({ items, replies: { a: replies }, options: { concurrency } });
			expect(told).toStrictEqual(['picture', 'picture']);
			expect(sentLive.length).toBe(1);
			expect(fetched.filter(([name]) => name === '2.jpg').length).toBe(1);
		}
	});

	test.each([403, 404, 410])('is asked for again where its server says so, with %d', async (statusCode) => {
		const { results, sentLive, fetched } = await download({
			items: ['a'],
			replies: { a: [picture(100, '1.jpg'), picture(100, '2.jpg')] },
			deliveries: { '1.jpg': [denied(statusCode)] },
		});
		expect(sentLive).toStrictEqual([['a', 200]]);
		expect(fetched).toStrictEqual([
			['1.jpg', 100],
			['2.jpg', 300],
		]);
		expect(results).toStrictEqual([
			{ contactId: 'a', attempts: 4, outcome: pictureOutcome('a', '2.jpg'), file: fileOf('2.jpg') },
		]);
	});

	test('is asked for again where its server says so after a retry, and then has all its retries anew', async () => {
		const { results, fetched } = await download({
			items: ['a'],
			replies: { a: [picture(100, '1.jpg'), picture(100, '2.jpg')] },
			deliveries: { '1.jpg': [denied(503), denied(404)], '2.jpg': [torn(), delivered('2.jpg')] },
			options: { maxRetries: 1 },
		});
		expect(fetched.map(([name]) => name)).toStrictEqual(['1.jpg', '1.jpg', '2.jpg', '2.jpg']);
		expect(results).toMatchObject([{ attempts: 6, file: fileOf('2.jpg') }]);
	});

	test.each([403, 404, 410])('is not asked for a second time where the fresh one has %d, too', async (statusCode) => {
		const { results, sent, fetched } = await download({
			items: ['a'],
			replies: { a: [picture(100, '1.jpg'), picture(100, '2.jpg')] },
			deliveries: { '1.jpg': [denied(404)], '2.jpg': [denied(statusCode)] },
		});
		expect([sent.length, fetched.length]).toStrictEqual([2, 2]);
		expect(results).toStrictEqual([
			{
				contactId: 'a',
				attempts: 4,
				outcome: {
					kind: 'failure',
					failure: { ...downloadFailureByStatus(statusCode, {}, 0).failure, url: addressOf('2.jpg') },
				},
			},
		]);
	});

	// The clock of this machine may be wrong.
	test('is tried nonetheless where it is a fresh one', async () => {
		const { results, sent, fetched } = await download({
			items: ['a', live('b')],
			replies: {
				a: [picture(100, '1.jpg?expired'), picture(100, '2.jpg?expired')],
				b: [picture(100, '3.jpg?expired')],
			},
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 0],
			['a', 100],
		]);
		expect(fetched).toStrictEqual([
			['3.jpg?expired', 100],
			['2.jpg?expired', 200],
		]);
		expect(results).toMatchObject([{ file: fileOf('2.jpg?expired') }, { file: fileOf('3.jpg?expired') }]);
	});

	test('is not asked for again where it was asked for live already', async () => {
		const { results, sent } = await download({ items: [live('a')], deliveries: { 'a.jpg': [denied(403)] } });
		expect(sent).toHaveLength(1);
		expect(results).toMatchObject([
			{ attempts: 2, outcome: { failure: { statusCode: 403, url: addressOf('a.jpg') } } },
		]);
	});

	test('fails its item, with the old address, where no fresh one can be had', async () => {
		const { results, sent, fetched } = await download({
			items: ['a'],
			replies: { a: [picture(100, 'expired'), reset(), answer(403)] },
		});
		const { message, ...words } = failure('bad-request', {
			message: 'Wawp does not allow this look-up',
			description: 'Check in the Wawp dashboard that the plan and policy of this instance allow it',
		});
		expect(results).toStrictEqual([
			{
				contactId: 'a',
				attempts: 3,
				outcome: {
					kind: 'failure',
					failure: {
						...words,
						reason: 'download-failed',
						message: `The picture's URL no longer works, and no new one could be fetched. ${message}`,
						statusCode: 403,
						url: addressOf('expired'),
					},
				},
			},
		]);
		expect([sent.length, fetched.length]).toStrictEqual([3, 0]);
	});

	test('is forgotten where there is no picture any more', async () => {
		const given: Given = { items: ['a'], replies: { a: [picture(100, 'expired'), none()] } };
		const outcome = { kind: 'none', id: 'a' };
		expect((await download(given)).results).toStrictEqual([{ contactId: 'a', attempts: 2, outcome }]);
		const { results } = await download({ ...given, options: { noPicture: 'error' } });
		expect(results).toMatchObject([{ attempts: 2, outcome: { failure: failure('no-picture') } }]);
	});

	test('is asked for again when it is its turn', async () => {
		const { sent } = await download({
			items: ['a', 'b'],
			replies: { a: [picture(100, 'expired'), picture()] },
			options: { requestsPerMinute: 10 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 6000],
			['a', 12_000],
		]);
	});

	test('is asked for again once for all items of its contact', async () => {
		const { results, sent, fetched } = await download({
			items: ['a', 'a', 'a'],
			replies: { a: [picture(100, 'expired'), picture(100, '2.jpg')] },
		});
		expect([sent.length, fetched.length]).toStrictEqual([2, 1]);
		expect(results).toStrictEqual(Array(3).fill(results[0]));
	});
});

describe('Downloads and look-ups', () => {
	test.each([1, 3, 8, 100])('are %d at most at the same time, all together', async (concurrency) => {
		const items = Array.from({ length: 20 }, (_, index) => `${index}`);
		const deliveries = { '3.jpg': [denied(404)], '5.jpg': [torn(), delivered('5.jpg')] };
		const { told, mostOpen } = await download({ items, deliveries, options: { concurrency } });
		expect(mostOpen).toBe(Math.min(concurrency, 20));
		expect(told.filter((kind) => kind === 'picture')).toHaveLength(19);
	});

	test('with a dead session go on for pictures whose address is known', async () => {
		const { told, sent, fetched, aborted } = await download({
			items: ['a', 'b', 'c', 'd'],
			replies: { b: [disconnected(150)], c: [picture(400, 'c.jpg')] },
			deliveries: { 'a.jpg': [torn(), delivered('a.jpg')] },
			options: { concurrency: 3 },
		});
		expect(told).toStrictEqual(['picture', 'session-disconnected', 'picture', 'session-disconnected']);
		expect(sent).toHaveLength(3);
		expect(fetched).toStrictEqual([
			['a.jpg', 100],
			['c.jpg', 400],
			['a.jpg', 700],
		]);
		expect(aborted).toStrictEqual([]);
	});

	test('with a dead session ask for no fresh address', async () => {
		const { results, sent, refetchedUrls } = await download({
			items: ['a', 'b'],
			replies: { a: [picture(200, 'expired')], b: [disconnected()] },
		});
		expect([sent.length, refetchedUrls]).toStrictEqual([2, 0]);
		expect(results[0]).toMatchObject({
			attempts: 1,
			outcome: {
				failure: {
					reason: 'download-failed',
					message: expect.stringContaining(failure('session-disconnected').message),
					description: failure('session-disconnected').description,
					url: addressOf('expired'),
				},
			},
		});
	});
});

describe('A run that stops at the first failure', () => {
	test('begins no download after it, and aborts those behind it', async () => {
		const { told, sent, fetched, aborted, endedAt } = await download({
			items: ['a', 'b', 'c', 'd', 'e'],
			replies: { d: [SILENCE] },
			deliveries: { 'b.jpg': [denied(400, { after: 150 })], 'c.jpg': [NEVER] },
			options: { concurrency: 3 },
			stopsAtFailure: true,
		});
		expect(told.slice(0, 2)).toStrictEqual(['picture', 'download-failed']);
		expect(told[4]).toBeUndefined();
		expect(sent.map(([contactId]) => contactId)).toStrictEqual(['a', 'b', 'c', 'd']);
		expect(fetched.map(([name]) => name)).toStrictEqual(['a.jpg', 'b.jpg', 'c.jpg']);
		expect(aborted.sort()).toStrictEqual([
			['c.jpg', 250],
			['d', 250],
		]);
		expect(endedAt).toBe(250);
	});

	test.each<[string, Pick<Given, 'replies' | 'deliveries'>]>([
		['look-up', { replies: { a: [picture(20, 'expired'), SILENCE] } }],
		['download', { replies: { a: [picture(100), picture(20)] }, deliveries: { '1.jpg': [NEVER] } }],
	])('does not fail an earlier item whose %s was aborted with a later one that shares it', async (_what, given) => {
		const { told } = await download({
			items: [{ ...live('a'), refresh: false }, 'b', live('a')],
			...given,
			replies: { ...given.replies, b: [answer(400, { after: 250 })] },
			options: { concurrency: 3 },
			stopsAtFailure: true,
		});
		expect(told.slice(0, 2)).toStrictEqual([undefined, 'bad-request']);
	});

	test.each<[string, Delivery, string]>([
		['succeeds', delivered('a.jpg', 300), 'picture'],
		['fails, and then is the first', denied(400, { after: 300 }), 'download-failed'],
		['would be tried again, and then is the first', torn(300), 'download-failed'],
	])('lets an earlier download end, which %s', async (_what, delivery, expected) => {
		const { told, fetched, aborted, endedAt } = await download({
			items: ['a', 'b', 'c'],
			deliveries: { 'a.jpg': [delivery], 'b.jpg': [denied(400)], 'c.jpg': [NEVER] },
			stopsAtFailure: true,
		});
		expect(told.slice(0, 2)).toStrictEqual([expected, 'download-failed']);
		expect(fetched).toHaveLength(3);
		expect(aborted).toStrictEqual([['c.jpg', 200]]);
		expect(endedAt).toBe(400);
	});

	test('does not wait for a retry of an earlier download any more: that item fails as it did last', async () => {
		const { results, fetched, endedAt } = await download({
			items: ['a', 'b'],
			replies: { b: [answer(400, { after: 300 })] },
			deliveries: { 'a.jpg': [denied(503, { retryAfter: '60' })] },
			stopsAtFailure: true,
		});
		expect(results).toMatchObject([
			{ attempts: 2, outcome: { failure: { reason: 'download-failed', retryAfterMs: 60_000 } } },
			{ attempts: 1, outcome: { failure: { reason: 'bad-request' } } },
		]);
		expect([fetched.length, endedAt]).toStrictEqual([1, 300]);
	});

	test.each<[string, Pick<Given, 'replies' | 'deliveries'>]>([
		['download', { replies: { a: [picture(300)] } }],
		['look-up for a fresh address', { replies: { a: [picture(300, 'expired')] } }],
		['look-up for a fresh address', { deliveries: { 'a.jpg': [denied(404, { after: 200 })] } }],
	])('begins no %s of an earlier item either, which has not failed', async (_what, given) => {
		const { told, sent, fetched, endedAt } = await download({
			...given,
			items: ['a', 'b'],
			replies: { ...given.replies, b: [answer(400, { after: 200 })] },
			stopsAtFailure: true,
		});
		expect(told).toStrictEqual([undefined, 'bad-request']);
		expect(sent).toHaveLength(2);
		expect(fetched.filter(([, at]) => at >= 200)).toStrictEqual([]);
		expect(endedAt).toBe(300);
	});
});

describe('A run that is stopped', () => {
	test('aborts all downloads, begins none, and ends at once', async () => {
		const { told, sent, fetched, aborted, endedAt } = await download({
			items: ['a', 'b', 'c', 'd'],
			replies: { c: [SILENCE] },
			deliveries: { 'a.jpg': [NEVER], 'b.jpg': [NEVER] },
			options: { concurrency: 3 },
			cancelAt: 250,
		});
		expect(told[3]).toBeUndefined();
		expect([sent.length, fetched.length]).toStrictEqual([3, 2]);
		expect(aborted.map(([name]) => name).sort()).toStrictEqual(['a.jpg', 'b.jpg', 'c']);
		for (const [, at] of aborted) expect(at).toBe(250);
		expect(endedAt).toBe(250);
	});

	test.each<[string, Given]>([
		['a retry', { items: ['a'], deliveries: { 'a.jpg': [denied(503, { retryAfter: '60' })] } }],
		['a fresh address', { items: ['a'], replies: { a: [picture(100, 'expired'), SILENCE] } }],
		[
			'the turn to ask for a fresh address',
			{ items: ['a'], replies: { a: [picture(100, 'expired')] }, options: { requestsPerMinute: 1 } },
		],
	])('does not wait for %s any more', async (_what, given) => {
		const { sent, fetched, endedAt } = await download({ ...given, cancelAt: 2500 });
		for (const [, at] of [...sent, ...fetched]) expect(at).toBeLessThan(2500);
		expect(endedAt).toBe(2500);
	});
});

describe('Items of the same contact that want different things', () => {
	const wants = (downloadPicture: boolean, failsWithoutPicture = false): ItemQuery => ({
		...{ contactId: 'a', refresh: false },
		...{ downloadPicture, failsWithoutPicture },
	});

	test('share one look-up, and each has what it wants', async () => {
		const items = [wants(false), wants(true), wants(false), wants(true)];
		const { results, sent, fetched, duplicates } = await download({ items });
		expect(sent).toHaveLength(1);
		expect(fetched).toHaveLength(1);
		expect(results.map((result) => result?.file)).toStrictEqual([
			...[undefined, fileOf('a.jpg')],
			...[undefined, fileOf('a.jpg')],
		]);
		expect(duplicates).toBe(3);
	});

	test('do not share a failed download with those that want the URL only', async () => {
		const items = [wants(true), wants(false)];
		const { told } = await download({ items, deliveries: { 'a.jpg': [denied(400)] } });
		expect(told).toStrictEqual(['download-failed', 'picture']);
	});

	test('fail without a picture where that is a failure for them', async () => {
		const items = [wants(false), wants(false, true), wants(true, true), wants(false)];
		const { told, sent, duplicates } = await download({ items, replies: { a: [none()] } });
		expect(told).toStrictEqual(['none', 'no-picture', 'no-picture', 'none']);
		expect(sent).toHaveLength(1);
		expect(duplicates).toBe(3);
	});

	test('stop the run where the first failure is to, as soon as it is known', async () => {
		const items = ['b', wants(false), wants(false, true), 'c', 'd'];
		const { told, sent } = await download({
			...{ items, replies: { a: [none()] }, stopsAtFailure: true },
			options: { concurrency: 3 },
		});
		expect(told.slice(0, 3)).toStrictEqual(['picture', 'none', 'no-picture']);
		expect(sent).toHaveLength(2);
	});

	test('count once among those that are asked for live', async () => {
		const items = [wants(false), wants(true)].map((item) => ({ ...item, refresh: true }));
		expect(await download({ items })).toMatchObject({ refreshed: 1, duplicates: 1 });
	});
});
