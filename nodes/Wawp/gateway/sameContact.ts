/**
 * `same` is the ID that was asked for, or a known correction of it. `alias` is an ID of another kind (`@lid` and phone
 * number), which cannot be compared. `other` is another contact.
 */
export type Naming = 'same' | 'alias' | 'other';

const PHONE = /^\d+@c\.us$/;
const LID = /^\d+@lid$/;

/** @param id of an answer, in any form */
export function namingOf(id: string, contactId: string): Naming {
	const given = canonicalId(id);
	if (given === contactId) return 'same';
	if (PHONE.test(given) && PHONE.test(contactId)) return isSameAccount(given, contactId) ? 'same' : 'other';
	const isAlias = (LID.test(given) && PHONE.test(contactId)) || (PHONE.test(given) && LID.test(contactId));
	return isAlias ? 'alias' : 'other';
}

/**
 * Whether a body has another contact's ID outside its URLs. Of the same kind: a group's answer may name its owner, and
 * that of a `@lid` its phone number.
 */
export function someoneElseIn(body: string, contactId: string): boolean {
	// JSON may escape the @.
	const text = body.replace(/\\u0040/g, '@').replace(/https?:[^"\s]+/gi, '');
	const ids = text.match(/[\d:.-]{1,40}@(?:c\.us|s\.whatsapp\.net|g\.us|lid)\b/gi) ?? [];
	const server = serverOf(contactId);
	return ids.some((id) => serverOf(canonicalId(id)) === server && namingOf(id, contactId) === 'other');
}

function serverOf(id: string): string {
	return id.slice(id.indexOf('@'));
}

/** Lower case, without a device, `@c.us` for a person instead of `@s.whatsapp.net`. Some gateways give digits only. */
export function canonicalId(id: string): string {
	const lower = id.trim().toLowerCase();
	return /^\+?\d+$/.test(lower)
		? `${lower.replace('+', '')}@c.us`
		: lower.replace(/:\d+(?=@)/, '').replace('@s.whatsapp.net', '@c.us');
}

/**
 * Digits that WhatsApp or a numbering plan added later: Brazil's ninth digit (mobiles only), Mexico's 1, Argentina's 9,
 * the operator's two digits in Ivory Coast, Benin's 01.
 */
const ADDED_DIGITS = [
	/^(55\d\d)(9)([6-9]\d{7}@)/,
	/^(52)(1)(\d{10}@)/,
	/^(54)(9)(\d{10}@)/,
	/^(225)(01|05|07|21|25|27)(\d{8}@)/,
	/^(229)(01)(\d{8}@)/,
];

/** Two long forms are never the same: both may have been assigned. */
function isSameAccount(one: string, other: string): boolean {
	return ADDED_DIGITS.some((added) => one.replace(added, '$1$3') === other || other.replace(added, '$1$3') === one);
}
