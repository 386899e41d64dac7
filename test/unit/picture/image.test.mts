import fc from 'fast-check';
import sharp from 'sharp';

import { imageTypeOf } from '../../../nodes/Wawp/picture/image';

const JPEG = { extension: 'jpg', mimeType: 'image/jpeg' };
const PNG = { extension: 'png', mimeType: 'image/png' };
const WEBP = { extension: 'webp', mimeType: 'image/webp' };
const GIF = { extension: 'gif', mimeType: 'image/gif' };

/** Noise, the same each time, so that the data of the image hold all kinds of bytes. */
const NOISE = Buffer.from(Array.from({ length: 48 * 48 * 3 }, (_, index) => (index * index * 31 + index * 7) % 251));
const drawing = () => sharp(NOISE, { raw: { width: 48, height: 48, channels: 3 } });

const segment = (marker: number, ...content: Buffer[]) => {
	const body = Buffer.concat(content);
	const head = Buffer.from([0xff, marker, 0, 0]);
	head.writeUInt16BE(body.length + 2, 2);
	return Buffer.concat([head, body]);
};
/** Puts something right behind the mark with which a JPEG begins. */
const withFront = (jpeg: Buffer, ...front: Buffer[]) =>
	Buffer.concat([jpeg.subarray(0, 2), ...front, jpeg.subarray(2)]);

/** A GIF of two frames, the second with colours of its own, a comment and an end mark among its data. */
function animatedGif(): Buffer {
	const colours = Buffer.from([0, 0, 0, 255, 255, 255]);
	const screen = Buffer.from([1, 0, 1, 0, 0x80, 0, 0]);
	const comment = Buffer.concat([Buffer.from([0x21, 0xfe, 4]), Buffer.from(';\0;!'), Buffer.from([0])]);
	const frame = (flags: number) => Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, flags]);
	const data = Buffer.from([2, 2, 0x44, 0x3b, 1, 0x3b, 0]);
	return Buffer.concat([
		...[Buffer.from('GIF89a'), screen, colours, comment],
		...[frame(0), data, frame(0x80), colours, data, Buffer.from([0x3b])],
	]);
}

const baseline = async () => await drawing().jpeg({ progressive: false }).toBuffer();
const thumbnail = async () => await drawing().resize(8, 8).jpeg().toBuffer();
const spot = () => sharp({ create: { width: 20, height: 20, channels: 4, background: '#f0f8' } });

const SAMPLES: Array<[what: string, type: object, make: () => Promise<Buffer>]> = [
	['a JPEG', JPEG, baseline],
	['a progressive JPEG', JPEG, async () => await drawing().jpeg({ progressive: true }).toBuffer()],
	[
		'a JPEG with metadata',
		JPEG,
		async () =>
			await drawing()
				.withExif({ IFD0: { Artist: 'Ada' } })
				.jpeg()
				.toBuffer(),
	],
	[
		'a JPEG with a thumbnail',
		JPEG,
		async () => withFront(await baseline(), segment(0xe1, Buffer.from('Exif\0\0'), await thumbnail())),
	],
	[
		'a JPEG that speaks of its end',
		JPEG,
		async () => withFront(await baseline(), segment(0xfe, Buffer.from('ffdaffd9', 'hex'))),
	],
	['a JPEG with fill bytes', JPEG, async () => withFront(await baseline(), Buffer.from([0xff, 0xff, 0xff]))],
	['a PNG', PNG, async () => await drawing().png().toBuffer()],
	[
		'a PNG that speaks of its end',
		PNG,
		async () =>
			await drawing()
				.withExif({ IFD0: { Artist: 'IEND' } })
				.png()
				.toBuffer(),
	],
	['a lossy WebP', WEBP, async () => await drawing().webp().toBuffer()],
	['a lossless WebP', WEBP, async () => await drawing().webp({ lossless: true }).toBuffer()],
	['a WebP with transparency', WEBP, async () => await spot().webp().toBuffer()],
	['a GIF', GIF, async () => await drawing().gif().toBuffer()],
	['a GIF of few colours', GIF, async () => await spot().gif({ colours: 2 }).toBuffer()],
	['a GIF of the first kind', GIF, async () => Buffer.concat([Buffer.from('GIF87a'), animatedGif().subarray(6)])],
	['a GIF of several frames', GIF, async () => animatedGif()],
];

describe('What was downloaded', () => {
	test.each(SAMPLES)('is %s by its own bytes', async (_what, type, make) => {
		const bytes = await make();
		expect(imageTypeOf(bytes)).toStrictEqual(type);
		expect(imageTypeOf(Buffer.concat([bytes, Buffer.from('\0\0 and more')]))).toStrictEqual(type);
	});

	test.each(SAMPLES)('is not %s that breaks off, wherever it does', async (_what, _type, make) => {
		const bytes = await make();
		const cuts = Array.from(bytes.keys(), (length) => [length, imageTypeOf(bytes.subarray(0, length))] as const);
		const otherwise = cuts.filter(([, verdict]) => verdict !== 'incomplete');
		// Of the first few bytes it cannot be told what they would have become.
		expect(otherwise).toStrictEqual(Array.from(otherwise.keys(), (length) => [length, undefined]));
		expect(otherwise.length).toBeLessThanOrEqual(12);
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
		['a bitmap', 'BM\x46\0\0\0'],
		['a JPEG with something in front', '\n\xff\xd8\xff\xda\0\0\xff\xd9'],
		['two bytes of a JPEG', '\xff\xd8'],
		['three bytes of a JPEG', '\xff\xd8\xff'],
		['a PNG that went through a text transfer', '\x89PNG\n\x1a\n\0\0\0\0IEND\xaeB`\x82'],
		['a GIF of no known kind', 'GIF88a\x01\0\x01\0\0\0\0;'],
	])('is no image where it is %s', (_what, text) => {
		expect(imageTypeOf(Buffer.from(text, 'latin1'))).toBeUndefined();
	});

	test.each([
		['a JPEG without an image', '\xff\xd8\xff\xd9'],
		['a JPEG of metadata alone', '\xff\xd8\xff\xe0\0\x04\0\0\xff\xd9'],
		['a JPEG whose segments say nothing of their length', '\xff\xd8\xff\xe0\0\0\0\0\0\0'],
		['a PNG with its end not whole', '\x89PNG\r\n\x1a\n\0\0\0\0IEND\xaeB`'],
		['a GIF with something that is no block', 'GIF89a\x01\0\x01\0\0\0\0\x01;'],
	])('is incomplete where it is %s', (_what, text) => {
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
