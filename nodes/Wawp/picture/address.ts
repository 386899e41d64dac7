/**
 * The URL to download a picture from, if it is one of WhatsApp's own: https, on a host under whatsapp.net. Nothing else is
 * requested, so that neither the gateway nor a redirect can make n8n call another machine.
 *
 * @param address of any form: it comes from the gateway or from a redirect
 * @param from the URL that the address is relative to
 * @returns `undefined` for every other address. Never throws.
 */
export function pictureAddress(address: string, from?: URL): URL | undefined {
	if (!URL.canParse(address, from?.href)) return undefined;
	const url = new URL(address, from);
	const isPlain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
	return isPlain && url.hostname.endsWith('.whatsapp.net') ? url : undefined;
}

/**
 * When the URL of a picture stops working: WhatsApp signs it with its expiry in `oe`, hexadecimal Unix seconds (Wawp's
 * public documentation).
 *
 * @returns `undefined` if the address does not say. Never throws.
 */
export function expiryOf(address: string): Date | undefined {
	const oe = (URL.canParse(address) && new URL(address).searchParams.get('oe')) || '';
	return /^[0-9a-f]{8}$/i.test(oe) ? new Date(Number.parseInt(oe, 16) * 1000) : undefined;
}
