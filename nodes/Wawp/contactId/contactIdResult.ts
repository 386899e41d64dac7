/** A contact ID as the gateway takes it, or why the input is none. */
export type ContactIdResult = { ok: true; id: string } | { ok: false; message: string; description?: string };

/** @param user the digits before the @ */
export function valid(user: string, server: 'c.us' | 'g.us' | 'lid'): ContactIdResult {
	return { ok: true, id: `${user}@${server}` };
}

export function invalid(message: string, description?: string): ContactIdResult {
	return { ok: false, message, ...(description === undefined ? {} : { description }) };
}

const QUOTED_LENGTH = 40;

/** Input as a message can show it: shortened, without line breaks and invisible characters. */
export function quote(text: string): string {
	const characters = [...text.replace(/\s/g, ' ').replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd')];
	const start = characters.slice(0, QUOTED_LENGTH).join('');
	return characters.length > QUOTED_LENGTH ? `"${start}…"` : `"${start}"`;
}
