/** How many times a gateway and the proxies in front of it may have encoded what they repeat. */
const MOST_LAYERS = 5;

/**
 * Whether a text repeats the access token, in any percent-encoding: in part, in lower-case hex, or several times over.
 *
 * @param text from the gateway, of any form. Never throws.
 */
export function repeatsToken(text: string, accessToken: string): boolean {
	if (accessToken === '') return false;
	const token = bytesOf(accessToken);
	const wanted = new Set([token, decoded(token)]);
	let layer = bytesOf(text);
	for (let layers = 0; layers <= MOST_LAYERS; layers += 1) {
		for (const form of wanted) if (layer.includes(form)) return true;
		const next = decoded(layer);
		// Most texts hold nothing that is encoded, and this is done for each answer.
		if (next === layer) return false;
		layer = next;
	}
	return false;
}

/** A character for each byte, so that an encoding that breaks off in the middle of a character can be undone as well. */
function bytesOf(text: string): string {
	return Buffer.from(text).toString('latin1');
}

function decoded(bytes: string): string {
	return bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
