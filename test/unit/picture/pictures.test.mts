import type { IExecuteFunctions } from 'n8n-workflow';

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
