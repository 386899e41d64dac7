import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';
import { failure, type Reason } from '../../../nodes/Wawp/failure';
import { classifyAnswer } from '../../../nodes/Wawp/gateway/classifyAnswer';
import { type Gateway, noGateway } from '../../../nodes/Wawp/gateway/gateway';
import { AccountLimiters } from '../../../nodes/Wawp/limits/accountLimiters';
import { DEFAULT_OPTIONS } from '../../../nodes/Wawp/operation/optionFields';
import { lookUpAll } from '../../../nodes/Wawp/run/lookUpAll';
import { VirtualClock } from '../virtualClock.mts';
import {
	addressOf,
	all,
	answer,
	busy,
	contacts,
	type Given,
	hidden,
	limited,
	live,
	NO_CONTACT,
	NO_PICTURES,
	none,
	notFound,
	page,
	picture,
	refused,
	type Reply,
	reset,
	run,
	SILENCE,
	told,
	unauthorized,
	unnamed,
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
			items: ['a', NO_CONTACT, 'b', 'c', 'd'],
			replies: { a: [picture('a.jpg', 400)], b: [none(10)], c: [picture('c.jpg', 200)], d: [refused()] },
		});
		expect(results).toStrictEqual([
			{ contactId: 'a', attempts: 1, outcome: { kind: 'picture', id: 'a', url: addressOf('a.jpg'), isNamed: true } },
			{ contactId: 'Ada', attempts: 0, outcome: { kind: 'failure', failure: failure('invalid-contact-id') } },
			{ contactId: 'b', attempts: 1, outcome: { kind: 'none', id: 'b' } },
			{ contactId: 'c', attempts: 1, outcome: { kind: 'picture', id: 'c', url: addressOf('c.jpg'), isNamed: true } },
			{
				contactId: 'd',
				attempts: 1,
				outcome: { kind: 'failure', failure: failure('bad-request', { statusCode: 400 }) },
			},
		]);
	});

	test('is read once, in order', async () => {
		const { reads } = await run({ items: ['a', 'a', NO_CONTACT, 'b', 'c'], options: { concurrency: 2 } });
		expect(reads).toStrictEqual([0, 1, 2, 3, 4]);
	});

	test('shares the request of those before it for the same contact, and its failure and attempts as well', async () => {
		const { results, told, sent, duplicates, lookupsSent } = await run({
			items: ['a', 'b', 'a', 'c', 'b', 'a'],
			replies: { b: [reset()] },
			options: { concurrency: 1, maxRetries: 1 },
		});
		expect(sent.map(([contactId]) => contactId)).toStrictEqual(['a', 'b', 'b', 'c']);
		expect(told).toStrictEqual(['picture', 'network', 'picture', 'picture', 'network', 'picture']);
		expect(results[4]).toStrictEqual(results[1]);
		expect(results[1]).toMatchObject({ attempts: 2 });
		expect([duplicates, lookupsSent]).toStrictEqual([3, 4]);
	});

	test('shares it however the contact is written', async () => {
		const typed = ['15551234567', '+1 (555) 123-4567', 15551234567, '15551234567@C.US', '15551234567:2@s.whatsapp.net'];
		const items = typed.map((text) => {
			const contactId = readContactId(text);
			return contactId.ok ? contactId.id : NO_CONTACT;
		});
		const { told, sent } = await run({ items });
		expect(sent).toStrictEqual([['15551234567@c.us', 0]]);
		expect(told).toStrictEqual(Array(5).fill('picture'));
	});

	test('does not share it with those that ask for it live', async () => {
		const { told, sent, duplicates, refreshed } = await run({
			items: ['a', live('a'), 'a', live('a'), live('b')],
			replies: { a: [picture(), none()] },
		});
		expect(sent.map(([contactId]) => contactId)).toStrictEqual(['a', 'a', 'b']);
		expect(told).toStrictEqual(['picture', 'none', 'picture', 'none', 'picture']);
		expect([duplicates, refreshed]).toStrictEqual([2, 2]);
	});

	test('counts as live only where its contact was asked for', async () => {
		const { sent, refreshed, duplicates } = await run({
			items: ['a', 'b', 'c', 'c'].map(live),
			replies: { a: [limited('3600')] },
			options: { concurrency: 1 },
		});
		expect([sent.length, refreshed, duplicates]).toStrictEqual([1, 1, 0]);
	});
});

