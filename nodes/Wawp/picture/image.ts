export interface ImageType {
	/** Without the dot. */
	extension: string;
	mimeType: string;
}

const JPEG: ImageType = { extension: 'jpg', mimeType: 'image/jpeg' };

/** The first bytes of each format. WhatsApp serves JPEG. */
const FORMATS: Array<[begins: RegExp, type: ImageType]> = [
	[/^\xff\xd8\xff/, JPEG],
	[/^\x89PNG\r\n/, { extension: 'png', mimeType: 'image/png' }],
	[/^RIFF.{4}WEBP/s, { extension: 'webp', mimeType: 'image/webp' }],
	[/^GIF8[79]a/, { extension: 'gif', mimeType: 'image/gif' }],
];

/**
 * Recognizes an image by its bytes, because headers and file names can be wrong. Never throws.
 *
 * @returns `'incomplete'` for a truncated JPEG, which Node.js reports only if its length was announced
 */
export function imageTypeOf(bytes: Buffer): ImageType | 'incomplete' | undefined {
	const start = bytes.toString('latin1', 0, 12);
	const type = FORMATS.find(([begins]) => begins.test(start))?.[1];
	return type === JPEG && !jpegEnds(bytes) ? 'incomplete' : type;
}

const START_OF_SCAN = 0xda;

/** Skips the segments before the first scan, because a thumbnail in them has an end of its own. */
function jpegEnds(bytes: Buffer): boolean {
	let at = 2;
	while (at + 3 < bytes.length && bytes[at + 1] !== START_OF_SCAN) {
		const isFilling = bytes[at + 1] === 0xff;
		at += isFilling ? 1 : 2 + bytes.readUInt16BE(at + 2);
	}
	return bytes[at + 1] === START_OF_SCAN && bytes.includes('\xff\xd9', at, 'latin1');
}
