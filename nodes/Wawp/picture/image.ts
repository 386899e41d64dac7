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

const START_OF_SCAN = Buffer.from([0xff, 0xda]);
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/** From the formats' own specifications. WhatsApp serves JPEG. */
const FORMATS: Format[] = [
	{
		extension: 'jpg',
		mimeType: 'image/jpeg',
		begins: (bytes) => bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xff_d8ff,
		// The data of a scan holds neither mark; a thumbnail in front of the first scan holds both.
		ends: (bytes) => bytes.indexOf(END_OF_IMAGE, Math.max(0, bytes.lastIndexOf(START_OF_SCAN))) > 0,
	},
	{
		extension: 'png',
		mimeType: 'image/png',
		begins: (bytes) => latin(bytes, 0, 8) === '\x89PNG\r\n\x1a\n',
		ends: (bytes) => bytes.lastIndexOf('IEND') > 0,
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
		begins: (bytes) => /^GIF8[79]a$/.test(latin(bytes, 0, 6)),
		ends: (bytes) => bytes.at(-1) === 0x3b,
	},
];

/**
 * Finds out by the bytes themselves whether they are an image: headers and file names are only what somebody says.
 *
 * @returns the type, `'incomplete'` for an image that breaks off, or `undefined` for what is none. Never throws.
 */
export function imageTypeOf(bytes: Buffer): ImageType | 'incomplete' | undefined {
	const format = FORMATS.find(({ begins }) => begins(bytes));
	if (!format) return undefined;
	const { extension, mimeType } = format;
	return format.ends(bytes) ? { extension, mimeType } : 'incomplete';
}
