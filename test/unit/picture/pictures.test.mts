import type { IExecuteFunctions } from 'n8n-workflow';
import { Readable } from 'node:stream';

import { failure } from '../../../nodes/Wawp/failure';
import { TIMED_OUT } from '../../../nodes/Wawp/limits/inFlightRequests';
import { DOWNLOAD_FAILURES } from '../../../nodes/Wawp/picture/downloadFailure';
import { picturesFor } from '../../../nodes/Wawp/picture/pictures';

// wawp-api.md: oe=66BC702E is 2024-08-14T08:51:58Z.
const EXPIRY = Date.parse('2024-08-14T08:51:58Z');
const URL = 'https://pps.whatsapp.net/v/1.jpg?oe=66BC702E';

describe('The address of a picture', () => {
	const hasExpired = (url: string, now: number) => picturesFor({} as IExecuteFunctions, 0, () => now).hasExpired(url);

	test('has expired from the moment on that it names', () => {
		expect([EXPIRY - 1, EXPIRY, EXPIRY + 1].map((now) => hasExpired(URL, now))).toEqual([false, true, true]);
	});

	test('never says that it has where it names no moment', () => {
		expect(hasExpired('https://pps.whatsapp.net/v/1.jpg', Number.MAX_VALUE)).toBe(false);
	});
});

describe('A picture', () => {
	const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('0000000049454e44ae426082', 'hex')]);

	/** What comes of a picture with these IDs, where n8n stores it so. */
	async function fetched(ids: { id: string; contactId: string }, stored: (...file: unknown[]) => unknown, bytes = PNG) {
		const httpRequest = async () => ({ statusCode: 200, headers: {}, body: Readable.from([bytes]) });
		const context = { helpers: { httpRequest, prepareBinaryData: async (...file: unknown[]) => stored(...file) } };
		const pictures = picturesFor(context as unknown as IExecuteFunctions, 1000, Date.now);
		return await pictures.fetch({ ...ids, url: URL }, new AbortController().signal);
	}

	test.each([
		['15551234567@c.us', '15551234567'],
		['15551234567:12@s.whatsapp.net', '15551234567'],
		['15551234567-1500000000@g.us', '15551234567-1500000000'],
		['1234@lid', '1234'],
		['123@lid', '4920@c.us'],
		['../../etc/passwd@c.us', '4920@c.us'],
		['../15551234567@c.us', '4920@c.us'],
		['15551234567', '4920@c.us'],
		[`${'1'.repeat(40)}@c.us`, '1'.repeat(40)],
		[`${'1'.repeat(41)}@c.us`, '4920@c.us'],
	])('is handed to n8n with its type, by a name that its ID gives, or else its contact’s: %s', async (id, name) => {
		const file = { data: 'kept' };
		const stored = jest.fn(() => file);
		expect(await fetched({ id, contactId: '4920@c.us' }, stored)).toEqual({ file });
		expect(stored).toHaveBeenCalledWith(PNG, `${name.replace(/@.*/, '')}.png`, 'image/png');
	});

	test('that could not be downloaded says why', async () => {
		const stored = jest.fn();
		const ids = { id: '15551234567@c.us', contactId: '15551234567@c.us' };
		expect(await fetched(ids, stored, Buffer.from('Sign in'))).toBe(DOWNLOAD_FAILURES.content);
		expect(stored).not.toHaveBeenCalled();
	});

	test('that did not arrive within the time for one download says how long that was', async () => {
		const httpRequest = async () => await Promise.reject(new Error('aborted'));
		const pictures = picturesFor({ helpers: { httpRequest } } as unknown as IExecuteFunctions, 1234, Date.now);
		const picture = { id: '15551234567@c.us', contactId: '15551234567@c.us', url: URL };
		expect(await pictures.fetch(picture, AbortSignal.abort(TIMED_OUT))).toMatchObject({
			failure: { message: 'The picture did not arrive within 1234 ms' },
		});
	});

	test('that n8n cannot store is a failure with n8n’s own words, and it is of no use to try again', async () => {
		const full = () => {
			throw new Error('no space left on device');
		};
		expect(await fetched({ id: '15551234567@c.us', contactId: '15551234567@c.us' }, full)).toEqual({
			failure: failure('download-failed', {
				message: 'n8n could not store the picture',
				description: "Check n8n's storage for binary data and its free space. n8n says: no space left on device",
				retryable: false,
				isLasting: true,
			}),
		});
	});
});
