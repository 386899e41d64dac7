import fc from 'fast-check';

import { expiryOf, pictureAddress } from '../../../nodes/Wawp/picture/address';

const PICTURE = 'https://pps.whatsapp.net/v/t61.24694-24/1.jpg?ccb=11-4&oh=01_Q5Aa&oe=66BC702E';

describe('The address of a picture', () => {
	test.each([
		[PICTURE, PICTURE],
		['https://media-fra3-1.cdn.whatsapp.net/1.jpg', 'https://media-fra3-1.cdn.whatsapp.net/1.jpg'],
		['HTTPS://PPS.WhatsApp.NET/V/1.JPG', 'https://pps.whatsapp.net/V/1.JPG'],
		['https://pps.whatsapp.net:443/1.jpg', 'https://pps.whatsapp.net/1.jpg'],
		['https://pps.whatsapp.net', 'https://pps.whatsapp.net/'],
		['https:\\\\pps.whatsapp.net\\1.jpg', 'https://pps.whatsapp.net/1.jpg'],
		[' https://pps.whatsapp.net/1.jpg\n', 'https://pps.whatsapp.net/1.jpg'],
		['https://pps.whatsapp.net/?u=http://evil.example', 'https://pps.whatsapp.net/?u=http://evil.example'],
		['https://pps.whatsapp.net/1.jpg#@evil.example', 'https://pps.whatsapp.net/1.jpg#@evil.example'],
	])('%j is asked for as %s', (address, href) => {
		expect(pictureAddress(address)?.href).toBe(href);
	});

	test.each<[string, string[]]>([
		['no address', ['', 'pps.whatsapp.net/1.jpg', '/v/1.jpg', '//pps.whatsapp.net/1.jpg', 'https://', 'null']],
		[
			'not https',
			[
				...['http://pps.whatsapp.net/1.jpg', 'ftp://pps.whatsapp.net/1.jpg', 'wss://pps.whatsapp.net/1.jpg'],
				...['file:///etc/passwd', 'file://pps.whatsapp.net/etc/passwd', 'data:image/png;base64,iVBORw0KGgo='],
				...['javascript:alert(1)//pps.whatsapp.net', 'blob:https://pps.whatsapp.net/1'],
			],
		],
		['another port', ['https://pps.whatsapp.net:80/1.jpg', 'https://pps.whatsapp.net:8443/1.jpg']],
		[
			'a user',
			[
				...['https://user@pps.whatsapp.net/1.jpg', 'https://user:secret@pps.whatsapp.net/1.jpg'],
				...['https://:secret@pps.whatsapp.net/1.jpg', 'https://pps.whatsapp.net@evil.example/1.jpg'],
				...['https://pps.whatsapp.net:443@evil.example/1.jpg'],
			],
		],
		['a trailing dot', ['https://pps.whatsapp.net./1.jpg']],
		[
			'another host',
			[
				...['https://whatsapp.net/1.jpg', 'https://web.whatsapp.com/1.jpg', 'https://whatsapp.net.evil.example/1.jpg'],
				...['https://pps.whatsapp.net.evil.example/1.jpg', 'https://evilwhatsapp.net/1.jpg'],
				...[
					'https://pps-whatsapp.net/1.jpg',
					'https://pps.whatsapp.network/1.jpg',
					'https://evil.example/.whatsapp.net',
				],
				...['https://evil.example?.whatsapp.net', 'https://evil.example#.whatsapp.net'],
				...['https://evil.example\\.whatsapp.net/1.jpg', 'https://evil.example\\@pps.whatsapp.net/1.jpg'],
				...['https://pps.whatsapp.net\n.evil.example/1.jpg', 'https://pps.whatsapp.net%2eevil.example/1.jpg'],
				...[
					'https://127.0.0.1/pps.whatsapp.net/1.jpg',
					'https://[::1]/pps.whatsapp.net/1.jpg',
					'https://localhost/1.jpg',
				],
			],
		],
		[
			'a host that only looks alike',
			[
				...['https://pps.wh\u0430tsapp.net/1.jpg', 'https://pps.whatsapp.n\u0435t/1.jpg'],
				...['https://pps.\u0461hatsapp.net/1.jpg', 'https://evil.example\u2044.whatsapp.net.evil.example/1.jpg'],
			],
		],
		[
			'signs that no host has',
			[
				...['https://evil.example%00.whatsapp.net/1.jpg', 'https://evil.example%2f.whatsapp.net/1.jpg'],
				...['https://evil.example\0.whatsapp.net/1.jpg', 'https://evil example.whatsapp.net/1.jpg'],
			],
		],
	])('with %s is refused', (_what, addresses) => {
		for (const address of addresses) expect([address, pictureAddress(address)]).toEqual([address, undefined]);
	});

	test.each([
		['/v/2.jpg', 'https://pps.whatsapp.net/v/2.jpg'],
		['2.jpg', 'https://pps.whatsapp.net/v/t61.24694-24/2.jpg'],
		['?oe=66BC702F', 'https://pps.whatsapp.net/v/t61.24694-24/1.jpg?oe=66BC702F'],
		['../../..', 'https://pps.whatsapp.net/'],
		['//mmg.whatsapp.net/2.jpg', 'https://mmg.whatsapp.net/2.jpg'],
		['\\\\mmg.whatsapp.net\\2.jpg', 'https://mmg.whatsapp.net/2.jpg'],
		['https://mmg.whatsapp.net/2.jpg', 'https://mmg.whatsapp.net/2.jpg'],
		['@evil.example/2.jpg', 'https://pps.whatsapp.net/v/t61.24694-24/@evil.example/2.jpg'],
	])('leads on to %j, which is %s', (location, href) => {
		expect(pictureAddress(location, new URL(PICTURE))?.href).toBe(href);
	});

	test.each([
		...['//evil.example/2.jpg', '\\\\evil.example\\2.jpg', '/\\evil.example/2.jpg', '/\t/evil.example/2.jpg'],
		...['//user@pps.whatsapp.net/2.jpg', '//pps.whatsapp.net:8443/2.jpg', 'https://evil.example/2.jpg'],
		...['http://pps.whatsapp.net/2.jpg', 'http:2.jpg', 'file:///etc/passwd', 'data:image/png;base64,iVBORw0KGgo='],
		...['javascript:alert(1)', 'https://'],
	])('does not lead on to %j', (location) => {
		expect(pictureAddress(location, new URL(PICTURE))).toBeUndefined();
	});

	test('never throws, and is on a host of WhatsApp whatever was given', () => {
		const parts = fc.constantFrom('https:', 'http:', '/', '\\', '@', ':', '.', '?', '#', 'whatsapp.net', 'evil', '%2e');
		const texts = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(parts).map((some) => some.join('')),
		);
		fc.assert(
			fc.property(texts, fc.boolean(), (address, isRedirect) => {
				const { href = 'https://pps.whatsapp.net/' } =
					pictureAddress(address, isRedirect ? new URL(PICTURE) : undefined) ?? {};
				expect(href).toMatch(/^https:\/\/[^/?#@:\\]*\.whatsapp\.net\//);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('The expiry of an address', () => {
	// wawp-api.md: oe=66BC702E is 2024-08-14T08:52Z.
	test.each([
		[PICTURE, '2024-08-14T08:51:58.000Z'],
		['https://pps.whatsapp.net/1.jpg?oe=66bc702e', '2024-08-14T08:51:58.000Z'],
		['https://pps.whatsapp.net/1.jpg?oe=66Bc702E#oe=00000000', '2024-08-14T08:51:58.000Z'],
		['https://pps.whatsapp.net/1.jpg?oe=%36%36BC702E', '2024-08-14T08:51:58.000Z'],
		['https://pps.whatsapp.net/1.jpg?oe=66BC702E&oe=FFFFFFFF', '2024-08-14T08:51:58.000Z'],
		['https://example.com/1.jpg?oe=66BC702E', '2024-08-14T08:51:58.000Z'],
		['https://pps.whatsapp.net/1.jpg?oe=00000000', '1970-01-01T00:00:00.000Z'],
		['https://pps.whatsapp.net/1.jpg?oe=ffffffff', '2106-02-07T06:28:15.000Z'],
	])('%s is %s', (address, expiry) => {
		expect(expiryOf(address)?.toISOString()).toBe(expiry);
	});

	const queries = [
		...['', '?oe', '?oe=', '?oe=66BC702', '?oe=66BC702EF', '?oe=66BC702G', '?oe=0x66BC70', '?oe=+66BC702'],
		...['?oe=66BC702E%0A', '?oe=%ff%ff', '?oe=&oe=66BC702E', '?OE=66BC702E', '?ooe=66BC702E', '#oe=66BC702E'],
	];
	test.each([
		...queries.map((query) => `https://pps.whatsapp.net/1.jpg${query}`),
		...['https://pps.whatsapp.net/oe=66BC702E', 'pps.whatsapp.net/1.jpg?oe=66BC702E', 'oe=66BC702E', ''],
	])('%s does not say', (address) => {
		expect(expiryOf(address)).toBeUndefined();
	});

	test('is read without a throw from whatever was given', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isQuery) => {
				const expiry = expiryOf(isQuery ? `https://pps.whatsapp.net/?oe=${text}` : text);
				if (expiry) expect(Number.isNaN(expiry.getTime())).toBe(false);
			}),
			{ numRuns: 1000 },
		);
	});
});
