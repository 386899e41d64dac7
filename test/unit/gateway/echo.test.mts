import fc from 'fast-check';

import { repeatsToken } from '../../../nodes/Wawp/gateway/echo';

const hexOf = (byte: number) => `%${byte.toString(16).padStart(2, '0')}`;

describe('A text repeats the access token', () => {
	test.each([
		['as it is', 'a+b/c=1', 'https://x.y/?t=a+b/c=1&z'],
		['encoded', 'a+b/c=1', 'https://x.y/?t=a%2Bb%2Fc%3D1'],
		['in lower-case hex', 'a+b/c=1', 'https://x.y/?t=a%2bb%2fc%3d1'],
		['encoded twice', 'a+b/c=1', 'https://x.y/?t=a%252Bb%252Fc%253D1'],
		['encoded five times', 'secret', 'https://x.y/?t=%2525252573ecret'],
		['encoded in half', 'a+b/c=1', 'https://x.y/?t=a+b%2Fc=1'],
		['with letters encoded', 'secret', 'https://x.y/?t=%73ecre%74'],
		['though it has a percent sign itself', 'a%41b', 'https://x.y/?t=a%2541b'],
		['beyond ASCII', 'schlüssel', 'https://x.y/?t=schl%C3%BCssel'],
	])('%s', (_how, token, text) => {
		expect(repeatsToken(text, token)).toBe(true);
	});

	test('in any encoding of any of its bytes, up to five times over', () => {
		const chosen = fc.array(fc.boolean(), { minLength: 1 });
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), chosen, fc.integer({ min: 1, max: 5 }), (token, which, times) => {
				let text = [...Buffer.from(token)]
					.map((byte, index) =>
						which[index % which.length] || byte > 127 || byte === 37 ? hexOf(byte) : String.fromCharCode(byte),
					)
					.join('');
				for (let more = 1; more < times; more += 1) text = encodeURIComponent(text);
				return repeatsToken(`https://x.y/?t=${text}`, token);
			}),
		);
	});

	test.each([
		['another token', 'secret', 'https://x.y/?t=public'],
		['no token was sent', '', 'https://x.y/'],
		['a broken encoding', 'secret', 'https://x.y/?t=%zz%'],
		['encoded more often than anybody does', 'secret', 'https://x.y/?t=%252525252573ecret'],
	])('not where it is %s', (_what, token, text) => {
		expect(repeatsToken(text, token)).toBe(false);
	});
});
