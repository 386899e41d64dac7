/** A contact ID as the gateway takes it, or why what was typed cannot become one. */
export type ContactIdResult = { ok: true; id: string } | { ok: false; message: string; description?: string };

/** @param user the digits before the ending */
export function valid(user: string, server: 'c.us' | 'g.us' | 'lid'): ContactIdResult {
	return { ok: true, id: `${user}@${server}` };
}

/** @param message what is wrong, in the user's words */
export function invalid(message: string, description?: string): ContactIdResult {
	return { ok: false, message, ...(description === undefined ? {} : { description }) };
}

const QUOTED_LENGTH = 40;

/** What was typed, fit for a message: the start of a long text, no line break, nothing invisible. */
export function quote(text: string): string {
	// By code points, so that no character is cut in half.
	const characters = [...text.replace(/\s/g, ' ').replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd')];
	const start = characters.slice(0, QUOTED_LENGTH).join('');
	return characters.length > QUOTED_LENGTH ? `"${start}…"` : `"${start}"`;
}
