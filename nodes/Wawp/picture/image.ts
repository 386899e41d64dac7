/** What kind of image some bytes are. */
export interface ImageType {
	/** Without the dot. */
	extension: string;
	mimeType: string;
}

interface Format extends ImageType {
	begins(bytes: Buffer): boolean;
	/** Whether the image is there to its end. A server that closes the connection early is not always found out otherwise. */
	ends(bytes: Buffer): boolean;
}

const latin = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to);

const JPEG_SCAN = 0xda;
const GIF_END = 0x3b;
const GIF_IMAGE = 0x2c;
const GIF_EXTENSION = 0x21;
/** The last chunk of every PNG. */
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');

/** From the formats' own specifications. WhatsApp serves JPEG. */
const FORMATS: Format[] = [
	{
		extension: 'jpg',
		mimeType: 'image/jpeg',
		begins: (bytes) => bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xff_d8ff,
		ends: jpegEnds,
	},
	{
		extension: 'png',
		mimeType: 'image/png',
		begins: (bytes) => latin(bytes, 0, 8) === '\x89PNG\r\n\x1a\n',
		ends: (bytes) => bytes.includes(PNG_END),
	},
	{
		extension: 'webp',
		mimeType: 'image/webp',
		begins: (bytes) => latin(bytes, 0, 4) === 'RIFF' && latin(bytes, 8, 12) === 'WEBP',
		ends: (bytes) => bytes.length >= 8 + bytes.readUInt32LE(4),
	},
	{
		extension: 'gif',
		mimeType: 'image/gif',
		begins: (bytes) => ['GIF87a', 'GIF89a'].includes(latin(bytes, 0, 6)),
		ends: gifEnds,
	},
];

/**
 * Finds out by the bytes themselves whether they are an image: headers and file names are only what somebody claims.
 *
 * @returns the type, `'incomplete'` for an image that breaks off, or `undefined` for what is none. Never throws.
 */
export function imageTypeOf(bytes: Buffer): ImageType | 'incomplete' | undefined {
	const format = FORMATS.find(({ begins }) => begins(bytes));
	if (!format) return undefined;
	const { extension, mimeType } = format;
	return format.ends(bytes) ? { extension, mimeType } : 'incomplete';
}

/** The segments in front of the first scan are skipped: a thumbnail in there has an end of its own. Scans cannot hold one. */
function jpegEnds(bytes: Buffer): boolean {
	let at = 2;
	while (at + 3 < bytes.length && bytes[at + 1] !== JPEG_SCAN) {
		const isFilling = bytes[at + 1] === 0xff;
		at += isFilling ? 1 : 2 + bytes.readUInt16BE(at + 2);
	}
	return bytes[at + 1] === JPEG_SCAN && bytes.includes('\xff\xd9', at, 'latin1');
}

/** Block after block, because any byte of the data may look like the end. */
function gifEnds(bytes: Buffer): boolean {
	let at = 13 + gifColours(bytes[10]);
	while (bytes[at] !== GIF_END) {
		if (bytes[at] === GIF_IMAGE) at += 11 + gifColours(bytes[at + 9]);
		else if (bytes[at] === GIF_EXTENSION) at += 2;
		else return false;
		for (let size = bytes[at]; size; size = bytes[at]) at += 1 + size;
		at += 1;
	}
	return true;
}

/** How many bytes the colours take that such a field announces. */
function gifColours(field = 0): number {
	return field < 0x80 ? 0 : 3 * 2 ** ((field % 8) + 1);
}
