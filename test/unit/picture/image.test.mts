import fc from 'fast-check';
import sharp from 'sharp';

import { imageTypeOf } from '../../../nodes/Wawp/picture/image';

const JPEG = { extension: 'jpg', mimeType: 'image/jpeg' };
const PNG = { extension: 'png', mimeType: 'image/png' };
const WEBP = { extension: 'webp', mimeType: 'image/webp' };
const GIF = { extension: 'gif', mimeType: 'image/gif' };

/** Noise, the same each time, so that the data of the image have all kinds of bytes. */
const NOISE = Buffer.from(Array.from({ length: 48 * 48 * 3 }, (_, index) => (index * index * 31 + index * 7) % 251));
const drawing = () => sharp(NOISE, { raw: { width: 48, height: 48, channels: 3 } });
const jpeg = async (progressive = false) => await drawing().jpeg({ progressive }).toBuffer();
const thumbnail = async () => await drawing().resize(8, 8).jpeg().toBuffer();

const segment = (marker: number, ...content: Buffer[]) => {
	const body = Buffer.concat(content);
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(body.length + 2, 2);
	return Buffer.concat([head, body]);
};
/** Puts something right after the mark that a JPEG begins with. */
const withFront = (image: Buffer, ...front: Buffer[]) =>
	Buffer.concat([image.subarray(0, 2), ...front, image.subarray(2)]);

const JPEGS: Array<[what: string, make: () => Promise<Buffer>]> = [
	['a JPEG', jpeg],
	['a progressive JPEG', async () => await jpeg(true)],
	[
		'a JPEG with a thumbnail',
		async () => withFront(await jpeg(), segment(0xe1, Buffer.from('Exif\0\0'), await thumbnail())),
	],
	[
		'a JPEG with an end in its comment',
		async () => withFront(await jpeg(), segment(0xfe, Buffer.from('ffdaffd9', 'hex'))),
	],
	['a JPEG with fill bytes', async () => withFront(await jpeg(), Buffer.from([0xff, 0xff, 0xff]))],
];

describe('What was downloaded', () => {
	test.each(JPEGS)('is %s, unless it breaks off, wherever it does', async (_what, make) => {
		const bytes = await make();
		expect(imageTypeOf(bytes)).toStrictEqual(JPEG);
		expect(imageTypeOf(Buffer.concat([bytes, Buffer.from('\0\0 and more')]))).toStrictEqual(JPEG);
		const cuts = Array.from(bytes.keys(), (length) => imageTypeOf(bytes.subarray(0, length)));
		expect(cuts).toStrictEqual([
			undefined,
			undefined,
			undefined,
			...Array<string>(bytes.length - 3).fill('incomplete'),
		]);
	});

	test.each([
		['a PNG', PNG, 8, async () => await drawing().png().toBuffer()],
		['a WebP', WEBP, 12, async () => await drawing().webp().toBuffer()],
		['a GIF', GIF, 6, async () => await drawing().gif().toBuffer()],
		['a GIF of the first kind', GIF, 6, async () => Buffer.from('GIF87a')],
	])('is %s by its beginning', async (_what, type, length, make) => {
		const bytes = await make();
		expect(imageTypeOf(bytes)).toStrictEqual(type);
		expect(imageTypeOf(bytes.subarray(0, length))).toStrictEqual(type);
	});

	test.each([
		['nothing', ''],
		['a byte', '\xff'],
		['a page', '<!DOCTYPE html><html><body>\xff\xd8\xff\xd9 Sign in</body></html>'],
		['a drawing that could hold a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
		['an answer', '{"url":"https://pps.whatsapp.net/1.jpg"}'],
		['a document', '%PDF-1.7'],
		['a sound', 'RIFF\x04\0\0\0WAVEfmt '],
		['no container of a WebP', 'RIFX\x04\0\0\0WEBP'],
		['a WebP with something before it', '\nRIFF\x04\0\0\0WEBP'],
		['a bitmap', 'BM\x46\0\0\0'],
		['a JPEG with something before it', '\n\xff\xd8\xff\xda\0\0\xff\xd9'],
		['two bytes of a JPEG', '\xff\xd8'],
		['a PNG that went through a text transfer', '\x89PNG\n\x1a\n\0\0\0\0IEND\xaeB`\x82'],
		['a PNG with something before it', '\n\x89PNG\r\n\x1a\n'],
		['a GIF of no known kind', 'GIF88a\x01\0\x01\0\0\0\0;'],
		['a GIF with something before it', '\nGIF89a'],
	])('is no image if it is %s', (_what, text) => {
		expect(imageTypeOf(Buffer.from(text, 'latin1'))).toBeUndefined();
	});

	test.each([
		['a JPEG without an image', '\xff\xd8\xff\xd9'],
		['a JPEG of metadata alone', '\xff\xd8\xff\xe0\0\x04\0\0\xff\xd9'],
		['a JPEG whose segments do not say their length', '\xff\xd8\xff\xe0\0\0\0\0\0\0'],
	])('is incomplete if it is %s', (_what, text) => {
		expect(imageTypeOf(Buffer.from(text, 'latin1'))).toBe('incomplete');
	});

	test('is judged without a throw, whatever it is', () => {
		const begins = ['', '\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'RIFF\x10\0\0\0WEBP', 'GIF89a', 'GIF87a'];
		const beginning = fc.constantFrom(...begins.map((text) => Buffer.from(text, 'latin1')));
		const verdicts = [undefined, 'incomplete', JPEG, PNG, WEBP, GIF];
		fc.assert(
			fc.property(beginning, fc.uint8Array({ maxLength: 200, size: 'max' }), (start, rest) => {
				expect(verdicts).toContainEqual(imageTypeOf(Buffer.concat([start, rest])));
			}),
			{ numRuns: 3000 },
		);
	});
});