describe('A lookup that fails', () => {
	test('is sent again, after a wait that grows, until it is answered', async () => {
		const { results, sent } = await run({
			items: ['a'],
			replies: { a: [answer(500), reset(), answer(408), picture()] },
		});
		expect(sent.map(([, at]) => at)).toStrictEqual([0, 600, 1700, 3800]);
		expect(results).toMatchObject([{ attempts: 4, outcome: { kind: 'picture' } }]);
	});

	test.each([0, 1, 3])('with %d retries left fails as it did last, and waits no more', async (maxRetries) => {
		const replies = { a: [...Array<Reply>(maxRetries).fill(busy()), reset()] };
		const { results, sent, endedAt } = await run({ items: ['a'], replies, options: { maxRetries } });
		expect(results).toMatchObject([{ attempts: maxRetries + 1, outcome: { failure: { reason: 'network' } } }]);
		expect(endedAt).toBe(Number(sent.at(-1)?.[1]) + 100);
	});

	test('is aborted at its timeout, counted from its own start', async () => {
		const { sent, aborted, told } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [picture('1.jpg', 2000)], b: [SILENCE, picture('1.jpg', 2999)], c: [SILENCE] },
			options: { timeout: 3000, maxRetries: 1, concurrency: 2 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 0],
			['c', 2000],
			['b', 3500],
			['c', 5500],
		]);
		expect(aborted).toStrictEqual([
			['b', 3000],
			['c', 5000],
			['c', 8500],
		]);
		expect(told).toStrictEqual(['picture', 'picture', 'timeout']);
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

	test.each<[string, number, (contactId: string) => boolean]>([
		['an answer', 1, (contactId) => contactId === 'b'],
		['an answer to a check', 1, (contactId) => contactId === ''],
	])('because %s makes something throw fails, and no other one does', async (_what, attempts, isOdd) => {
		const classify: Gateway['classifyAnswer'] = (reply, contactId) => {
			if (isOdd(contactId)) throw new Error('torn');
			return classifyAnswer(reply, { contactId, accessToken: '', now: 0 });
		};
		const replies = { b: [hidden()] };
		const { results, told } = await run({ items: ['a', 'b', 'c'], replies, gateway: { classifyAnswer: classify } });
		expect(told).toStrictEqual(['picture', 'unexpected-response', 'picture']);
		expect(results[1]).toMatchObject({ attempts });
	});
});

describe('Requests', () => {
	test.each([1, 3, 100])('are open at once where the limit is %d, and no more', async (concurrency) => {
		const items = contacts(7);
		const { sent } = await run({ items, options: { concurrency } });
		expect(sent).toStrictEqual(items.map((item, index) => [item, 100 * Math.floor(index / concurrency)]));
	});

	test('are spaced evenly, retries and checks among them', async () => {
		const { sent, checks } = await run({
			items: ['a', 'b', 'c', 'd'],
			replies: { a: [answer(500), hidden()] },
			options: { requestsPerMinute: 10 },
		});
		expect(sent.map(([, at]) => at)).toStrictEqual([0, 6000, 12_000, 18_000, 24_000]);
		expect(checks).toStrictEqual([30_000]);
	});
});

