/**
 * How the gateway may name the contact that it was asked for: by the ID that was sent, or by one of the corrections that
 * are known of it (Wawp's public documentation). `alias` is a privacy-preserving ID, which nobody can hold against a
 * phone number; `other` is somebody else.
 */
export type Naming = 'same' | 'alias' | 'other';

/**
 * Holds the ID of an answer against the one that was asked for.
 *
 * @param id of the answer, of any form
 * @param contactId canonical
 */
export function namingOf(id: string, contactId: string): Naming {
	const given = canonical(id);
	if (id === contactId || given === contactId) return 'same';
	if (!contactId.endsWith('@c.us')) return 'other';
	if (/^\d+@lid$/.test(given)) return 'alias';
	return corrected(given) === corrected(contactId) ? 'same' : 'other';
}

/**
 * Whether an ID is beyond doubt that of somebody else. Any field but `id` can also hold what is no ID of WhatsApp, or the
 * same person's ID of another kind.
 */
export function isAnother(id: string, contactId: string): boolean {
	const given = canonical(id);
	const isOfItsKind = given.slice(given.indexOf('@')) === contactId.slice(contactId.indexOf('@'));
	return isOfItsKind && /^(?:[1-9]\d{6,14}@c\.us|.+@(?:g\.us|lid))$/.test(given) && namingOf(id, contactId) === 'other';
}

/** WhatsApp's own form of a person's ID may name a device, and have another server; some gateways give digits alone. */
function canonical(id: string): string {
	const lower = id.trim().toLowerCase();
	return /^\+?\d+$/.test(lower)
		? `${lower.replace('+', '')}@c.us`
		: lower.replace(/:\d+(?=@)/, '').replace('@s.whatsapp.net', '@c.us');
}

/** An ID without the digit that WhatsApp adds or leaves out: Brazil's ninth, Mexico's 1, Argentina's 9. */
function corrected(id: string): string {
	return id
		.replace(/^(55\d\d)9(\d{8}@)/, '$1$2')
		.replace(/^521(\d{10}@)/, '52$1')
		.replace(/^549(\d{10}@)/, '54$1');
}
