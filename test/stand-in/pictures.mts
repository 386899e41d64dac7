import { createAvatar } from '@dicebear/core';
import * as lorelei from '@dicebear/lorelei';
import sharp from 'sharp';

const TWO_DAYS_S = 2 * 24 * 60 * 60;

/**
 * The signed, temporary address of a contact's picture, as WhatsApp hands it out: `oe` is its expiry in hexadecimal
 * Unix seconds.
 *
 * @param edition counts the live lookups of this contact; each signs the address anew
 * @param now milliseconds since 1970
 */
export function pictureUrl(contactId: string, edition: number, now: number): string {
	const expiry = (Math.floor(now / 1000) + TWO_DAYS_S).toString(16).toUpperCase();
	const name = `${contactId.replace(/\D/g, '')}_${edition}_n.jpg`;
	return `https://pps.whatsapp.net/v/t61.24694-24/${name}?ccb=11-4&oh=01_stand-in&oe=${expiry}`;
}

/**
 * A JPEG of an invented face. The same contact always has the same face.
 *
 * @param seed the contact's digits
 */
export async function pictureOf(seed: string): Promise<Buffer> {
	const face = createAvatar(lorelei, {
		seed,
		size: 320,
		backgroundColor: ['b6e3f4', 'c0aede', 'd1d4f9', 'ffd5dc', 'ffdfbf'],
	});
	return await sharp(Buffer.from(face.toString())).flatten({ background: '#ffffff' }).jpeg().toBuffer();
}
