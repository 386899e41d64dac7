import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { type Behaviour, json, text, xml } from '../stand-in/behaviours.mts';
import { ACCESS_TOKEN } from '../stand-in/credentials.mts';
import type { Outage } from '../stand-in/outages.mts';
import { NO_ROUTE } from '../stand-in/dialects.mts';
import { PICTURES } from '../stand-in/pictureFaults.mts';
import { HAS_HINTS } from './engine.mts';
import { withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

// How each answer is filed, in the words of the list that this node once got wrong. The unit tests have every wording.

const suite = withStandIn();

const CONCURRENCY = 5;
const LEADS = 60;
const FIRST = 15551230000;

const idOf = (lead: number) => `${FIRST + lead}@c.us`;

/** Looks up leads, each of which has to come out once and, with a picture, with its own. */
async function lookUp(leads: number, options: INodeParameters = {}) {
	const ran = await runInEngine({
		leads: Array.from({ length: leads }, (_, lead) => ({ phone: idOf(lead) })),
		onError: 'continueErrorOutput',
		parameters: { options: { concurrency: CONCURRENCY, maxRetries: 0, ...options } },
	});
	const { success, failed, run } = ran;
	const leadOf = ({ pairedItem }: (typeof success)[number]) => (pairedItem as { item: number }).item;
	const items = [...success, ...failed];
	expect(items.map(leadOf).sort((a, b) => a - b)).toEqual([...Array(leads).keys()]);
	const pictures = success.filter(({ json: { url } }) => url !== null);
	for (const item of pictures) expect(item.json.url).toContain(`/${FIRST + leadOf(item)}_`);
	expect(JSON.stringify(run)).not.toContain(ACCESS_TOKEN);
	const errors = failed.map(({ json: { error } }) => error as IDataObject);
	const { gateway } = suite.standIn;
	const methods = gateway.sessionInfoBy.method === 'none' ? 2 : 1;
	expect(gateway.counts.sessionInfos).toBeLessThanOrEqual(methods * Math.ceil(gateway.counts.unclear / 20));
	return {
		...ran,
		pictures: pictures.length,
		none: success.length - pictures.length,
		errors,
		reasons: [...new Set(errors.map(({ reason }) => reason))],
		counts: gateway.counts,
	};
}

/** Has the gateway answer single leads so, and the others well. */
function answer(answers: Record<number, Behaviour[]>): void {
	for (const [lead, behaviours] of Object.entries(answers)) {
		suite.standIn.gateway.script.set(idOf(Number(lead)), behaviours);
	}
}

function outage(what: Outage['what'], after: number, says?: Behaviour): void {
	suite.standIn.gateway.outages = [{ what, after, ...(says && { says }) }];
}

describe('The token is revoked after 20 contacts: the rest fails, and is not asked for', () => {
	test.each<[string, Behaviour, number]>([
		[
			'401, "Invalid or Missing Access Token"',
			json(401, { message: 'Unauthorized - Invalid or Missing Access Token' }),
			0,
		],
		['401, invalid_access_token', json(401, { code: 'invalid_access_token' }), 0],
		['403, invalid_access_token', json(403, { code: 'invalid_access_token' }), 0],
		['200, invalid_access_token', json(200, { code: 'invalid_access_token' }), 0],
		['400, invalid_access_token', json(400, { code: 'invalid_access_token' }), 0],
		['401, "Unauthorized"', text(401, 'Unauthorized'), 20],
		['401 alone', text(401, ''), 20],
		['401 in XML', xml(401, '<error><message>Unauthorized</message></error>'), 20],
	])('%s', async (_what, says, more) => {
		outage('token', 20, says);
		const { pictures, none, reasons, errors, counts } = await lookUp(LEADS);
		expect([pictures, none, reasons]).toEqual([20, 0, ['credential-invalid']]);
		expect(errors.map(({ description }) => description)).toEqual(
			errors.map(() => expect.stringMatching(/Access Token/)),
		);
		expect(counts.lookUps).toBeLessThanOrEqual(20 + more + CONCURRENCY);
		expect(errors.at(-1)).toMatchObject({ attempts: 0 });
	});

	test('401, "logged out, scan QR": as the session that it is about', async () => {
		outage('session', 20, json(401, { message: 'logged out, scan QR' }));
		const { pictures, none, reasons, counts } = await lookUp(LEADS);
		expect([pictures, none, reasons]).toEqual([20, 0, ['session-disconnected']]);
		expect(counts.lookUps).toBeLessThanOrEqual(20 + CONCURRENCY);
	});
});

describe('Every request is answered 404 by something that does not know the endpoint: no lead is without a picture', () => {
	test.each<[Behaviour]>([
		...NO_ROUTE.map((behaviour): [Behaviour] => [behaviour]),
		[text(404, 'response 404 (backend NotFound), service rules for the path non-existent')],
		[text(404, 'The deployment could not be found. DEPLOYMENT_NOT_FOUND')],
		[text(404, '')],
		[json(404, { detail: 'Not Found' })],
	])('%j', async (says) => {
		outage('route', 0, says);
		const { pictures, none, reasons, counts, hints } = await lookUp(LEADS);
		expect([pictures, none, reasons]).toEqual([0, 0, ['unexpected-response']]);
		expect(counts.lookUps).toBeLessThanOrEqual(20 + 2 * CONCURRENCY);
		if (HAS_HINTS) expect(hints.map(({ message }) => message).join()).toContain('stopped asking');
	});
});

test.each([{ message: 'Not Found' }, { statusCode: 404, error: 'Not Found', message: 'Not Found' }])(
	'Every request, session/info among them, is answered 404 %j: no lead is without a picture',
	async (body) => {
		suite.standIn.gateway.sessionInfoBy = { method: 'none', otherwise: 404 };
		outage('route', 0, json(404, body));
		const { none, reasons, counts } = await lookUp(LEADS);
		expect([none, reasons]).toEqual([0, ['unexpected-response']]);
		expect(counts.lookUps).toBeLessThanOrEqual(20 + 2 * CONCURRENCY);
	},
);

describe('404 for every contact alike, about the session or the account', () => {
	test.each<[Outage['what'], object, string]>([
		['session', { message: 'Device not connected' }, 'session-disconnected'],
		['session', { message: 'not logged in' }, 'session-disconnected'],
		['token', { message: 'account suspended' }, 'credential-invalid'],
		['instance', { code: 'invalid_instance', message: `No look-up of ${idOf(0)}` }, 'session-disconnected'],
	])('%s: %j', async (what, body, reason) => {
		outage(what, 0, json(404, body));
		const { pictures, none, reasons, counts } = await lookUp(LEADS);
		expect([pictures, none, reasons]).toEqual([0, 0, [reason]]);
		expect(counts.lookUps).toBeLessThanOrEqual(CONCURRENCY);
	});

	test('is told by its own words where the gateway does not know session/info', async () => {
		suite.standIn.gateway.sessionInfoBy = { method: 'none', otherwise: 404 };
		outage('session', 0, json(404, { message: 'Device not connected' }));
		const { none, reasons, counts } = await lookUp(1);
		expect([none, reasons, counts.lookUps]).toEqual([0, ['session-disconnected'], 1]);
	});
});

describe("One contact's answer happens to speak of an instance or a session: it is that contact's own, and the rest goes on", () => {
	test.each<[Behaviour]>([
		[json(404, { message: 'For instance, this number may not be on WhatsApp' })],
		[json(404, { message: 'Number is not registered on WhatsApp (session: default)' })],
		[json(404, { code: 'not_found', message: 'Not found' })],
		[text(401, 'Unauthorized')],
	])('%j', async (says) => {
		for (const lead of [0, 7, LEADS - 1]) {
			suite.standIn.gateway.reset();
			answer({ [lead]: [says] });
			const { pictures, none } = await lookUp(LEADS, { concurrency: lead === 0 ? 1 : CONCURRENCY });
			expect([pictures, none]).toEqual([LEADS - 1, 1]);
		}
	});

	test('and one that says that the credential is dead, though it works, is asked for again', async () => {
		answer({ 7: Array<Behaviour>(2).fill(json(401, { message: 'Invalid or Missing Access Token' })) });
		const { pictures, none, counts } = await lookUp(LEADS);
		expect([pictures, none, counts.perContact[idOf(7)]]).toEqual([LEADS - 1, 1, 2]);
	});
});

describe("A session's trouble in words or in a state ends the run, whatever the status", () => {
	const waha = (status: string) => ({
		error: 'Session status is not as expected. Try again later or restart the session',
		session: 'default',
		status,
		expected: ['WORKING'],
	});

	test.each<[Behaviour]>([
		[json(422, waha('STOPPED'))],
		[json(422, waha('SCAN_QR_CODE'))],
		[json(400, { message: 'No sessions' })],
		[json(403, { message: 'Session is not connected' })],
		[json(409, { message: 'The session is closed' })],
		[json(500, { message: 'Session is not connected' })],
		[text(503, 'The instance is disconnected')],
		[json(200, { message: 'Session is not connected' })],
		[json(200, { code: 'invalid_instance' })],
		[json(400, { code: 'invalid_instance' })],
		[json(403, { code: 'invalid_instance' })],
	])('%j', async (says) => {
		outage('session', 0, says);
		const { pictures, none, reasons, counts } = await lookUp(LEADS, { maxRetries: 2 });
		expect([pictures, none, reasons]).toEqual([0, 0, ['session-disconnected']]);
		expect([counts.lookUps <= CONCURRENCY, counts.sessionInfos]).toEqual([true, 0]);
	});

	test('but one that is starting is asked again later', async () => {
		answer({ 0: [json(422, waha('STARTING'))] });
		const { pictures, counts } = await lookUp(2, { maxRetries: 1 });
		expect([pictures, counts.perContact[idOf(0)]]).toEqual([2, 2]);
	});
});

describe("The account's limit is a rate limit, in words about the plan, and ends the run", () => {
	test.each<[Behaviour]>([
		[text(402, '')],
		[json(403, { code: 'policy_day_limit' })],
		[json(403, { code: 'quota_reached', message: 'x' })],
	])('%j', async (says) => {
		outage('session', 0, says);
		const { reasons, errors, counts } = await lookUp(LEADS, { maxRetries: 2 });
		expect(reasons).toEqual(['rate-limited']);
		expect(errors[0]?.message).toMatch(/plan/);
		expect(counts.lookUps).toBeLessThanOrEqual(CONCURRENCY);
	});
});

describe('What a 200 is taken for', () => {
	const id = idOf(0);
	const url = `https://pps.whatsapp.net/v/${FIRST}_1_n.jpg?oe=FFFFFFFF`;

	test.each<[object]>([
		[{ profilePictureURL: url }],
		[{ id, picture: url }],
		[{ success: true, data: { id, url } }],
		[{ id: FIRST, profilePictureUrl: url }],
		[{ id: `${FIRST}@s.whatsapp.net`, imgUrl: url }],
	])('a picture: %j', async (body) => {
		answer({ 0: [json(200, body)] });
		expect((await lookUp(1)).success[0]?.json.url).toBe(url);
	});

	test.each<[object]>([[{ id, url: null }], [{ profilePictureURL: null }], [{ success: true, data: { id, url: '' } }]])(
		'none: %j',
		async (body) => {
			answer({ 0: [json(200, body)] });
			expect((await lookUp(1)).none).toBe(1);
		},
	);

	test.each<[number, object, string]>([
		[200, { id, photo_link: url }, 'unexpected-response'],
		[200, { id, url: null, photo_link: url }, 'unexpected-response'],
		[200, { id, url: null, error: 'x' }, 'unexpected-response'],
		[200, { id, url: null, errors: ['x'] }, 'unexpected-response'],
		[200, { id, url: null, success: false }, 'unexpected-response'],
		[200, { id, url: null, status: 'failed' }, 'unexpected-response'],
		[200, { id, url: null, code: 'teapot' }, 'unexpected-response'],
		[200, { id, url: null, statusCode: 500 }, 'unexpected-response'],
		[200, { id, url: null, reason: 'rate-overlimit' }, 'rate-limited'],
		[200, { id, url: null, data: { message: 'Session is not connected' } }, 'session-disconnected'],
		[200, { id, url: null, data: { error: 'x' } }, 'unexpected-response'],
		[200, { id }, 'unexpected-response'],
		[202, { id, url: null }, 'unexpected-response'],
		[206, { id, url }, 'unexpected-response'],
		[200, { error: 'Something went wrong', url: 'https://docs.wawp.net/errors' }, 'unexpected-response'],
		[200, { id, url: 'https://[bad' }, 'unexpected-response'],
		[200, { id, url: 'http://x' }, 'unexpected-response'],
		[200, { id: '15557654321@c.us', url }, 'unexpected-response'],
		[200, { contactId: '15557654321@c.us', url: null }, 'unexpected-response'],
		[200, { wuid: '15557654321@s.whatsapp.net', profilePictureUrl: url }, 'unexpected-response'],
		[200, { id, url: null, status: 'pending', message: 'Profile picture not available' }, 'temporarily-unavailable'],
		[202, { message: 'Profile picture not found' }, 'unexpected-response'],
	])('a failure: %d %j, %s', async (status, body, reason) => {
		answer({ 0: [json(status, body)] });
		const { reasons, counts } = await lookUp(1);
		expect([reasons, counts.lookUps]).toEqual([[reason], 1]);
	});

	test('names its status and its keys where it is not understood, and none of its values', async () => {
		answer({ 0: [json(200, { id, photo_link: url, [ACCESS_TOKEN]: 1 })] });
		const { errors } = await lookUp(1);
		expect(errors[0]?.description).toContain('status 200 and JSON with id, photo_link.');
	});
});

test("A picture without an ID is nobody's where it is another contact's, whose ID came with it", async () => {
	const url = `https://pps.whatsapp.net/v/${FIRST}_1_n.jpg?oe=FFFFFFFF`;
	answer({ 0: [json(200, { id: idOf(0), url })], 1: [json(200, { url })] });
	const { pictures, reasons, success } = await lookUp(2);
	expect([pictures, reasons, success[0]?.json.id]).toEqual([1, ['unexpected-response'], idOf(0)]);
});

describe('What an answer beside 200 is taken for', () => {
	test.each<[Behaviour, string]>([
		[json(403, { code: 'forbidden', message: 'Profile pictures are not available on this plan' }), 'bad-request'],
		[json(404, { message: 'This plan does not include profile pictures' }), 'bad-request'],
		[json(403, { message: 'Your account has been blocked by this contact' }), 'bad-request'],
		[json(500, { message: 'Cannot get profile picture' }), 'temporarily-unavailable'],
		[
			json(500, { exception: { message: 'Protocol error: Session closed. Most likely the page has been closed.' } }),
			'temporarily-unavailable',
		],
		[json(429, { type: 'https://example.com/429', title: 'Too Many Requests', status: 429 }), 'rate-limited'],
	])('%j: %s, and the rest goes on', async (says, reason) => {
		answer({ 7: [says] });
		const { pictures, reasons } = await lookUp(LEADS, { maxRetries: 0 });
		expect([pictures, reasons]).toEqual([LEADS - 1, [reason]]);
	});
});

test.each([false, true])(
	'A cache in front that gives the same answer for every contact files it for its own alone (Download Picture: %p)',
	async (downloadPicture) => {
		suite.standIn.gateway.books = { seed: '', without: 0, mixedUp: 1 };
		const { pictures, none, reasons, counts } = await lookUp(LEADS, { concurrency: 1, downloadPicture });
		expect([pictures, none, reasons]).toEqual([1, 0, ['unexpected-response']]);
		expect(counts.lookUps).toBe(21);
		expect(Object.keys(counts.perPicture)).toEqual(downloadPicture ? [String(FIRST)] : []);
	},
);

test('A number that WhatsApp does not take is asked for once, and fails in words about the number', async () => {
	answer({ 0: [json(500, { statusCode: 500, exception: { message: 'bad-request', data: 400 } })] });
	const { errors } = await lookUp(1, { maxRetries: 3 });
	expect(errors).toMatchObject([
		{ reason: 'bad-request', attempts: 1, description: expect.stringMatching(/Check the number/) },
	]);
});

test.each<[Behaviour]>([[text(401, 'Unauthorized')], [text(404, 'Cannot GET /v2/contacts/profile-picture')]])(
	'With Download Picture, a cached URL that has expired stays where the live look-up comes back unconfirmed: %j',
	async (live) => {
		const { id } = PICTURES.expired;
		const stale = `https://pps.whatsapp.net/v/${Number.parseInt(id)}_1_n.jpg?oe=5F000000`;
		suite.standIn.gateway.script.set(id, [json(200, { id, url: stale }), live]);
		const { success, failed } = await runInEngine({
			leads: [{ phone: id }],
			onError: 'continueErrorOutput',
			parameters: { options: { downloadPicture: true } },
		});
		expect(success).toEqual([]);
		expect(failed[0]?.json.error).toMatchObject({ reason: 'download-failed', url: stale, attempts: 2 });
	},
);

test('With Download Picture, an item that asks live as well as one with an expired URL has what is confirmed', async () => {
	const { id } = PICTURES.expired;
	const stale = `https://pps.whatsapp.net/v/${Number.parseInt(id)}_1_n.jpg?oe=5F000000`;
	suite.standIn.gateway.script.set(id, [json(200, { id, url: stale }), text(401, '')]);
	const { success, failed } = await runInEngine({
		leads: [{ phone: id }, { phone: id, live: true }],
		onError: 'continueErrorOutput',
		parameters: { refresh: '={{ $json.live === true }}', options: { downloadPicture: true, concurrency: 1 } },
	});
	expect(success.map(({ json: { url } }) => url)).toEqual([null]);
	expect(failed.map(({ json: { error } }) => (error as IDataObject).reason)).toEqual(['download-failed']);
});

describe('The state of the session', () => {
	test('is not asked for where no answer was unconfirmed', async () => {
		answer({ 3: [json(404, { message: 'No profile picture' })], 4: [json(500, { message: 'not-authorized' })] });
		expect((await lookUp(LEADS)).counts.sessionInfos).toBe(0);
	});

	test('is asked for with GET where the gateway has no POST there', async () => {
		suite.standIn.gateway.sessionInfoBy = { method: 'GET', otherwise: 405 };
		answer({ 0: [text(401, '')] });
		const { gateway } = suite.standIn;
		const { success } = await runInEngine({ leads: [{ phone: idOf(0) }], onError: 'continueErrorOutput' });
		expect([success[0]?.json.url, gateway.counts.sessionInfos]).toEqual([null, 2]);
	});

	test.each<[string, Behaviour]>([
		['broken', text(500, 'Internal Server Error')],
		['a page', { status: 200, type: 'text/html', body: '<html><body>Sign in</body></html>' }],
		['nonsense', text(200, 'OK')],
	])("leaves a 404 in Wawp's own envelope alone to be none where it is %s", async (_what, says) => {
		suite.standIn.gateway.sessionScript.push(says);
		answer({ 0: [json(404, { code: 'not_found' })], 1: [text(404, '')], 2: [text(401, '')] });
		const { none, errors } = await lookUp(3);
		expect(none).toBe(1);
		expect(errors).toMatchObject(
			[404, 401].map((statusCode) => ({
				reason: 'unexpected-response',
				statusCode,
				message: expect.stringMatching(/not known/),
			})),
		);
	});
});
