/**
 * How an answer may name the contact that was asked for: by the ID that was sent, or by one of the corrections that are known
 * of it. `alias` is an ID of another kind for what may be the same person (`@lid` and phone number), which cannot be
 * compared; `other` is somebody else.
 */
export type Naming = 'same' | 'alias' | 'other';

const PHONE = /^\d+@c\.us$/;
const LID = /^\d+@lid$/;

/**
 * Compares the ID of an answer with the one that was asked for.
 *
 * @param id of the answer, of any form
 * @param contactId canonical
 */
export function namingOf(id: string, contactId: string): Naming {
	const given = canonicalId(id);
	if (given === contactId) return 'same';
	if (PHONE.test(given) && PHONE.test(contactId)) return isSameAccount(given, contactId) ? 'same' : 'other';
	const isAlias = (LID.test(given) && PHONE.test(contactId)) || (PHONE.test(given) && LID.test(contactId));
	return isAlias ? 'alias' : 'other';
}

/**
 * Whether an ID of the same kind that is not the contact's stands anywhere in a body, outside its addresses. A group's answer
 * may name its owner, and that of a `@lid` its phone number.
 */
export function someoneElseIn(body: string, contactId: string): boolean {
	// JSON may hold the @ as an escape.
	const text = body.replace(/\\u0040/g, '@').replace(/https?:[^"\s]+/gi, '');
	const ids = text.match(/[\d:.-]{1,40}@(?:c\.us|s\.whatsapp\.net|g\.us|lid)\b/gi) ?? [];
	const server = serverOf(contactId);
	return ids.some((id) => serverOf(canonicalId(id)) === server && namingOf(id, contactId) === 'other');
}

function serverOf(id: string): string {
	return id.slice(id.indexOf('@'));
}

/**
 * An ID in the form in which it is asked for: lower case, without a device, a person's with `@c.us` (WhatsApp's own server is
 * `s.whatsapp.net`). Some gateways give digits alone.
 */
export function canonicalId(id: string): string {
	const lower = id.trim().toLowerCase();
	return /^\+?\d+$/.test(lower)
		? `${lower.replace('+', '')}@c.us`
		: lower.replace(/:\d+(?=@)/, '').replace('@s.whatsapp.net', '@c.us');
}

/**
 * Numbers of one account: the digits that WhatsApp or its country's numbering plan added later, and the rest. Brazil's
 * ninth digit (mobiles only), Mexico's 1, Argentina's 9; the operator's two digits of Ivory Coast, and Benin's 01.
 */
const ADDED_DIGITS = [
	/^(55\d\d)(9)([6-9]\d{7}@)/,
	/^(52)(1)(\d{10}@)/,
	/^(54)(9)(\d{10}@)/,
	/^(225)(01|05|07|21|25|27)(\d{8}@)/,
	/^(229)(01)(\d{8}@)/,
];

/** Two long forms are never the same: both may have been given out since. */
function isSameAccount(one: string, other: string): boolean {
	return ADDED_DIGITS.some((added) => one.replace(added, '$1$3') === other || other.replace(added, '$1$3') === one);
}
