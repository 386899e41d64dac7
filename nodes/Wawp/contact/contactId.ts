/**
 * A contact ID as the gateway takes it, or why what was typed cannot become one.
 */
export type ContactId = { ok: true; id: string } | { ok: false; message: string; description?: string };

// ITU-T E.164: at most 15 digits, country code included. No country has numbers shorter than 7 with it.
const PHONE_DIGITS = /^[1-9]\d{6,14}$/;
// Since 2021 a group has a number of its own; before, it was <creator's phone>-<creation time>.
const GROUP = /^(?:\d{5,15}-\d{5,15}|\d{10,25})$/;
const LID = /^[1-9]\d{4,24}$/;

const NO_CONTACT = new Map([
	['newsletter', 'A newsletter (channel) has no contact picture'],
	['broadcast', 'A broadcast list has no contact picture'],
]);

/**
 * Reads what a user typed or mapped into Contact ID.
 *
 * @param input the parameter's value, of any type: expressions can yield anything
 * @returns the canonical ID (`<digits>@c.us`, `...@g.us`, `...@lid`), or what is wrong with the input in
 *   the user's words. Never throws.
 */
export function readContactId(input: unknown): ContactId {
	if (typeof input === 'number') return readNumber(input);
	if (input === undefined || input === null || input === '') return refuseEmpty();
	if (typeof input !== 'string') {
		return refuse(`The contact ID is ${nameOfType(input)}, not text or a number`);
	}
	// What most lists hold needs no further reading.
	if (PHONE_DIGITS.test(input)) return accept(input, 'c.us');
	const text = plain(input);
	if (text === '') return refuseEmpty();
	return text.includes('@') ? readJid(text) : readPhone(text);
}

function readNumber(input: number): ContactId {
	if (!Number.isSafeInteger(input)) {
		return refuse(
			'The contact ID is a number that has lost digits',
			'Keep phone numbers as text in the sheet or database that they come from',
		);
	}
	return input < 0 ? refuse('The contact ID is a negative number') : readPhone(String(input));
}

/** Source of the ID's endings: Wawp's public documentation; `s.whatsapp.net` is WhatsApp's own. */
function readJid(text: string): ContactId {
	const at = text.indexOf('@');
	const user = text.slice(0, at);
	const server = text.slice(at + 1);
	switch (server) {
		case 'c.us':
			return PHONE_DIGITS.test(user) ? accept(user, 'c.us') : refuseUser(text, 'c.us');
		case 's.whatsapp.net': {
			const phone = user.replace(/:\d{1,5}$/, '');
			return PHONE_DIGITS.test(phone) ? accept(phone, 'c.us') : refuseUser(text, 's.whatsapp.net');
		}
		case 'g.us':
			return GROUP.test(user) ? accept(user, 'g.us') : refuseUser(text, 'g.us');
		case 'lid':
			return LID.test(user) ? accept(user, 'lid') : refuseUser(text, 'lid');
		default:
			return refuse(NO_CONTACT.get(server) ?? `${quote(text)} does not end in @c.us, @g.us, @lid or @s.whatsapp.net`);
	}
}

function readPhone(text: string): ContactId {
	if (/^\d+(?:[.,]\d+)?e\+?\d+$/.test(text) || /^\+?\d{7,}[.,]\d*$/.test(text)) {
		return refuse(
			`${quote(text)} is a phone number that a spreadsheet has turned into a calculation`,
			'Format the column as text in the spreadsheet, and enter the number again',
		);
	}
	if (!/^\(?\+?[\d(][\d\s().\-/]*$/.test(text) || !/\d/.test(text) || isDateOrAddress(text)) {
		return refuse(`${quote(text)} is neither a phone number nor a WhatsApp ID`);
	}
	if (/\s\/|\/\s|[\n\r\t]/.test(text)) return refuse(`${quote(text)} is more than one phone number`);
	// "+44 (0)20 7946 0958" and "+44 (020) 7946 0958": that zero is dialled inside the country only.
	const withoutTrunkZero = text.replace(/(\d\D*)\(\s*0/, '$1(');
	const digits = withoutTrunkZero.replace(/\D/g, '').replace(/^00/, '');
	if (digits.startsWith('0')) {
		return refuse(
			`${quote(text)} is missing the country code`,
			'Put the country code in front, without the leading zero: +44 20 7946 0958 for 020 7946 0958 in Britain',
		);
	}
	if (!PHONE_DIGITS.test(digits)) {
		return refuse(`${quote(text)} has ${digits.length} digits; a phone number with its country code has 7 to 15`);
	}
	return accept(digits, 'c.us');
}

/** 2026-11-22, 22/11/2026 or 192.168.0.1: written with the signs of a phone number, but none. */
function isDateOrAddress(text: string): boolean {
	if (/^\d{4}([-/.])\d{1,2}\1\d{1,2}$|^\d{1,2}([-/.])\d{1,2}\2\d{4}$/.test(text)) return true;
	const parts = text.split('.');
	return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function accept(user: string, server: 'c.us' | 'g.us' | 'lid'): ContactId {
	return { ok: true, id: `${user}@${server}` };
}

function refuse(message: string, description?: string): ContactId {
	return { ok: false, message, ...(description === undefined ? {} : { description }) };
}

function refuseEmpty(): ContactId {
	return refuse(
		'The contact ID is empty',
		'Map Contact ID to the field that holds the phone number or WhatsApp ID, and check that this item has it',
	);
}

function refuseUser(text: string, server: string): ContactId {
	return refuse(`${quote(text)} has no valid number before @${server}`);
}

/** Lower case, Latin digits, and none of the invisible marks that come along when a number is pasted from a messenger. */
function plain(input: string): string {
	return input
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replace(/[\p{Pd}\u2212]/gu, '-')
		.replace(/\p{Nd}/gu, latinDigit)
		.trim()
		.toLowerCase();
}

/** Unicode lays out the digits of every script as a run from zero to nine; some scripts have several runs in a row. */
function latinDigit(digit: string): string {
	let first = digit.codePointAt(0) as number;
	const value = first;
	while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first -= 1;
	return String((value - first) % 10);
}

const QUOTED_LENGTH = 40;

function quote(text: string): string {
	// By characters, since half of one would be no text.
	const characters = [...text.slice(0, 2 * QUOTED_LENGTH + 2)];
	return characters.length > QUOTED_LENGTH ? `"${characters.slice(0, QUOTED_LENGTH).join('')}…"` : `"${text}"`;
}

function nameOfType(input: unknown): string {
	if (Array.isArray(input)) return 'a list';
	if (typeof input === 'boolean') return 'true or false';
	return 'an object';
}