describe('Twenty contacts in a row that fail for no reason of their own', () => {
	const items = contacts(60);
	const given = (replies: Given['replies'], more: Partial<Given> = {}): Given => ({
		...{ items, replies, options: { concurrency: 1, maxRetries: 0, timeout: 500 } },
		...more,
	});

	test.each<[string, Reply, Reason, sent: number]>([
		['a page', page(), 'unexpected-response', 20],
		['no connection', reset(), 'network', 20],
		['no answer', SILENCE, 'timeout', 20],
		// From the third on they are held, and confirmed together.
		['a gateway in trouble', busy(), 'temporarily-unavailable', 22],
		['401, whatever is said of the credential', unauthorized(), 'unexpected-response', 22],
		['403', answer(403), 'bad-request', 22],
		[
			'a session that is said to be dead, and to work',
			answer(404, { code: 'invalid_session' }),
			'session-disconnected',
			22,
		],
	])('end the run, and the rest fail alike: %s', async (_what, reply, reason, sent) => {
		const { results, told, stoppedAsking, ...seen } = await run(given(all(items, reply)));
		expect(new Set(told)).toStrictEqual(new Set([reason]));
		expect(seen.sent).toHaveLength(sent);
		const message = expect.stringMatching(/^Given up, because 20 contacts in a row failed before\. ./) as string;
		expect(stoppedAsking).toMatchObject({ reason, retryable: true, message });
		expect(results.at(-1)).toMatchObject({ attempts: 0, outcome: { failure: { reason, retryable: true, message } } });
	});

	test.each<[string, Reply]>([
		['a picture', picture()],
		['none', none()],
		['a failure of its own', refused()],
		['none that had to be confirmed', hidden()],
	])('are not in a row with %s in between', async (_what, reply) => {
		const replies = { ...all(contacts(39), reset()), c19: [reply] };
		const { sent, stoppedAsking } = await run(given(replies));
		expect([sent.length, stoppedAsking]).toStrictEqual([60, undefined]);
	});

	test('are in a row with an answer in between that is still held', async () => {
		const hiddenOnes = all(['c0', 'c1', 'c12'], hidden());
		const { told, sent } = await run(given({ ...all(items, reset()), ...hiddenOnes }));
		expect(sent).toHaveLength(23);
		expect(told.slice(0, 13)).toStrictEqual(['none', 'none', ...Array<string>(11).fill('network')]);
	});

	test('are not in a row where held ones turn out to have failed before a picture came', async () => {
		const replies = all([...contacts(21), ...contacts(45).slice(25)], answer(403));
		const { told, stoppedAsking } = await run(given(replies));
		expect(told.filter((kind) => kind === 'bad-request')).toHaveLength(41);
		expect(stoppedAsking).toBeUndefined();
	});
});

describe('A pause that the gateway asks for', () => {
	test.each<[string, Reply, at: number]>([
		['a 429 with Retry-After', limited('5'), 5100],
		['a 429 without, for the back-off', limited(), 1100],
		['a 503 with Retry-After', busy('7'), 7100],
		['a code of the same meaning', answer(400, { code: 'too_many_requests' }), 1100],
	])('holds back the whole run: %s', async (_what, reply, at) => {
		const { told, sent } = await run({
			items: ['a', 'b', 'c', 'd'],
			replies: { a: [reply, picture()], b: [picture('b.jpg', 200)] },
			options: { concurrency: 2 },
		});
		expect(sent).toStrictEqual([
			['a', 0],
			['b', 0],
			['a', at],
			['c', at + 100],
			['d', at + 100],
		]);
		expect(told).toStrictEqual(Array(4).fill('picture'));
	});

	test('holds back retries after other failures as well', async () => {
		const { sent } = await run({
			items: ['a', 'b'],
			replies: { a: [reset(), picture()], b: [limited('5'), picture()] },
		});
		expect(sent.slice(2)).toStrictEqual([
			['b', 5100],
			['a', 5200],
		]);
	});

	test('holds back the others where it was the last attempt, and nobody where it was the last contact', async () => {
		const given: Given = {
			items: ['a', 'b'],
			replies: { a: [limited('5')] },
			options: { concurrency: 1, maxRetries: 0 },
		};
		const { results, sent } = await run(given);
		expect(sent[1]).toStrictEqual(['b', 5100]);
		expect(results[0]).toMatchObject({ attempts: 1, outcome: { failure: { statusCode: 429, retryAfterMs: 5000 } } });
		expect((await run({ ...given, items: ['a'] })).endedAt).toBe(100);
	});

	test('of exactly two minutes is waited for', async () => {
		const { told, sent } = await run({ items: ['a'], replies: { a: [limited('120'), picture()] } });
		expect([told, sent.at(-1)]).toStrictEqual([['picture'], ['a', 120_100]]);
	});

	test.each<[string, Reply, number, RegExp]>([
		['429', limited('3600'), 429, /a pause of 60 minutes\. .*Requests per Minute/],
		['503', busy('3600'), 503, /a pause of 60 minutes\. /],
	])('of more than two minutes fails all that have no answer: %s', async (_what, reply, statusCode, description) => {
		const { results, sent, endedAt, stoppedAsking } = await run({
			items: ['a', 'b', 'c', 'd', 'e', 'c', NO_CONTACT],
			replies: { a: [reply], b: [picture('b.jpg', 400)], c: [reset(50)], d: [hidden(60)] },
			options: { concurrency: 4 },
		});
		const why = {
			...{ reason: 'rate-limited', retryable: true, retryAfterMs: 3_600_000, statusCode },
			description: expect.stringMatching(description) as string,
		};
		const failed = (attempts: number) => ({ attempts, outcome: { failure: why } });
		expect(results).toMatchObject([
			...[failed(1), { outcome: { kind: 'picture' } }, failed(1), failed(1), failed(0), failed(1)],
			{ outcome: { failure: { reason: 'invalid-contact-id' } } },
		]);
		expect(stoppedAsking).toMatchObject(why);
		expect([sent.length, endedAt]).toStrictEqual([4, 400]);
	});

	test('that a check is answered with fails all that have no answer as well', async () => {
		const { told, sent } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: [hidden()] },
			options: { concurrency: 1 },
			states: ['limited'],
		});
		expect([told, sent.length]).toStrictEqual([Array(3).fill('rate-limited'), 1]);
	});
});

