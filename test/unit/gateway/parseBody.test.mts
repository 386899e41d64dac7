import { readBody } from '../../../nodes/Wawp/gateway/parseBody';

const wordsOf = (body: object | string) => readBody(typeof body === 'string' ? body : JSON.stringify(body)).words;
/** What it says in the innermost of so many objects. */
const nested = (depth: number): object => (depth === 1 ? { message: 'Not Found' } : { error: nested(depth - 1) });

describe('The words of an answer', () => {
	test('are read four objects deep, and no deeper', () => {
		expect([1, 2, 3, 4].map((depth) => wordsOf(nested(depth)))).toEqual(Array(4).fill('not found'));
		expect(wordsOf(nested(5))).toBe('');
	});

	test('are read up to 10,000 characters, of a text as well as of JSON', () => {
		const ends = `${'x'.repeat(9_991)} and more`;
		expect(wordsOf(ends)).toHaveLength(10_000);
		expect(wordsOf(` \n${ends}`)).toBe(ends);
		expect(wordsOf(`x${ends}`)).toBe(`x${ends.slice(0, -1)}`);
		expect(wordsOf({ message: ends })).toBe(ends);
		expect(wordsOf({ message: `x${ends}` })).toBe(`x${ends.slice(0, -1)}`);
	});

	test('are in lower case, with spaces for the underscores of codes', () => {
		expect(wordsOf({ code: 'INVALID_Session_id' })).toBe('invalid session id');
	});

	test('of one field end a sentence, as those of one tag do', () => {
		expect(wordsOf({ code: 'denied', message: 'no picture' })).toBe('denied. no picture');
		expect(wordsOf('<p>not</p><p>found</p>')).toMatch(/not \..*\. found/);
	});

	test('leave out the request where it is repeated: an address, a path, a query', () => {
		for (const repeated of [
			'https://api.wawp.net/not-authorized',
			'/v2/contacts/not-authorized',
			'picture?x=not-authorized',
			'access_token=not-authorized',
			'instance_id=not-authorized',
			'contactId=not-authorized',
		]) {
			expect(wordsOf(`Denied "${repeated}" today`)).toBe('denied today');
		}
	});

	test.each([
		'access_token',
		'accessToken',
		'instance',
		'instance_id',
		'instanceId',
		'contact_id',
		'contactId',
		'URL',
		'path',
		'request',
		'query',
		'param',
		'params',
		'parameter',
		'parameters',
		'header',
		'headers',
		'name',
		'pushName',
		'push_name',
		'displayName',
		'display_name',
	])('leave out what stands under %s, which repeats the request or is a person’s', (key) => {
		expect(wordsOf({ [key]: 'blocked', data: { [key]: ['blocked'] }, message: 'denied' })).toBe('denied');
	});

	test.each(['error_url', 'urls', 'filename', 'nickname', 'my_headers'])('do not leave out %s', (key) => {
		expect(wordsOf({ [key]: 'blocked' })).toBe('blocked');
	});

	test('hold one key, which is a code itself', () => {
		expect(wordsOf({ wawp_upstream_error: 'timed out', other_error: 'x' })).toBe('wawp upstream error. timed out. x');
		expect(wordsOf({ wawp_upstream_error: true })).toBe('wawp upstream error');
	});

	test('are none of a page, whatever it says', () => {
		for (const begins of ['<!DOCTYPE html>', '<!doctype  HTML>', '<html lang="en">', '<head>', '<body>']) {
			expect(readBody(`${begins}Not found`)).toMatchObject({ isPage: true, words: '' });
		}
		expect(readBody('<bodyguard>Not found</bodyguard>')).toMatchObject({ isPage: false });
		expect(readBody('{"message":"<html>Not found"}')).toMatchObject({
			isPage: false,
			words: expect.stringContaining('not found'),
		});
	});
});

describe('A body', () => {
	test.each(['', ' ', '\n\t'])('of nothing but spaces is empty: %j', (raw) => {
		expect(readBody(raw)).toMatchObject({ isEmpty: true, words: '' });
		expect(readBody('x').isEmpty).toBe(false);
	});

	test.each(['[{"id":1}]', '"text"', '7', 'null', '{"id":', 'id: {}'])(
		'has fields where it is a JSON object only: %s',
		(raw) => {
			expect(readBody(raw)).not.toHaveProperty('fields');
			expect(readBody(' {"id":1}\n').fields).toEqual({ id: 1 });
		},
	);

	test('has an address wherever one stands in it, behind any number of characters', () => {
		for (const address of ['https://x', 'http://x', 'HTTP://x', 'https:\\/\\/x']) {
			expect(readBody(`${' '.repeat(20_000)}{"a":"b ${address}`).hasAddress).toBe(true);
		}
		for (const none of ['https', 'ftp://x', 'https:x', '//x']) expect(readBody(none).hasAddress).toBe(false);
	});
});
