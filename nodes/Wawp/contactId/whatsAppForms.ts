import { type ContactIdResult, invalid, quote, valid } from './contactIdResult';

/** wa.me/<number> (https://faq.whatsapp.com/5913398998672934), and what it redirects to. */
const LINK =
	/^\s*(?:(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/([^/?#]*)|(?:api|web|chat)\.whatsapp\.com\/)|whatsapp:\/\/)[^?#]*(?:\?([^#]*))?/i;

/** The phone numbers in a link, with the + that WhatsApp leaves out; `undefined` if it is no link. */
export function numbersInLink(text: string): string[] | undefined {
	const [link, path = '', query = ''] = LINK.exec(text) ?? [];
	if (link === undefined) return undefined;
	return new URLSearchParams(`phone=${path}&${query}`)
		.getAll('phone')
		.filter((number) => /\d/.test(number))
		.map((number) => number.trim().replace(/^(?=[1-9])/, '+'));
}

/** The length is that of ITU-T E.164. WhatsApp knows which numbers exist. */
const PHONE = /^[1-9]\d{6,14}$/;
// Since 2021 a group has a number of its own; before, it was <creator's phone>-<creation time>.
const GROUP = /^(?:\d{5,15}-\d{5,15}|\d{10,25})$/;
const LID = /^[1-9]\d{4,24}$/;
/** A device of an account: `_<agent>:<device>`. */
const DEVICE = /(?:_\d{1,5})?(?::\d{1,5})?$/;

const NO_CONTACT = new Map([
	['newsletter', 'A newsletter (channel) has no contact picture'],
	['broadcast', 'A broadcast list has no contact picture'],
]);

/** Checks the form of a WhatsApp ID. Source: Wawp's public documentation; `s.whatsapp.net` is WhatsApp's own. */
export function readJid(text: string): ContactIdResult {
	const at = text.indexOf('@');
	const user = text.slice(0, at);
	const server = text.slice(at + 1).toLowerCase();
	if (server.includes('@')) return invalid(`${quote(text)} has more than one @`);
	switch (server) {
		case 'c.us':
		case 's.whatsapp.net': {
			// An expression can put the ending after a number with a +.
			const phone = user.replace(DEVICE, '').replace(/^\+/, '');
			if (PHONE.test(phone)) return valid(phone, 'c.us');
			return invalidUser(text, server, `Put digits only before @${server}, or enter the phone number without it`);
		}
		case 'g.us':
			return GROUP.test(user) ? valid(user, 'g.us') : invalidUser(text, 'g.us');
		case 'lid': {
			const lid = user.replace(DEVICE, '');
			return LID.test(lid) ? valid(lid, 'lid') : invalidUser(text, 'lid');
		}
		default:
			return invalid(
				NO_CONTACT.get(server) ??
					`${quote(text)} is not a WhatsApp ID, which ends in @c.us, @g.us, @lid or @s.whatsapp.net`,
			);
	}
}

function invalidUser(text: string, server: string, description?: string): ContactIdResult {
	return invalid(`${quote(text)} has no valid number before @${server}`, description);
}