describe('A plan that is used up', () => {
	test.each([answer(402), answer(400, { code: 'quota_reached' })])('ends the run: %j', async (reply) => {
		const { told, results, sent, checks, endedAt } = await run({
			items: ['a', 'b', 'c', 'd', 'e'],
			replies: { a: [picture('a.jpg', 400)], b: [reply], c: [busy('', 50)] },
			options: { concurrency: 3 },
		});
		expect(told).toStrictEqual(['picture', ...Array<string>(4).fill('rate-limited')]);
		expect(results.map((result) => result?.attempts)).toStrictEqual([1, 1, 1, 0, 0]);
		// Requests that are open may end.
		expect([sent.length, checks.length, endedAt]).toStrictEqual([3, 0, 400]);
	});
});

describe('A contact without a picture', () => {
	const given: Given = { items: ['a', 'b', 'a'], replies: { a: [none()] }, options: { concurrency: 1 } };
	const failing: Given = { ...given, options: { concurrency: 1, noPicture: 'error' } };

	test('fails its items where that is wanted, confirmed or not', async () => {
		const outcome = { kind: 'failure', failure: failure('no-picture') };
		const { results, told } = await run(failing);
		expect(told).toStrictEqual(['no-picture', 'picture', 'no-picture']);
		expect(results[0]).toStrictEqual({ contactId: 'a', attempts: 1, outcome });
		const confirmed = await run({ ...failing, replies: { a: [notFound()] } });
		expect(confirmed.results[0]).toStrictEqual({ contactId: 'a', attempts: 2, outcome });
	});

	test('then ends a run that stops at the first failure, and does not else', async () => {
		const { told, sent } = await run({ ...failing, stopsAtFailure: true });
		expect([told, sent.length]).toStrictEqual([['no-picture', undefined, 'no-picture'], 1]);
		const others = await run({ ...given, stopsAtFailure: true });
		expect(others.told).toStrictEqual(['none', 'picture', 'none']);
	});
});

describe('A run that stops at the first failure', () => {
	const stopsAtFailure = true;

	test('sends nothing more, and aborts what is open for later items', async () => {
		const { told, sent, aborted, endedAt } = await run({
			items: ['a', 'b', 'c', 'd', 'e'],
			replies: { a: [picture('a.jpg', 20)], b: [page(50)], c: [SILENCE], d: [picture('d.jpg', 200)] },
			options: { concurrency: 3 },
			stopsAtFailure,
		});
		expect(told.slice(0, 2)).toStrictEqual(['picture', 'unexpected-response']);
		expect(told[4]).toBeUndefined();
		expect(sent.map(([contactId]) => contactId)).toStrictEqual(['a', 'b', 'c', 'd']);
		expect(aborted).toStrictEqual([
			['c', 50],
			['d', 50],
		]);
		expect(endedAt).toBe(50);
	});

	test.each<[string, Reply[], string, endedAt: number]>([
		['succeeds', [picture('1.jpg', 300)], 'picture', 300],
		['fails, and then is the first', [page(300)], 'unexpected-response', 300],
		['is sent again, and succeeds', [reset(300), picture()], 'picture', 900],
		['is asked for again after a check, and is none', [notFound(300), notFound()], 'none', 440],
	])('lets an earlier lookup end, which %s', async (_what, replies, expected, endedAt) => {
		const { aborted, ...ran } = await run({
			items: ['a', 'b', 'c'],
			replies: { a: replies, b: [page(50)], c: [SILENCE] },
			stopsAtFailure,
		});
		expect(ran.told.slice(0, 2)).toStrictEqual([expected, 'unexpected-response']);
		expect([ran.endedAt, aborted]).toStrictEqual([endedAt, [['c', endedAt]]]);
	});

	test('asks for nothing after an item without a contact', async () => {
		const items = ['a', NO_CONTACT, 'b', NO_CONTACT, 'a', 'c'];
		const { told, sent } = await run({ items, stopsAtFailure });
		expect(sent).toStrictEqual([['a', 0]]);
		expect(told).toStrictEqual([
			...['picture', 'invalid-contact-id', undefined],
			...['invalid-contact-id', 'picture', undefined],
		]);
	});

	test('stops at answers that are held, once they are known to be failures', async () => {
		const items = contacts(100);
		const { told, sent } = await run({
			items,
			replies: all(items, hidden()),
			options: { concurrency: 1 },
			states: ['well', 'well', 'unknown'],
			stopsAtFailure,
		});
		expect(sent).toHaveLength(22);
		expect(told.slice(0, 4)).toStrictEqual(['none', 'none', 'unexpected-response', 'unexpected-response']);
	});

	test('asks nobody about what is held once another item has failed', async () => {
		const { told, checks } = await run({
			items: ['a', 'b', 'c', 'd', 'e'],
			replies: { ...all(['a', 'b'], hidden()), c: [reset(), hidden()], d: [page()] },
			options: { concurrency: 1 },
			stopsAtFailure,
		});
		expect(told).toStrictEqual(['none', 'none', undefined, 'unexpected-response', undefined]);
		expect(checks).toHaveLength(2);
	});
});

