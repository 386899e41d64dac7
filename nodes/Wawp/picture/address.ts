/**
 * The URL to download a picture from: https, on a host under whatsapp.net. So neither the gateway nor a redirect can
 * make n8n call another machine. Never throws.
 *
 * @param from the URL that the address is relative to
 */
export function pictureAddress(address: string, from?: URL): URL | undefined {
	if (!URL.canParse(address, from?.href)) return undefined;
	const url = new URL(address, from);
	const isPlain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
	return isPlain && url.hostname.endsWith('.whatsapp.net') ? url : undefined;
}

/** When a URL stops working: `oe` has hexadecimal Unix seconds (Wawp's public documentation). Never throws. */
export function expiryOf(address: string): Date | undefined {
	const oe = (URL.canParse(address) && new URL(address).searchParams.get('oe')) || '';
	return /^[0-9a-f]{8}$/i.test(oe) ? new Date(Number.parseInt(oe, 16) * 1000) : undefined;
}
