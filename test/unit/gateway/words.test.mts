import { readBody } from '../../../nodes/Wawp/gateway/body';
import { unexpected } from '../../../nodes/Wawp/gateway/words';

const words = (statusCode: number, body: object | string, accessToken = 'tok-8f3a1c') =>
	unexpected(readBody(typeof body === 'string' ? body : JSON.stringify(body)), statusCode, accessToken);

const heldIn = (body: object, accessToken?: string) =>
	/ and (.*)\. Check/.exec(words(200, body, accessToken).description ?? '')?.[1];

describe('Of an answer that makes no sense, the user is told', () => {
	test.each([300, 302, 399])('that it was a redirect, whatever came with it (%d)', (statusCode) => {
		for (const body of ['', '<html>', '{}']) {
			expect(words(statusCode, body)).toEqual({ message: expect.stringMatching(/redirected the request/) });
		}
	});

	test.each([200, 299, 400])('that a page came (%d)', (statusCode) => {
		expect(words(statusCode, '<html>')).toEqual({ message: 'A web page came back instead of an answer from Wawp' });
	});

	test('its status and what was in it, and what to do about that', () => {
		expect(words(206, { id: 1, photo_link: 2 })).toEqual({
			description:
				'The answer had status 206 and JSON with id, photo_link. Check that no proxy stands between n8n and ' +
				'api.wawp.net; if there is none, report this text',
		});
	});

	test('eight keys at most', () => {
		const body = Object.fromEntries([...'abcdefghij'].map((key) => [key, 1]));
		expect(heldIn(body)).toBe('JSON with a, b, c, d, e, f, g, h');
	});

	test('the keys of its data as well, where that has any', () => {
		expect(heldIn({ data: { code: 1, status: 2 } })).toBe('JSON with data, data.code, data.status');
		for (const data of [null, 'text', ['text'], 5, {}]) expect(heldIn({ data })).toBe('JSON with data');
	});

	test('no key that repeats the access token', () => {
		expect(heldIn({ sesame: 1, id: 2, data: { sesame: 3 } }, 'sesame')).toBe('JSON with id, data');
	});
});