describe('A run that is stopped', () => {
	test('aborts what is open, sends nothing more, and ends at once', async () => {
		const { told, sent, aborted, endedAt } = await run({
			items: ['a', 'b', 'c', 'd', 'e'],
			replies: all(['b', 'c', 'd'], SILENCE),
			options: { concurrency: 3 },
			cancelAt: 250,
		});
		expect([told[0], told[4]]).toStrictEqual(['picture', undefined]);
		expect(sent).toHaveLength(4);
		expect(aborted).toStrictEqual([
			['b', 250],
			['c', 250],
			['d', 250],
		]);
		expect(endedAt).toBe(250);
	});

	test.each<[string, Given]>([
		['a retry', { items: ['a'], replies: { a: [reset()] }, chance: 0.99 }],
		['the gateway', { items: ['a', 'b'], replies: { a: [limited('60')] } }],
		['a turn', { items: ['a', 'b', 'c'], options: { requestsPerMinute: 1 } }],
		['a check', { items: ['a', 'b'], replies: { a: [hidden()] }, states: ['silent'] }],
		['another check', { items: ['a', 'b'], replies: { a: [hidden()] }, states: ['in trouble'], chance: 0.99 }],
		['the second word', { items: ['a', 'b'], replies: { a: [hidden()] }, states: ['stopped'], chance: 0.99 }],
		['the second answer', { items: ['a', 'b'], replies: { a: [notFound(), SILENCE] } }],
		[
			'what is held',
			{ items: contacts(30), replies: all(contacts(30), hidden(30)), states: ['well', 'well', 'silent'] },
		],
	])('does not wait for %s any more', async (_what, given) => {
		const options = { concurrency: 2, ...given.options };
		const { sent, endedAt } = await run({ ...given, options, cancelAt: 1050 });
		for (const [, at] of sent) expect(at).toBeLessThan(1050);
		expect(endedAt).toBe(1050);
	});

	test('before it begins reads nothing and sends nothing', async () => {
		const [read, send] = [jest.fn(), jest.fn()];
		const gateway = { ...noGateway(failure('network')), send };
		const cancel = AbortSignal.abort();
		const { results } = await lookUpAll({ ...bareRun(new VirtualClock(), 2), read, gateway, cancel });
		expect(results.filter(Boolean)).toStrictEqual([]);
		expect(read).not.toHaveBeenCalled();
		expect(send).not.toHaveBeenCalled();
	});

	test('while it reads stops reading', async () => {
		const clock = new VirtualClock();
		const cancel = new AbortController();
		const read = jest.fn(() => NO_CONTACT);
		clock.yieldToEventLoop = async () => cancel.abort();
		await clock.finish(lookUpAll({ ...bareRun(clock, 1000), read, cancel: cancel.signal }));
		expect(read).toHaveBeenCalledTimes(100);
	});
});

