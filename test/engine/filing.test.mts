import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type Behaviour, html, json, text } from '../stand-in/behaviours.mts';
import { ACCESS_TOKEN } from '../stand-in/credentials.mts';
import { NO_ROUTE } from '../stand-in/dialects.mts';
import type { Outage } from '../stand-in/outages.mts';
import { PICTURES } from '../stand-in/pictureFaults.mts';
import { HAS_HINTS } from './engine.mts';
import { withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

// As what each answer is filed, in words that no rule knows: Spanish, German, Arabic, Chinese, and English of all kinds.

const suite = withStandIn();

const CONCURRENCY = 5;
const LEADS = 60;
const FIRST = 15551230000;

const idOf = (lead: number) => `${FIRST + lead}@c.us`;
const SOMEBODY_ELSE = '15557654321@c.us';
const MANY = 500;

/** Looks up leads, each of which has to come out once and, with a picture, with its own. */
async function lookUp(leads: number, options: INodeParameters = {}) {
	const ran = await runInEngine({
		leads: Array.from({ length: leads }, (_, lead) => ({ phone: idOf(lead) })),
		onError: 'continueErrorOutput',
		parameters: { options: { concurrency: CONCURRENCY, maxRetries: 0, requestsPerMinute: 0, ...options } },
	});
	const { success, failed, run } = ran;
	const leadOf = ({ pairedItem }: (typeof success)[number]) => (pairedItem as { item: number }).item;
	const items = [...success, ...failed];
	expect(items.map(leadOf).sort((a, b) => a - b)).toEqual([...Array(leads).keys()]);
	const pictures = success.filter(({ json: { url } }) => url !== null);
	for (const item of pictures) expect(item.json.url).toContain(`/${FIRST + leadOf(item)}_`);
	expect(JSON.stringify(run)).not.toContain(ACCESS_TOKEN);
	const errors = failed.map(({ json: { error } }) => error as IDataObject);
	const { counts } = suite.standIn.gateway;
	return {
		...ran,
		pictures: pictures.length,
		none: success.length - pictures.length,
		errors,
		reasons: [...new Set(errors.map(({ reason }) => reason))],
		notAsked: errors.filter(({ attempts }) => attempts === 0).length,
		counts,
	};
}

/** Has the gateway answer single leads so, and the others well. */
function answer(answers: Record<number, Behaviour[]>): void {
	for (const [lead, behaviours] of Object.entries(answers)) {
		suite.standIn.gateway.script.set(idOf(Number(lead)), behaviours);
	}
}

/** Has every second lead answered so, for as often as it is asked for. */
function answerEverySecond(behaviours: Behaviour[]): number {
	behaviours.forEach((behaviour, index) => answer({ [2 * index]: Array<Behaviour>(MANY).fill(behaviour) }));
	return 2 * behaviours.length;
}

function outage(what: Outage['what'], after: number, says?: Behaviour): void {
	suite.standIn.gateway.outages = [{ what, after, ...(says && { says }) }];
}

function sessionSays(behaviour: Behaviour): void {
	suite.standIn.gateway.sessionScript.push(...Array<Behaviour>(MANY).fill(behaviour));
}

function controlSays(behaviour: Behaviour): void {
	suite.standIn.gateway.controlScript.push(...Array<Behaviour>(MANY).fill(behaviour));
}

describe('The endpoint is gone after some pictures, and session/info works: no lead is without a picture', () => {
	test.each<[Behaviour]>([
		[text(404, '')],
		[text(404, 'Ruta no encontrada')],
		[text(404, 'Nothing here')],
		[json(404, { mensaje: 'La foto de perfil no se encuentra en esta ruta' })],
		[json(404, { message: '找不到头像接口' })],
		[json(404, { fehler: 'Kein Avatar unter diesem Pfad', code: 'not_found' })],
		[text(404, 'المسار غير موجود')],
		...NO_ROUTE.map((behaviour): [Behaviour] => [behaviour]),
	])('%j', async (says) => {
		outage('route', 20, says);
		const { pictures, none, reasons, counts, hints } = await lookUp(LEADS);
		expect([pictures, none, reasons]).toEqual([20, 0, ['unexpected-response']]);
		expect(counts.lookUps).toBeLessThanOrEqual(40 + 2 * CONCURRENCY);
		if (HAS_HINTS) expect(hints.map(({ message }) => message).join()).toContain('stopped early');
	});

	test('and with it session/info', async () => {
		suite.standIn.gateway.sessionInfoBy = { method: 'none', otherwise: 404 };
		outage('route', 0, json(404, { message: 'Not Found' }));
		const { none, reasons } = await lookUp(LEADS);
		expect([none, reasons]).toEqual([0, ['unexpected-response']]);
	});
});

test('200 without an address is no picture only where nothing unknown stands beside it', async () => {
	const leads = answerEverySecond(
		[
			{ reason: 429 },
			{ connected: false },
			{ errorCode: 503 },
			{ isError: true },
			{ meta: { success: false } },
			{ hint: 'Reconnect?' },
			{ message: 'Sesión desconectada' },
			{ aviso: 'Vuelva a escanear el código' },
			{ hinweis: 'Die Sitzung ist getrennt' },
			{ 消息: '会话已断开' },
			{ رسالة: 'انقطعت الجلسة' },
			{ error: null },
			{ data: { state: 'closed' } },
			{ success: false },
			{ status: 'failed' },
			{ code: 'teapot' },
		].map((more) => json(200, { id: null, url: null, ...more })),
	);
	const { pictures, none, reasons } = await lookUp(leads);
	expect([pictures, none, reasons]).toEqual([leads / 2, 0, ['unexpected-response']]);
});

describe('The session has stopped, whatever the gateway says instead: no lead is without a picture', () => {
	test.each<[Behaviour]>([
		[json(404, { message: 'Sitzung getrennt, Avatar kann nicht geladen werden' })],
		[json(404, { message: 'Sin sesión no hay foto de perfil' })],
		[text(404, 'No profile picture: connection lost')],
		[text(404, '')],
		[json(400, { message: 'Sesión cerrada' })],
		[json(403, { message: 'الجلسة متوقفة' })],
		[json(422, { meldung: 'Gerät nicht verbunden' })],
		[json(401, { message: 'logged out, scan QR' })],
		[json(404, { code: 'invalid_session' })],
		[json(200, { code: 'invalid_instance' })],
		[json(200, { message: '会话已断开' })],
		[json(500, { message: 'Session is not connected' })],
		[json(422, { error: 'x', session: 'default', status: 'STOPPED', expected: ['WORKING'] })],
	])('%j', async (says) => {
		outage('session', 20, says);
		const { pictures, none, reasons, counts, notAsked } = await lookUp(LEADS);
		expect([pictures, none, reasons]).toEqual([20, 0, ['session-disconnected']]);
		expect(counts.lookUps).toBeLessThanOrEqual(20 + 2 * CONCURRENCY);
		expect(notAsked).toBeGreaterThanOrEqual(LEADS - 20 - 2 * CONCURRENCY);
	});

	test('but one that is starting is asked again later', async () => {
		answer({ 0: [json(422, { status: 'STARTING', expected: ['WORKING'] })] });
		const { pictures, counts } = await lookUp(2, { maxRetries: 1 });
		expect([pictures, counts.perContact[idOf(0)]]).toEqual([2, 2]);
	});

	test('said once, and not again a moment later, it does not end the run', async () => {
		answer({ 3: Array<Behaviour>(2).fill(json(404, { code: 'invalid_session' })) });
		suite.standIn.gateway.sessionScript.push(json(200, { status: 'STOPPED', me: null }));
		const { pictures, reasons, notAsked } = await lookUp(LEADS);
		expect([pictures, reasons, notAsked]).toEqual([LEADS - 1, ['session-disconnected'], 0]);
	});
});

describe('A sentence about pictures that one contact is answered is not judged, and the rest goes on', () => {
	const SENTENCES = [
		'You have no profile picture requests left this month',
		'Photo module: session missing',
		'Für diesen Tarif gibt es keine Profilbilder',
		'No hay fotos de perfil disponibles por ahora',
		'لا توجد صورة',
		'This account has been banned',
		'Recipient device is not connected',
	];

	test.each([200, 202, 400, 401, 403, 409, 422])('under %d', async (status) => {
		const leads = answerEverySecond(SENTENCES.map((message) => json(status, { message })));
		const { pictures, none, reasons, notAsked } = await lookUp(leads);
		const reason = status < 400 || status === 401 ? 'unexpected-response' : 'bad-request';
		expect([pictures, none, reasons, notAsked]).toEqual([SENTENCES.length, 0, [reason], 0]);
	});
});

describe('Every contact is refused while the session works', () => {
	test.each<[Behaviour, string]>([
		[
			json(401, { code: 'unauthorized', message: 'Unauthorized - Invalid or Missing Access Token' }),
			'unexpected-response',
		],
		[json(401, { message: 'غير مصرح' }), 'unexpected-response'],
		[text(401, ''), 'unexpected-response'],
		[json(403, { message: 'Prohibido' }), 'bad-request'],
	])('%j: nobody is without a picture, and the run ends', async (says, reason) => {
		answer(Object.fromEntries(Array.from({ length: LEADS }, (_, lead) => [lead, [says]])));
		const { pictures, none, reasons, counts } = await lookUp(LEADS);
		expect([pictures, none, reasons]).toEqual([0, 0, [reason]]);
		expect(counts.lookUps).toBeLessThanOrEqual(22 + CONCURRENCY);
	});
});

describe('A 404 is nothing where the gateway does not say that it is well', () => {
	test.each<[Behaviour]>([
		[json(200, { connected: false })],
		[json(200, { status: 'OFFLINE', me: null })],
		[json(200, { estado: 'FUNCIONANDO' })],
		[text(500, 'Internal Server Error')],
		[html(200, 'Anmelden')],
		[text(200, 'OK')],
		[{ fault: 'reset' }],
	])('session/info says %j', async (says) => {
		sessionSays(says);
		const leads = answerEverySecond([
			json(404, { code: 'not_found' }),
			json(404, { code: 'no_picture', message: 'No profile picture' }),
			text(404, ''),
		]);
		const { pictures, none, reasons } = await lookUp(leads);
		expect([pictures, none, reasons]).toEqual([leads / 2, 0, ['unexpected-response']]);
	});

	test.each<[Behaviour]>([[html(404, 'Seite nicht gefunden')], [text(405, '')], [json(200, { id: null, url: null })]])(
		'the control lookup says %j',
		async (says) => {
			controlSays(says);
			const leads = answerEverySecond([text(404, ''), json(404, { message: 'sin foto' })]);
			const { pictures, none } = await lookUp(leads);
			expect([pictures, none]).toEqual([leads / 2, 0]);
		},
	);

	test('and is no picture where it does, twice, at the cost of four requests', async () => {
		answer({ 0: Array<Behaviour>(2).fill(json(404, { message: 'ما من صورة' })) });
		const { none, counts } = await lookUp(1);
		expect([none, counts.lookUps, counts.sessionInfos, counts.controlLookups]).toEqual([1, 2, 1, 1]);
	});

	test('nor where the contact has a picture when it is asked for again', async () => {
		answer({ 0: [text(404, '')] });
		expect((await lookUp(1)).pictures).toBe(1);
	});
});

describe('The token is dead', () => {
	const DEAD = json(401, { code: 'x', message: 'Sesame?' });

	test('and pictures from the store come between its 401s: no lead is without a picture', async () => {
		sessionSays(DEAD);
		controlSays(DEAD);
		answerEverySecond(Array<Behaviour>(LEADS / 2).fill(DEAD));
		const { none, reasons } = await lookUp(LEADS);
		expect([none, reasons]).toEqual([0, ['credential-invalid']]);
	});

	test.each<[Behaviour]>([
		[json(401, { message: 'Unauthorized - Invalid or Missing Access Token' })],
		[json(401, { code: 'invalid_access_token' })],
		[json(403, { code: 'invalid_access_token' })],
		[json(401, { mensaje: 'Credencial caducada' })],
		[text(401, '')],
	])('after 20 contacts, and is refused with %j: the rest fails, and is not asked for', async (says) => {
		outage('token', 20, says);
		sessionSays(says);
		const { pictures, none, reasons, errors, counts } = await lookUp(LEADS);
		expect([pictures, none, reasons]).toEqual([20, 0, ['credential-invalid']]);
		expect(errors.map(({ description }) => description)).toEqual(
			errors.map(() => expect.stringMatching(/Access Token/)),
		);
		expect(counts.lookUps).toBeLessThanOrEqual(20 + 2 * CONCURRENCY);
		expect(errors.at(-1)).toMatchObject({ attempts: 0, retryable: true });
	});
});

describe('What is no picture of the contact', () => {
	const id = idOf(0);
	const url = `https://pps.whatsapp.net/v/${FIRST}_1_n.jpg?oe=FFFFFFFF`;

	test.each<[object]>([
		// An address beside a fault, in words that nobody knows.
		[{ url: 'https://wawp.net/ayuda', message: 'Sesión desconectada' }],
		[{ url: 'https://wawp.net/hilfe', meldung: 'Sitzung getrennt' }],
		[{ id, url: 'https://docs.wawp.net/errors', تنبيه: 'انقطعت الجلسة' }],
		[{ url: 'https://portal.example.com/login' }],
		[{ success: true, url: 'https://portal.example.com/login' }],
		// Somebody else's ID.
		[{ id: SOMEBODY_ELSE, url }],
		[{ id: { _serialized: SOMEBODY_ELSE }, url }],
		[{ id: [SOMEBODY_ELSE], url }],
		[{ id: { user: '15557654321', server: 'c.us' }, url }],
		[{ id: SOMEBODY_ELSE, url: null }],
		[{ to: SOMEBODY_ELSE, url }],
		[{ id, phone: SOMEBODY_ELSE, url }],
		[{ remoteJid: '15557654321@s.whatsapp.net', url }],
		[{ contact: { id: SOMEBODY_ELSE }, url }],
		[{ empfänger: [SOMEBODY_ELSE], url }],
		[{ data: { id, url }, para: '15557654321:3@s.whatsapp.net' }],
		// No address that can be used.
		[{ id, url: 'http://pps.whatsapp.net/1.jpg' }],
		[{ id, url: 'https://[bad' }],
		[{ id, url: null, photo_link: url }],
		[{ id, url: null, imgUrl: url }],
		[{ id, photo_link: url }],
	])('%j fails', async (body) => {
		answer({ 0: [json(200, body)] });
		const { reasons, counts } = await lookUp(1);
		expect([reasons, counts.lookUps]).toEqual([['unexpected-response'], 1]);
	});

	test.each<[object]>([
		[{ profilePictureURL: url }],
		[{ id, picture: url }],
		[{ success: true, data: { id, url } }],
		[{ id: ` ${FIRST}@C.US `, profilePictureUrl: url }],
		[{ id: FIRST, url, resolución: '640x640' }],
		[{ id: `${FIRST}:7@s.whatsapp.net`, imgUrl: url }],
		[{ id: '98765@lid', url }],
	])('%j is one', async (body) => {
		answer({ 0: [json(200, body)] });
		const { success } = await lookUp(1);
		expect(success[0]?.json).toEqual({ id: 'id' in body && body.id === '98765@lid' ? '98765@lid' : id, url });
	});

	test.each<[object]>([[{ id, url: null }], [{ profilePictureURL: null }], [{ success: true, data: { id, url: '' } }]])(
		'%j is none',
		async (body) => {
			answer({ 0: [json(200, body)] });
			const { none, counts } = await lookUp(1);
			expect([none, counts.sessionInfos]).toEqual([1, 0]);
		},
	);

	test('names its status and its keys where it is not understood, and none of its values', async () => {
		answer({ 0: [json(200, { id, photo_link: url, [ACCESS_TOKEN]: 1 })] });
		const { errors } = await lookUp(1);
		expect(errors[0]?.description).toContain('status 200 and JSON with id, photo_link.');
	});
});

describe('A code means what it says, for a gateway that is well', () => {
	test.each<[Behaviour]>([
		[json(500, { error: 'the user has hidden their profile picture from you' })],
		[text(500, 'failed to get avatar: that user or group does not have a profile picture')],
		[json(500, { statusCode: 500, exception: { message: 'not-authorized', data: 401 } })],
		[json(401, { code: 'wawp_upstream_error', message: 'not-authorized' })],
		[{ status: 500, type: 'application/xml', body: '<error><code>item-not-found</code></error>' }],
	])('no picture, after one request: %j', async (says) => {
		answer(Object.fromEntries(Array.from({ length: LEADS }, (_, lead) => [lead, [says]])));
		const { none, counts } = await lookUp(LEADS, { maxRetries: 3 });
		expect([none, counts.lookUps]).toEqual([LEADS, LEADS]);
		expect(counts.sessionInfos).toBeLessThanOrEqual(LEADS / 20 + 3);
	});

	test.each<[Behaviour, string, RegExp]>([
		[text(402, ''), 'rate-limited', /plan/],
		[json(403, { code: 'policy_day_limit' }), 'rate-limited', /plan/],
		[json(404, { code: 'quota_reached', message: 'x' }), 'rate-limited', /plan/],
	])('the plan is used up, and the run ends: %j', async (says, reason, message) => {
		outage('session', 0, says);
		const { reasons, errors, counts } = await lookUp(LEADS, { maxRetries: 2 });
		expect(reasons).toEqual([reason]);
		expect(errors[0]?.message).toMatch(message);
		expect(counts.lookUps).toBeLessThanOrEqual(CONCURRENCY);
	});

	test('a number that WhatsApp does not take is asked for once, and fails in words about the number', async () => {
		answer({ 0: [json(500, { statusCode: 500, exception: { message: 'bad-request', data: 400 } })] });
		const { errors } = await lookUp(1, { maxRetries: 3 });
		expect(errors).toMatchObject([
			{ reason: 'bad-request', attempts: 1, description: expect.stringMatching(/Check the number/) },
		]);
	});

	test.each<[Behaviour, string]>([
		[json(500, { message: 'No se puede obtener la foto' }), 'temporarily-unavailable'],
		[json(429, { type: 'https://example.com/429', title: 'Too Many Requests', status: 429 }), 'rate-limited'],
		[json(200, { id: null, url: null, reason: 'rate-overlimit' }), 'rate-limited'],
	])('trouble of one contact is its own: %j', async (says, reason) => {
		answer({ 7: [says] });
		const { pictures, reasons } = await lookUp(LEADS);
		expect([pictures, reasons]).toEqual([LEADS - 1, [reason]]);
	});
});

describe('A picture without an ID', () => {
	test("is nobody's where it is another contact's, whose ID came with it", async () => {
		const url = `https://pps.whatsapp.net/v/${FIRST}_1_n.jpg?oe=FFFFFFFF`;
		answer({ 0: [json(200, { id: idOf(0), url })], 1: [json(200, { url })] });
		const { pictures, reasons, success } = await lookUp(2);
		expect([pictures, reasons, success[0]?.json.id]).toEqual([1, ['unexpected-response'], idOf(0)]);
	});

	test.each([false, true])(
		'from a cache that gives the same answer to every contact is filed for its own alone (Download Picture: %p)',
		async (downloadPicture) => {
			suite.standIn.gateway.books = { seed: '', without: 0, mixedUp: 1 };
			const { pictures, none, reasons, counts } = await lookUp(LEADS, { concurrency: 1, downloadPicture });
			expect([pictures, none, reasons]).toEqual([1, 0, ['unexpected-response']]);
			expect(counts.lookUps).toBe(21);
			expect(Object.keys(counts.perPicture)).toEqual(downloadPicture ? [String(FIRST)] : []);
		},
	);
});

describe('What cannot be had costs seconds, not hours:', () => {
	test('session/info that hangs is asked for again once, and then once for every twenty answers', async () => {
		sessionSays({ fault: 'hang' });
		const leads = answerEverySecond(Array<Behaviour>(100).fill(text(404, '')));
		const { pictures, none, reasons, counts } = await lookUp(leads, { timeout: 1500, maxRetries: 1 });
		expect([pictures, none, reasons]).toEqual([100, 0, ['unexpected-response']]);
		expect(counts.sessionInfos).toBeLessThanOrEqual(2 + 100 / 20);
	});

	test('pictures that cannot be downloaded end the downloads after twenty, with the URL for the others', async () => {
		for (let lead = 0; lead < LEADS; lead += 1) {
			suite.standIn.gateway.pictureScript.set(String(FIRST + lead), Array<Behaviour>(9).fill({ fault: 'reset' }));
		}
		const { reasons, errors, counts } = await lookUp(LEADS, { downloadPicture: true, maxRetries: 1 });
		expect(reasons).toEqual(['download-failed']);
		expect(errors.map(({ url }) => url)).toEqual(errors.map(() => expect.stringContaining('pps.whatsapp.net')));
		const fetched = Object.values(counts.perPicture).reduce((sum, count) => sum + count, 0);
		expect([counts.lookUps, fetched <= 2 * (20 + CONCURRENCY)]).toEqual([LEADS, true]);
	});

	test.each<[Behaviour]>([
		[text(401, 'عذرا')],
		[text(404, 'Ruta no encontrada')],
		[json(200, { id: null, url: null })],
	])('a cached URL that has expired stays with its contact where the live lookup finds no other: %j', async (live) => {
		const { id } = PICTURES.expired;
		const stale = `https://pps.whatsapp.net/v/${Number.parseInt(id)}_1_n.jpg?oe=5F000000`;
		suite.standIn.gateway.script.set(id, [json(200, { id, url: stale }), live, live]);
		const { success, failed } = await runInEngine({
			leads: [{ phone: id }],
			onError: 'continueErrorOutput',
			parameters: { options: { downloadPicture: true } },
		});
		expect(success).toEqual([]);
		expect(failed[0]?.json.error).toMatchObject({ reason: 'download-failed', url: stale, retryable: true });
	});
});

describe("The user's proxy refuses", () => {
	/** What the errors of three leads are through a proxy that answers every connection so. */
	async function through(status: number) {
		// Older versions of n8n have the proxy make the encrypted connection, and ask for no tunnel.
		const proxy = createServer((_request, response) => response.writeHead(status).end());
		proxy.on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`));
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		const { HTTPS_PROXY } = process.env;
		process.env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
		try {
			return await lookUp(3);
		} finally {
			process.env.HTTPS_PROXY = HTTPS_PROXY;
			proxy.close();
		}
	}

	test.each([407, 403])('with %d: the words name the proxy, and no lead is filed', async (status) => {
		const { pictures, none, errors } = await through(status);
		expect([pictures, none]).toEqual([0, 0]);
		for (const error of errors) expect(error.message).toMatch(/proxy/);
	});
});

describe('The gateway itself', () => {
	test('is not checked where no answer is unclear', async () => {
		answer({ 3: [json(200, { id: null, url: null })], 4: [json(200, { profilePictureURL: null })] });
		const { counts } = await lookUp(LEADS);
		expect([counts.sessionInfos, counts.controlLookups]).toEqual([0, 0]);
	});

	test('is asked for its session with GET where it has no POST there', async () => {
		suite.standIn.gateway.sessionInfoBy = { method: 'GET', otherwise: 405 };
		answer({ 0: Array<Behaviour>(2).fill(text(404, '')) });
		const { none, counts } = await lookUp(1);
		expect([none, counts.sessionInfos]).toEqual([1, 2]);
	});
});
