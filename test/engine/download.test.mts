import type { IBinaryData, IDataObject, INodeParameters } from 'n8n-workflow';

import type { Behaviour } from '../stand-in/behaviours.mts';
import { FAULTS } from '../stand-in/faults.mts';
import { PICTURES } from '../stand-in/pictureFaults.mts';
import { pictureOf } from '../stand-in/pictures.mts';
import { AMPLE_MS, noConnectionOpen, stopOnce, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();
const counts = () => suite.standIn.gateway.counts;
const digitsOf = (id: string) => id.replace(/\D/g, '');

const OPTIONS = { downloadPicture: true, timeout: AMPLE_MS, maxRetries: 0, requestsPerMinute: 0 };

async function run(phones: unknown[], options: INodeParameters = {}, more: object = {}) {
	return await runInEngine({
		leads: phones.map((phone) => ({ phone }) as IDataObject),
		onError: 'continueErrorOutput',
		parameters: { options: { ...OPTIONS, ...options } },
		...more,
	});
}

/** What came of one contact. */
async function download(phone: string, options: INodeParameters = {}) {
	const { success, failed } = await run([phone], options);
	expect(success.length + failed.length).toBe(1);
	return { success: success[0], error: failed[0]?.json.error as IDataObject | undefined };
}

const bytesOf = (file: IBinaryData | undefined) => Buffer.from(file?.data ?? '', 'base64');

// It is made on first demand, which takes longer than the timeout above.
beforeAll(() => void FAULTS['gzip bomb, 100 MB'].does(''));
afterEach(() => {
	expect(counts().credentialLeaks).toBe(0);
	expect(counts().strays).toEqual([]);
});

describe('a picture that is downloaded', () => {
	test('comes as binary data beside id and url: the bytes that the server sent, named after the contact', async () => {
		const { success } = await download('+1 555 123 4567');
		expect(success?.json).toEqual({
			id: '15551234567@c.us',
			url: expect.stringContaining('https://pps.whatsapp.net/'),
		});
		expect(Object.keys(success?.binary ?? {})).toEqual(['data']);
		const file = success?.binary?.data;
		expect(file).toMatchObject({
			fileName: '15551234567.jpg',
			fileExtension: 'jpg',
			mimeType: 'image/jpeg',
			fileType: 'image',
		});
		expect(bytesOf(file).equals(await pictureOf('15551234567'))).toBe(true);
		expect(success?.pairedItem).toEqual({ item: 0 });
	});

	test('goes into the field that is named', async () => {
		const { success } = await download('15551234567', { binaryPropertyName: 'Profile picture' });
		expect(Object.keys(success?.binary ?? {})).toEqual(['Profile picture']);
	});

	test.each([
		['120363025246125486@g.us', '120363025246125486.jpg'],
		['15551234567-1500000000@g.us', '15551234567-1500000000.jpg'],
		['123456789012345@lid', '123456789012345.jpg'],
	])('of %s is named %s', async (id, fileName) => {
		const { url } = (await download(id)).success?.json as { url: string };
		expect(url).toContain(digitsOf(id));
		expect((await download(id)).success?.binary?.data?.fileName).toBe(fileName);
	});

	test.each(['../../etc/passwd@c.us', '..\\boot@c.us', '@c.us', 'x'.repeat(5000)])(
		'is no file where the gateway returns %p for an ID, which is not that of the contact',
		async (id) => {
			const url = 'https://pps.whatsapp.net/v/15551234567_1_n.jpg?oe=FFFFFFFF?oe=FFFFFFFF';
			answer('15551234567@c.us', { id, url });
			expect((await download('15551234567')).error).toMatchObject({ reason: 'unexpected-response' });
			expect(suite.standIn.gateway.counts.perPicture).toEqual({});
		},
	);

	test('has the type and the extension of its content, whatever its address and its header say', async () => {
		expect((await download(PICTURES.png.id)).success?.binary?.data).toMatchObject({
			fileName: `${digitsOf(PICTURES.png.id)}.png`,
			mimeType: 'image/png',
		});
		expect((await download(PICTURES.untyped.id)).success?.binary?.data).toMatchObject({
			fileName: `${digitsOf(PICTURES.untyped.id)}.jpg`,
			mimeType: 'image/jpeg',
		});
	});

	test('may be on another host of WhatsApp’s, to which the server leads', async () => {
		const { success } = await download(PICTURES.moved.id);
		expect(bytesOf(success?.binary?.data).equals(await pictureOf(digitsOf(PICTURES.moved.id)))).toBe(true);
		expect(success?.json.url).toContain('https://pps.whatsapp.net/');
	});

	test('may be up to three redirects away, and no more', async () => {
		const leads = (count: number) =>
			Array<Behaviour>(count).fill({
				status: 302,
				headers: { location: '/v/15551234567_1_n.jpg?oe=FFFFFFFF' },
				body: '',
			});
		suite.standIn.gateway.pictureScript.set('15551234567', leads(3));
		expect((await download('15551234567')).success?.binary?.data?.fileName).toBe('15551234567.jpg');
		suite.standIn.gateway.pictureScript.set('15551234567', leads(4));
		expect((await download('15551234567')).error?.message).toBe("The picture's URL redirects too many times");
		expect(counts().perPicture).toEqual({ 15551234567: 8 });
	});

	test.each([
		['with its length', {}],
		['without its length', { withoutLength: true as const }],
	])('has 5 MB at most, %s', async (_what, more) => {
		const end = Buffer.from('ffd9', 'hex');
		const jpegOf = (size: number) => Buffer.concat([Buffer.from('ffd8ffda', 'hex'), Buffer.alloc(size - 6), end], size);
		const most = 5 * 1024 ** 2;
		suite.standIn.gateway.pictureScript.set(
			'15551234567',
			[most, most + 1].map((size) => ({ status: 200, body: jpegOf(size), ...more })),
		);
		expect(bytesOf((await download('15551234567')).success?.binary?.data)).toHaveLength(most);
		expect((await download('15551234567')).error?.message).toBe('The picture is larger than 5 MB');
	});

	test('is downloaded once for all items with that contact, each of which has a copy of its own', async () => {
		const { success } = await run(['15551234567', '+1 555 123 4567', '15551234568', 15551234567]);
		expect(success.map(({ binary }) => binary?.data?.fileName)).toEqual([
			'15551234567.jpg',
			'15551234567.jpg',
			'15551234568.jpg',
			'15551234567.jpg',
		]);
		expect(success[0]?.binary?.data).toEqual(success[1]?.binary?.data);
		expect(success[0]?.binary?.data).not.toBe(success[1]?.binary?.data);
		expect(counts().perPicture).toEqual({ 15551234567: 1, 15551234568: 1 });
	});

	test('is none where there is no picture to see, and that is no failure', async () => {
		answer('15551234567@c.us', { id: '15551234567@c.us', url: null });
		const { success } = await download('15551234567');
		expect(success?.json).toEqual({ id: '15551234567@c.us', url: null });
		expect(success?.binary).toBeUndefined();
	});

	test('is left where it is unless the option is on', async () => {
		const { success } = await download('15551234567', { downloadPicture: false });
		expect(success?.binary).toBeUndefined();
		expect(counts().perPicture).toEqual({});
	});

	test('counts among the concurrent requests', async () => {
		suite.standIn.gateway.latencyMs = 20;
		const phones = Array.from({ length: 12 }, (_, index) => 15551230000 + index);
		const { success } = await run(phones, { concurrency: 3 });
		expect(success).toHaveLength(12);
		expect(counts().mostConnections).toBeLessThanOrEqual(3);
	});
});

describe('a download that is refused', () => {
	test.each([
		['elsewhere', "The picture's URL redirects to one that is not WhatsApp's own", false],
		['lookalike', "The picture's URL redirects to one that is not WhatsApp's own", false],
		['plainHttp', "The picture's URL redirects to one that is not WhatsApp's own", false],
		['loopback', "The picture's URL redirects to one that is not WhatsApp's own", false],
		['loop', "The picture's URL redirects too many times", false],
		['page', 'The downloaded file is not an image', false],
		['empty', 'The downloaded file is not an image', false],
		['sixMb', 'The picture is larger than 5 MB', false],
		['sixMbWithoutLength', 'The picture is larger than 5 MB', false],
		['flood', 'The picture is larger than 5 MB', false],
		['bomb', 'The picture is larger than 5 MB', false],
		['half', 'The picture arrived incomplete', true],
		['cutShort', 'The download of the picture broke off', true],
		['reset', 'The download of the picture broke off', true],
		['trickle', 'The picture did not arrive within 600 ms', true],
		['hang', 'The picture did not arrive within 600 ms', true],
		['unavailable', "WhatsApp's picture server answered with status 503", true],
	] as const)('%s: %s (retryable: %s)', async (name, message, retryable) => {
		const { id } = PICTURES[name];
		const { error } = await download(id, message.includes('within 600 ms') ? { timeout: 600 } : {});
		expect(error).toEqual({
			message,
			description: expect.any(String),
			reason: 'download-failed',
			...(name === 'unavailable' && { statusCode: 503 }),
			retryable,
			attempts: 2,
			contactId: id,
			url: expect.stringMatching(new RegExp(`^https://pps\\.whatsapp\\.net/.*${digitsOf(id)}_1_n\\.jpg`)),
		});
	});

	test.each([201, 204, 400, 503])(
		'because status %d is no redirect, though it names another address',
		async (status) => {
			const headers = { location: '/v/15551234567_1_n.jpg?oe=FFFFFFFF' };
			suite.standIn.gateway.pictureScript.set('15551234567', [{ status, headers, body: '' }]);
			expect((await download('15551234567')).error).toMatchObject({ reason: 'download-failed', statusCode: status });
			expect(counts().perPicture).toEqual({ 15551234567: 1 });
		},
	);

	test('because a redirect names no address', async () => {
		suite.standIn.gateway.pictureScript.set('15551234567', [{ status: 302, body: '' }]);
		expect((await download('15551234567')).error).toMatchObject({ reason: 'download-failed', statusCode: 302 });
	});

	test.each([
		['another host', 'https://pictures.example.com/15551234567_1_n.jpg?oe=FFFFFFFF'],
		['a host that only looks like it', 'https://pps.whatsapp.net.example.com/1_1_n.jpg'],
		['a name that ends alike', 'https://evilwhatsapp.net/1_1_n.jpg'],
		['another port', 'https://pps.whatsapp.net:8443/1_1_n.jpg'],
		['a password in the address', 'https://user:secret@pps.whatsapp.net/1_1_n.jpg'],
	])('because the gateway names %s, without a request', async (_what, url) => {
		answer('15551234567@c.us', { id: '15551234567@c.us', url });
		expect((await download('15551234567')).error).toMatchObject({
			reason: 'download-failed',
			message: "The picture's URL is not one of WhatsApp's own",
			retryable: false,
			url,
		});
		expect(counts().perPicture).toEqual({});
	});

	test.each(['sixMbWithoutLength', 'flood', 'trickle'] as const)('fills no memory: %s', async (name) => {
		await download(PICTURES[name].id, name === 'trickle' ? { timeout: 600 } : {});
		await noConnectionOpen(suite.standIn);
		// What is on its way when the reader hangs up has left the server.
		expect(counts().pictureBytes).toBeLessThan(15 * 1024 ** 2);
	});

	test.each(['sixMb', 'long', 'bomb', 'longRedirect', 'longForbidden'] as const)(
		'leaves no connection open with what is not read: %s',
		async (name) => {
			await download(PICTURES[name].id);
			await noConnectionOpen(suite.standIn);
		},
	);

	test('has no more than a few contacts asked for live where the pictures are refused, whoever refuses them', async () => {
		const people = Array.from({ length: 30 }, (_, index) => String(15551230000 + index));
		for (const person of people)
			suite.standIn.gateway.pictureScript.set(person, Array(2).fill({ status: 403, body: '' }));
		const { failed } = await run(people, { concurrency: 3 });
		expect(failed).toHaveLength(30);
		expect(counts().lookUps - 30).toBeGreaterThanOrEqual(3);
		expect(counts().lookUps - 30).toBeLessThanOrEqual(5);
	});

	test('is tried again where that may help, with retries of its own', async () => {
		const busy: Behaviour = { status: 503, body: '' };
		suite.standIn.gateway.script.set('15551234567@c.us', [busy]);
		suite.standIn.gateway.pictureScript.set('15551234567', [busy]);
		const { success } = await download('15551234567', { maxRetries: 1 });
		expect(success?.binary?.data?.fileName).toBe('15551234567.jpg');
		expect([counts().lookUps, counts().perPicture]).toEqual([2, { 15551234567: 2 }]);
	});

	test('is not tried again where that cannot help', async () => {
		await download(PICTURES.page.id, { maxRetries: 3 });
		expect(counts().perPicture).toEqual({ [digitsOf(PICTURES.page.id)]: 1 });
	});

	test('keeps to its item, and the others have their pictures', async () => {
		const { success, failed } = await run(['15551234567', PICTURES.page.id, '15551234568']);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(failed.map(({ json }) => [json.phone, (json.error as IDataObject).reason])).toEqual([
			[PICTURES.page.id, 'download-failed'],
		]);
	});

	test('ends the run with an error that names the item where On Error is Stop Workflow', async () => {
		const { error } = await run(['15551234567', PICTURES.page.id], {}, { onError: 'stopWorkflow' });
		expect(error).toMatchObject({
			message: 'The downloaded file is not an image',
			context: { itemIndex: 1 },
		});
	});
});

describe('an address that has expired', () => {
	test('is refused, and a fresh one is asked for', async () => {
		const { id } = PICTURES.expired;
		const { success } = await download(id);
		expect(success?.json.url).toContain(`${digitsOf(id)}_2_n.jpg`);
		expect(success?.binary?.data?.fileName).toBe(`${digitsOf(id)}.jpg`);
		expect([counts().lookUps, counts().refreshed]).toEqual([2, 2]);
		expect(counts().perPicture).toEqual({ [digitsOf(id)]: 2 });
	});

	test.each(['changed403', 'changed404'] as const)(
		'is replaced by a fresh one where the server says so: %s',
		async (name) => {
			const { id } = PICTURES[name];
			const { success } = await download(id);
			expect(success?.json.url).toContain(`${digitsOf(id)}_2_n.jpg`);
			expect(success?.binary?.data?.fileName).toBe(`${digitsOf(id)}.jpg`);
			expect([counts().lookUps, counts().perPicture]).toEqual([2, { [digitsOf(id)]: 2 }]);
		},
	);

	test.each([
		['forbidden', 403],
		['notFound', 404],
	] as const)('is replaced once only: %s', async (name, statusCode) => {
		const { id } = PICTURES[name];
		const { error } = await download(id, { maxRetries: 3 });
		expect(error).toMatchObject({
			reason: 'download-failed',
			message: `WhatsApp no longer serves the picture at this URL (status ${statusCode})`,
			statusCode,
			retryable: true,
			attempts: 4,
			url: expect.stringContaining(`${digitsOf(id)}_2_n.jpg`),
		});
		expect([counts().lookUps, counts().perPicture]).toEqual([2, { [digitsOf(id)]: 2 }]);
	});

	test('is not replaced if the lookup was live in the first place', async () => {
		const { error } = await download(PICTURES.forbidden.id);
		expect(error?.attempts).toBe(4);
		suite.standIn.gateway.reset();
		const { failed } = await runInEngine({
			leads: [{ phone: PICTURES.forbidden.id }],
			onError: 'continueErrorOutput',
			parameters: { refresh: true, options: { downloadPicture: true, maxRetries: 0 } },
		});
		expect(failed[0]?.json.error).toMatchObject({ reason: 'download-failed', attempts: 2 });
		expect(counts().lookUps).toBe(1);
	});

	test('makes a failure that carries it where the live lookup finds no picture', async () => {
		const { id } = PICTURES.changed404;
		const url = `https://pps.whatsapp.net/${digitsOf(id)}_1_n.jpg?oe=FFFFFFFF`;
		answer(id, { id, url }, { id, url: null });
		expect((await download(id)).error).toMatchObject({ reason: 'download-failed', retryable: true, attempts: 3, url });
	});

	test('makes a failure that carries it where the gateway does not give a fresh one', async () => {
		const { id } = PICTURES.changed404;
		const url = `https://pps.whatsapp.net/${digitsOf(id)}_1_n.jpg?oe=FFFFFFFF`;
		answer(id, { id, url });
		suite.standIn.gateway.script.get(id)?.push({ status: 503, body: '' });
		expect((await download(id)).error).toMatchObject({
			reason: 'download-failed',
			message: "The picture's URL no longer works, and no new one could be fetched. Wawp could not answer just now",
			statusCode: 503,
			retryable: true,
			attempts: 3,
			url,
		});
	});
});

describe('stopping the execution', () => {
	test.each(['hang', 'trickle'] as const)('ends a download that is open: %s', async (name) => {
		const started = performance.now();
		const { run: ran } = await run(
			[PICTURES[name].id, '15551234567'],
			{ concurrency: 1, timeout: 60_000 },
			{ whenRunning: stopOnce(() => Object.keys(counts().perPicture).length > 0) },
		);
		expect(ran.status).toBe('canceled');
		expect(performance.now() - started).toBeLessThan(30_000);
		expect(counts().lookUps).toBe(1);
	});
});

/** Scripts the gateway's next answers for a contact. */
function answer(id: string, ...bodies: object[]): void {
	suite.standIn.gateway.script.set(
		id,
		bodies.map((body) => ({ status: 200, type: 'application/json', body: JSON.stringify(body) })),
	);
}
