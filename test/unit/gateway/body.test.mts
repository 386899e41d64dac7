import { readBody, textsIn, textWithoutDigits } from '../../../nodes/Wawp/gateway/body';

const nested = (depth: number): object => (depth === 1 ? { code: 'deep' } : { in: nested(depth - 1) });

describe('The texts of a body', () => {
	test.each<[string, string[]]>([
		['{"code":"invalid_session","n":7,"list":["a",{"b":"c"}]}', ['invalid_session', 'a', 'c', 'code', 'b']],
		[
			'{"message":"lookup failed: avatar: not-authorized"}',
			['not-authorized', 'lookup failed: avatar: not-authorized'],
		],
		['<error><code> item-not-found </code></error>', ['item-not-found']],
		[' not-authorized\n', ['not-authorized']],
	])('of %s are %j', (body, texts) => {
		expect([...textsIn(readBody(body))]).toEqual(expect.arrayContaining(texts));
	});

	test('are whole ones, and no words of a sentence', () => {
		const texts = textsIn(readBody('{"message":"You are not-authorized here"}'));
		expect(texts.has('not-authorized')).toBe(false);
	});

	test('are read six objects deep, and no deeper', () => {
		expect([5, 6, 7].map((depth) => textsIn(readBody(JSON.stringify(nested(depth)))).has('deep'))).toEqual([
			true,
			true,
			false,
		]);
	});

	test('are read up to 10,000 characters of what is no JSON', () => {
		const text = (length: number) => `${'<br>'.repeat(length / 4)}code`;
		expect([9996, 10_000].map((length) => textsIn(readBody(text(length))).has('code'))).toEqual([true, false]);
	});
});

describe('A body', () => {
	test.each([
		['<!DOCTYPE html>', true],
		['<HTML lang="en">', true],
		[' <body>', true],
		['<error>', false],
		['{"page":"<html>"}', false],
		[`${' '.repeat(3)}${'x'.repeat(10_000)}<html>`, false],
	])('%p is a web page: %p', (body, isPage) => {
		expect(readBody(body).isPage).toBe(isPage);
	});

	test.each([
		['{"id":1}', { id: 1 }],
		[' {"id":1} ', { id: 1 }],
		['[{"id":1}]', undefined],
		['{"id":1', undefined],
		['null', undefined],
	])('%p has the fields %j', (body, fields) => {
		expect(readBody(body).fields).toEqual(fields);
	});

	test('of spaces is empty', () => {
		expect([' \n', '0'].map((body) => readBody(body).isEmpty)).toEqual([true, false]);
	});
});

describe('What an answer says', () => {
	const said = (statusCode: number, body: string) => textWithoutDigits({ statusCode, headers: {}, body });

	test('is the same for two contacts, and at two times', () => {
		const text = (id: string, time: string, request: string) =>
			said(404, `{"message":"no avatar for ${id}","at":"${time}","request":"${request}"}`);
		expect(text('15551234567@c.us', '2026-11-30T01:00:00Z', 'f3a-77')).toBe(
			text('4915112345678@c.us', '2027-01-02T23:59:59Z', '9b-0c'),
		);
	});

	test('differs by its words and by its status', () => {
		expect(said(404, 'no avatar')).not.toBe(said(404, 'no avatars'));
		expect(said(404, 'no avatar')).not.toBe(said(403, 'no avatar'));
	});
});
