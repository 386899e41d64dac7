import { failure } from '../../../nodes/Wawp/failure';
import { DOWNLOAD_FAILURES, downloadFailureByStatus } from '../../../nodes/Wawp/picture/downloadFailure';
import type { Pictures } from '../../../nodes/Wawp/picture/pictures';
import type { ItemQuery } from '../../../nodes/Wawp/run/run';
import {
	addressOf,
	all,
	answer,
	busy,
	contacts,
	delivered,
	type Delivery,
	denied,
	download,
	fileOf,
	type Given,
	hidden,
	limited,
	live,
	NEVER,
	none,
	notFound,
	page,
	picture,
	refused,
	type Reply,
	reset,
	SILENCE,
	torn,
	unauthorized,
	unnamed,
} from './run.mts';

const found = (id: string, name: string) => ({ kind: 'picture', id, url: addressOf(name), isNamed: true });

describe('A download', () => {
	test('adds the picture to what was found, and counts as an attempt', async () => {
		const { results, fetched, endedAt } = await download({ items: ['a', 'b'] });
		expect(results).toStrictEqual([
			{ contactId: 'a', attempts: 2, outcome: found('a', 'a.jpg'), file: fileOf('a.jpg') },
			{ contactId: 'b', attempts: 2, outcome: found('b', 'b.jpg'), file: fileOf('b.jpg') },
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
		const contactId = '551187654321@c.us';
		const replies = { [contactId]: [answer(200, { id: '5511987654321@c.us', url: addressOf('1.jpg') })] };
		await download({ items: [contactId], replies, pictures: { fetch } });
		expect(fetch.mock.calls.map(([named]) => named)).toStrictEqual([
			{ id: '5511987654321@c.us', url: addressOf('1.jpg'), contactId },
		]);
	});

	test.each([1, 3, 8, 100])('and lookups are %d at most at the same time, all together', async (concurrency) => {
		const items = contacts(20);
		const deliveries = { 'c3.jpg': [denied(404)], 'c5.jpg': [torn(), delivered('c5.jpg')] };
		const { told, mostOpen } = await download({ items, deliveries, options: { concurrency } });
		expect(mostOpen).toBe(Math.min(concurrency, 20));
		expect(told.filter((kind) => kind === 'picture')).toHaveLength(19);
	});
});

describe('A download that fails', () => {
	test('is tried again, after a wait that grows, until it succeeds, with retries of its own', async () => {
		const { results, fetched } = await download({
			items: ['a'],
			replies: { a: [reset(), reset(), picture('a.jpg')] },
			deliveries: { 'a.jpg': [denied(500), torn(), denied(408), delivered('a.jpg')] },
		});
		const [[, first] = ['', 0], ...others] = fetched;
		expect(others.map(([, at]) => at - first)).toStrictEqual([600, 1700, 3800]);
		expect(results).toMatchObject([{ attempts: 7, outcome: { kind: 'picture' }, file: fileOf('a.jpg') }]);
	});

	test.each([0, 1, 3])('with %d retries fails as it did last, with its URL, and waits no more', async (maxRetries) => {
		const deliveries = { 'a.jpg': [...Array<Delivery>(maxRetries).fill(torn()), denied(503)] };
		const { results, fetched, endedAt } = await download({ items: ['a'], deliveries, options: { maxRetries } });
		const why = { ...downloadFailureByStatus(503, {}, 0).failure, url: addressOf('a.jpg') };
		expect(results).toStrictEqual([
			{ contactId: 'a', attempts: maxRetries + 2, outcome: { kind: 'failure', failure: why } },
		]);
		expect([fetched.length, endedAt]).toStrictEqual([maxRetries + 1, (fetched.at(-1)?.[1] ?? NaN) + 100]);
	});

	test('waits for as long as the server asked, two minutes at most, and holds nobody else back', async () => {
		const { results, fetched, endedAt } = await download({
			items: ['a', 'b', 'c', 'd'],
			deliveries: {
				'a.jpg': [denied(429, { retryAfter: '120' }), delivered('a.jpg')],
				'b.jpg': [denied(503, { retryAfter: '121' })],
			},
			options: { concurrency: 2 },
		});
		expect(results.map((result) => result?.attempts)).toStrictEqual([3, 2, 2, 2]);
		expect(results[1]).toMatchObject({ outcome: { failure: { reason: 'download-failed', retryAfterMs: 121_000 } } });
		expect(fetched.slice(2)).toStrictEqual([
			['c.jpg', 300],
			['d.jpg', 500],
			['a.jpg', 120_200],
		]);
		expect(endedAt).toBe(120_300);
	});

	test.each([
		['an answer for good', denied(400)],
		['no image', { after: 100, ...DOWNLOAD_FAILURES.content }],
		['a picture that is too large', { after: 100, ...DOWNLOAD_FAILURES.size }],
		['an address that is not trusted', { after: 100, ...DOWNLOAD_FAILURES.address }],
	])('with %s is not tried again, and no fresh URL is asked for', async (_what, delivery) => {
		const { results, sent, fetched } = await download({ items: ['a'], deliveries: { 'a.jpg': [delivery] } });
		const why = { ...('failure' in delivery && delivery.failure), url: addressOf('a.jpg') };
		expect(results).toStrictEqual([{ contactId: 'a', attempts: 2, outcome: { kind: 'failure', failure: why } }]);
		expect([sent.length, fetched.length]).toStrictEqual([1, 1]);
	});

	test('is aborted at its timeout, counted from its own start', async () => {
		const { results, aborted } = await download({
			items: ['a', 'b'],
			replies: { a: [picture('a.jpg', 2000)] },
			deliveries: { 'a.jpg': [NEVER, delivered('a.jpg', 2999)], 'b.jpg': [NEVER] },
			options: { timeout: 3000, maxRetries: 1 },
		});
		expect(aborted).toStrictEqual([
			['b.jpg', 3100],
			['a.jpg', 5000],
			['b.jpg', 6600],
		]);
		expect(results).toMatchObject([
			{ attempts: 3, file: fileOf('a.jpg') },
			{ attempts: 3, outcome: { failure: { message: expect.stringContaining('did not arrive within') as string } } },
		]);
	});

	test('keeps its place among the concurrent ones while it waits', async () => {
		const { sent, fetched } = await download({
			items: ['a', 'b'],
			deliveries: { 'a.jpg': [denied(500), delivered('a.jpg')] },
			options: { concurrency: 1 },
		});
		expect(fetched[1]).toStrictEqual(['a.jpg', 700]);
		expect(sent[1]).toStrictEqual(['b', 800]);
	});

	test('because of an error that it should not throw stays with its item', async () => {
		const fetch: Pictures['fetch'] = async ({ id }) =>
			id === 'b' ? await Promise.reject(new Error('torn')) : { file: fileOf(id) };
		const { results, told } = await download({ items: ['a', 'b', 'c'], pictures: { fetch } });
		expect(told).toStrictEqual(['picture', 'download-failed', 'picture']);
		expect(results[1]).toMatchObject({
			attempts: 2,
			outcome: { failure: failure('download-failed', { url: addressOf('b.jpg') }) },
		});
	});
});

describe('A URL that no longer works', () => {
	const gone = { '1.jpg': [denied(404)] };

	test.each([403, 404, 410])('has its contact looked up live, once for all its items: %d', async (statusCode) => {
		const { results, sentLive, fetched, refreshed, refetchedUrls } = await download({
			items: ['a', 'a', { contactId: 'a', refresh: false, downloadPicture: false, failsWithoutPicture: false }],
			replies: { a: [picture('1.jpg'), picture('2.jpg')] },
			deliveries: { '1.jpg': [torn(), denied(statusCode)], '2.jpg': [torn(), delivered('2.jpg')] },
			options: { maxRetries: 1 },
		});
		expect(sentLive).toHaveLength(1);
		expect(fetched.map(([name]) => name)).toStrictEqual(['1.jpg', '1.jpg', '2.jpg', '2.jpg']);
		const result = { contactId: 'a', attempts: 6, outcome: found('a', '2.jpg'), file: fileOf('2.jpg') };
		expect(results).toStrictEqual([result, result, { contactId: 'a', attempts: 1, outcome: found('a', '2.jpg') }]);
		// Refresh was off.
		expect([refetchedUrls, refreshed]).toStrictEqual([1, 0]);
	});

	test.each<[string, Given['items'], Reply[], Record<string, Delivery[]>, sent: number, url: string]>([
		['the fresh one is the same', ['a'], [picture()], gone, 2, '1.jpg'],
		['it is a fresh one', [live('a')], [picture()], gone, 1, '1.jpg'],
		[
			'the fresh one does not work either',
			['a'],
			[picture(), picture('2.jpg')],
			{ ...gone, '2.jpg': [denied(404)] },
			2,
			'2.jpg',
		],
	])('fails where %s, and is not asked for again', async (_what, items, replies, deliveries, sent, url) => {
		const { results, fetched, ...ran } = await download({ items, replies: { a: replies }, deliveries });
		expect([ran.sent.length, fetched.length]).toStrictEqual([sent, Object.keys(deliveries).length]);
		const why = { ...downloadFailureByStatus(404, {}, 0).failure, url: addressOf(url) };
		const attempts = sent + fetched.length;
		expect(results).toMatchObject([{ contactId: 'a', attempts, outcome: { kind: 'failure', failure: why } }]);
	});

	test.each<[string, Reply[], retryable: boolean, statusCode: number | undefined]>([
		['none', [none()], true, undefined],
		['none, confirmed', [notFound()], true, undefined],
		['none, confirmed by its code', [hidden()], true, undefined],
		['a refusal', [refused()], false, 400],
		['401, although the credential works', [unauthorized()], true, 401],
		['trouble', [busy()], true, 503],
		['no connection', [reset()], true, undefined],
	])('fails, with that URL, where the live lookup comes to %s', async (_what, replies, retryable, statusCode) => {
		const { results, fetched } = await download({
			items: ['a'],
			replies: { a: [picture(), ...replies] },
			deliveries: gone,
			options: { noPicture: 'error', maxRetries: 1 },
		});
		expect(fetched).toHaveLength(1);
		const why = {
			...{ reason: 'download-failed', retryable, url: addressOf('1.jpg') },
			message: expect.stringMatching(
				/^The picture's URL no longer works, and no new one could be fetched\. ./,
			) as string,
		};
		expect(results).toMatchObject([{ outcome: { kind: 'failure', failure: why } }]);
		const { outcome } = results[0] ?? {};
		expect(outcome?.kind === 'failure' && outcome.failure.statusCode).toBe(statusCode);
	});

	test('fails, with that URL, where the live lookup comes to what others have to confirm first', async () => {
		const replies = { ...all(['a', 'b'], hidden()), c: [picture(), hidden()] };
		const options = { concurrency: 1 };
		const { results, told } = await download({ items: ['a', 'b', 'c'], replies, deliveries: gone, options });
		expect(told).toStrictEqual(['none', 'none', 'download-failed']);
		expect(results[2]).toHaveProperty('outcome.failure.url', addressOf('1.jpg'));
	});

	test('is not looked up again once three fresh ones in a row have not worked', async () => {
		const items = [...'abcdefg'];
		const replies = Object.fromEntries(items.map((id) => [id, [picture(`${id}1.jpg`), picture(`${id}2.jpg`)]]));
		const dead = Object.fromEntries(items.flatMap((id) => [1, 2].map((times) => [`${id}${times}.jpg`, [denied(404)]])));
		const options = { concurrency: 1 };
		const { told, sent } = await download({ items, replies, deliveries: dead, options });
		expect(told).toStrictEqual(Array(7).fill('download-failed'));
		expect(sent).toHaveLength(3 * 2 + 4);
		const oneWorks = { ...dead, 'c2.jpg': [delivered('c2.jpg')] };
		expect((await download({ items, replies, deliveries: oneWorks, options })).sent).toHaveLength(6 * 2 + 1);
	});

	test("fails where the fresh one is another contact's as well", async () => {
		const { told } = await download({
			items: ['a', 'b'],
			replies: { a: [unnamed('1.jpg'), unnamed('2.jpg')], b: [unnamed('2.jpg')] },
			deliveries: gone,
		});
		expect(told).toStrictEqual(['unexpected-response', 'unexpected-response']);
	});

	test.each<[string, Reply, Given['states'], reason: string]>([
		['session', hidden(), ['stopped'], 'session-disconnected'],
		['plan', answer(402), [], 'rate-limited'],
		['pause', limited('3600'), [], 'rate-limited'],
	])('is not replaced where the run has ended by the %s, and others go on', async (_what, reply, states, reason) => {
		const { told, results, sent, fetched, refetchedUrls } = await download({
			items: ['a', 'b', 'c', 'd', 'e'],
			replies: { a: [picture()], b: [picture('b.jpg')], c: [picture('c.jpg', 900)], d: [reply] },
			deliveries: {
				'1.jpg': [denied(404, { after: 1500 })],
				'b.jpg': [denied(503, { after: 600 }), delivered('b.jpg')],
			},
			options: { concurrency: 4 },
			...(states?.length && { states }),
		});
		expect(told).toStrictEqual(['download-failed', 'picture', 'picture', reason, reason]);
		expect([sent.length, fetched.length, refetchedUrls]).toStrictEqual([4, 4, 0]);
		const message = expect.stringContaining('no new one could be fetched') as string;
		expect(results[0]).toMatchObject({ attempts: 2, outcome: { failure: { message, url: addressOf('1.jpg') } } });
	});
});

describe('Twenty downloads in a row that fail for no reason of their own', () => {
	const items = contacts(50);
	const deliveries = (...what: Delivery[]) => Object.fromEntries(items.map((item) => [`${item}.jpg`, what]));
	const options = { concurrency: 1, maxRetries: 0 };

	test.each<[string, Delivery]>([
		['no connection', torn()],
		['503', denied(503, { retryAfter: '1' })],
		['403, though fresh URLs were asked for', denied(403)],
	])('end the downloads, and not the lookups: %s', async (_what, delivery) => {
		const { results, sent, fetched, told, stoppedAsking } = await download({
			...{ items, deliveries: deliveries(delivery), options },
		});
		expect(new Set(told)).toStrictEqual(new Set(['download-failed']));
		expect(new Set(sent.map(([contactId]) => contactId)).size).toBe(50);
		expect([fetched.length, stoppedAsking]).toStrictEqual([20, undefined]);
		const message = /^Not downloaded, because 20 contacts in a row failed before\. ./;
		for (const result of results.slice(20)) {
			const url = addressOf(`${result?.contactId}.jpg`);
			expect(result).toMatchObject({ attempts: 1, outcome: { failure: { retryable: true, url } } });
			expect(result).toHaveProperty('outcome.failure.message', expect.stringMatching(message));
			expect(result).not.toHaveProperty('outcome.failure.retryAfterMs');
		}
	});

	test.each<[string, Delivery]>([
		['a picture', delivered('x')],
		['a failure of its own', { after: 100, ...DOWNLOAD_FAILURES.content }],
	])('are not in a row with %s in between', async (_what, between) => {
		const all = deliveries(torn());
		for (const index of [19, 38]) all[`c${index}.jpg`] = [between];
		expect((await download({ items, deliveries: all, options })).fetched).toHaveLength(50);
	});
});

describe('A run that stops at the first failure', () => {
	const stopsAtFailure = true;

	test('begins no download after it, and aborts those of later items', async () => {
		const { told, sent, fetched, aborted, endedAt } = await download({
			items: ['a', 'b', 'c', 'd', 'e'],
			replies: { d: [SILENCE] },
			deliveries: { 'b.jpg': [denied(400, { after: 150 })], 'c.jpg': [NEVER] },
			options: { concurrency: 3 },
			stopsAtFailure,
		});
		expect(told.slice(0, 2)).toStrictEqual(['picture', 'download-failed']);
		expect(told[4]).toBeUndefined();
		expect(sent.map(([contactId]) => contactId)).toStrictEqual(['a', 'b', 'c', 'd']);
		expect(fetched.map(([name]) => name)).toStrictEqual(['a.jpg', 'b.jpg', 'c.jpg']);
		expect([endedAt, aborted.map(([name]) => name).sort()]).toStrictEqual([250, ['c.jpg', 'd']]);
	});

	test.each<[string, Given['replies'], Delivery[], string, endedAt: number]>([
		['succeeds', {}, [delivered('a.jpg', 300)], 'picture', 400],
		['begins, and succeeds', { a: [picture('a.jpg', 300)] }, [delivered('a.jpg')], 'picture', 400],
		['fails, and then is the first', {}, [denied(400, { after: 300 })], 'download-failed', 400],
		['is tried again, and succeeds', {}, [torn(300), delivered('a.jpg')], 'picture', 1000],
		['needs a fresh URL', { a: [picture('a.jpg'), picture()] }, [denied(404, { after: 300 })], 'picture', 600],
	])('lets an earlier download end, which %s', async (_what, replies, delivery, expected, endedAt) => {
		const { aborted, ...ran } = await download({
			items: ['a', 'b', 'c'],
			...(replies && { replies: { ...replies, b: [page()] } }),
			deliveries: { 'a.jpg': delivery, 'c.jpg': [NEVER] },
			stopsAtFailure,
		});
		expect(ran.told.slice(0, 2)).toStrictEqual([expected, 'unexpected-response']);
		expect([ran.endedAt, aborted]).toStrictEqual([endedAt, [['c.jpg', endedAt]]]);
	});
});

describe('A run that is stopped', () => {
	test.each<[string, Given]>([
		['a download', { items: ['a', 'b', 'c', 'd'], deliveries: { 'a.jpg': [NEVER], 'b.jpg': [NEVER] } }],
		['a retry', { items: ['a'], deliveries: { 'a.jpg': [denied(503, { retryAfter: '60' })] } }],
		[
			'a fresh URL',
			{ items: ['a'], replies: { a: [picture('a.jpg'), SILENCE] }, deliveries: { 'a.jpg': [denied(404)] } },
		],
		[
			'the turn to ask for one',
			{ items: ['a'], deliveries: { 'a.jpg': [denied(404)] }, options: { requestsPerMinute: 1 } },
		],
	])('does not wait for %s any more', async (_what, given) => {
		const { results, sent, fetched, endedAt } = await download({ ...given, cancelAt: 2500 });
		expect(results[0]?.file).toBeUndefined();
		for (const [, at] of [...sent, ...fetched]) expect(at).toBeLessThan(2500);
		expect(endedAt).toBe(2500);
	});
});

describe('Items of the same contact that want different things', () => {
	const wants = (downloadPicture: boolean, failsWithoutPicture = false): ItemQuery => ({
		...{ contactId: 'a', refresh: true, downloadPicture, failsWithoutPicture },
	});

	test('share one lookup and one download, and each has what it wants', async () => {
		const items = [wants(false), wants(true), wants(false, true), wants(true)];
		const ran = await download({ items });
		expect([ran.sent.length, ran.fetched.length, ran.duplicates, ran.refreshed]).toStrictEqual([1, 1, 3, 1]);
		const file = fileOf('a.jpg');
		expect(ran.results.map((result) => result?.file)).toStrictEqual([undefined, file, undefined, file]);
		expect(ran.results.map((result) => result?.attempts)).toStrictEqual([1, 2, 1, 2]);
	});

	test('do not share a failed download with those that want the URL only', async () => {
		const { told } = await download({ items: [wants(true), wants(false)], deliveries: { 'a.jpg': [denied(400)] } });
		expect(told).toStrictEqual(['download-failed', 'picture']);
	});

	test('fail without a picture where that is a failure for them, and stop the run as soon as it is known', async () => {
		const items = [wants(false), wants(false, true), wants(true, true), wants(true), 'b', 'c'];
		const given: Given = { items, replies: { a: [none()] }, options: { concurrency: 1 } };
		const kinds = ['none', 'no-picture', 'no-picture', 'none'];
		expect((await download(given)).told).toStrictEqual([...kinds, 'picture', 'picture']);
		const { told, sent } = await download({ ...given, stopsAtFailure: true });
		expect([told, sent.length]).toStrictEqual([[...kinds, undefined, undefined], 1]);
	});
});