describe('A run', () => {
	test('of an n8n that cannot stop it has its results as any other has', async () => {
		const clock = new VirtualClock();
		const { results } = await clock.finish(lookUpAll(bareRun(clock, 2)));
		expect(results.map(told)).toStrictEqual(['invalid-contact-id', 'invalid-contact-id']);
	});

	test.each([
		[100, 0],
		[101, 1],
		[250, 2],
	])('that reads %d items lets the rest of n8n have its turn %d times', async (itemCount, turns) => {
		const clock = new VirtualClock();
		const turn = jest.spyOn(clock, 'yieldToEventLoop');
		await clock.finish(lookUpAll(bareRun(clock, itemCount)));
		expect(turn).toHaveBeenCalledTimes(turns);
	});

	test('that cannot begin fails each item with that reason, or with its own, and asks nobody', async () => {
		const why = failure('credential-invalid');
		const { results, duplicates, refreshed, stoppedAsking, sent } = await run({
			items: [live('a'), live('a'), NO_CONTACT],
			gateway: noGateway(why),
		});
		const refusal = { contactId: 'a', attempts: 0, outcome: { kind: 'failure', failure: why } };
		expect(results.slice(0, 2)).toStrictEqual([refusal, refusal]);
		expect(told(results[2])).toBe('invalid-contact-id');
		expect([duplicates, refreshed, stoppedAsking, sent]).toStrictEqual([0, 0, undefined, []]);
	});
});

describe('A picture without an ID', () => {
	const lid = answer(200, { id: '98765@lid', url: addressOf('1.jpg') });

	test.each<[string, Given['items'], Record<string, Reply>, told: string[]]>([
		['is that of its contact', ['a', 'b'], { a: unnamed('a.jpg'), b: unnamed('b.jpg') }, ['picture', 'picture']],
		[
			'is that of its contact, however often it is looked up',
			['a', live('a')],
			{ a: unnamed() },
			['picture', 'picture'],
		],
		[
			"is nobody's where its URL came for another contact as well",
			['a', 'b', 'c', 'd'],
			{ a: unnamed(), b: unnamed(), c: unnamed('c.jpg'), d: unnamed() },
			['unexpected-response', 'unexpected-response', 'picture', 'unexpected-response'],
		],
		[
			"is nobody's where its URL came with another contact's ID before, whose it stays",
			['a', 'b'],
			{ a: picture(), b: unnamed() },
			['picture', 'unexpected-response'],
		],
		[
			"is nobody's where its URL comes with another contact's ID later",
			['b', 'a'],
			{ a: picture(), b: unnamed() },
			['unexpected-response', 'picture'],
		],
		[
			'may be the same for contacts whose IDs come with it',
			['a', 'b'],
			{ a: picture(), b: picture() },
			['picture', 'picture'],
		],
		[
			'is that of a number that came with the @lid of the same person, who is looked up, too',
			['15551234567@c.us', '98765@lid'],
			{ '15551234567@c.us': lid, '98765@lid': lid },
			['picture', 'picture'],
		],
		[
			'is that of both forms of one number of Brazil',
			['554197520200@c.us', '5541997520200@c.us'],
			{ '554197520200@c.us': unnamed(), '5541997520200@c.us': unnamed() },
			['picture', 'picture'],
		],
		[
			'is that of both forms of one number of Brazil, one of which came for its @lid',
			['98765@lid', '554197520200@c.us'],
			{
				'98765@lid': answer(200, { id: '5541997520200@c.us', url: addressOf('1.jpg') }),
				'554197520200@c.us': unnamed(),
			},
			['picture', 'picture'],
		],
		[
			"is nobody's where one @lid came for two numbers",
			['98765@lid', '15551234567@c.us', '15557654321@c.us'],
			{ '98765@lid': lid, '15551234567@c.us': lid, '15557654321@c.us': lid },
			['picture', 'unexpected-response', 'unexpected-response'],
		],
	])('%s', async (_what, items, replies, expected) => {
		const given = Object.fromEntries(Object.entries(replies).map(([contactId, reply]) => [contactId, [reply]]));
		const { results } = await run({ items, replies: given, deliveries: {}, options: { concurrency: 1 } });
		expect(results.map(told)).toStrictEqual(expected);
		for (const result of results) expect('file' in (result ?? {})).toBe(told(result) === 'picture');
	});
});
