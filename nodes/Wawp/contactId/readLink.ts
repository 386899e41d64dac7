/** https://faq.whatsapp.com/5913398998672934: wa.me/<number>; the others are what it leads to. */
const LINK = /^\s*(?:(?:https?:\/\/)?(?:www\.)?(?:wa\.me|(?:api|web|chat)\.whatsapp\.com)\/|whatsapp:\/\/)/i;
const NUMBER = /^\s*(?:(?:https?:\/\/)?(?:www\.)?wa\.me\/([^/?#]+)|[^?]*?\/(?:send)?\/?\?(?:[^#]*&)?phone=([^&#]*))/i;

/** Whether a text is a link to a chat, a group or a channel. */
export function isLink(text: string): boolean {
	return LINK.test(text);
}

/**
 * The phone number in a link to a chat, as it stands there, with a + where WhatsApp leaves it out.
 *
 * @returns `undefined` where there is none, as in an invitation to a group
 */
export function numberInLink(link: string): string | undefined {
	const [, path, parameter] = NUMBER.exec(link) ?? [];
	const number = decoded(path ?? parameter ?? '')?.trim();
	if (!number || !/\d/.test(number)) return undefined;
	return /^[1-9]/.test(number) ? `+${number}` : number;
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
