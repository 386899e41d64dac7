import sharp from 'sharp';

import { pictureOf, pictureUrl } from '../../stand-in/pictures.mts';

describe('the pictures of the stand-in', () => {
	test('are JPEGs, the same for the same contact, another for another', async () => {
		const [once, again, other] = await Promise.all(['15551234567', '15551234567', '15551234568'].map(pictureOf));
		expect(await sharp(once).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 320 });
		expect(once?.equals(again as Buffer)).toBe(true);
		expect(once?.equals(other as Buffer)).toBe(false);
	});

	// wawp-api.md: the URL lasts 24 to 48 hours, and `oe` is its end in hexadecimal Unix seconds.
	test('have an address that says when it ends', () => {
		const url = new URL(pictureUrl('15551234567@c.us', 1, Date.parse('2024-08-12T08:51:58Z')));
		expect(url.hostname).toBe('pps.whatsapp.net');
		expect(url.searchParams.get('oe')).toBe('66BC702E');
	});
});
