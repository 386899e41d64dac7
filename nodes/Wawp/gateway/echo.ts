/** A gateway and a proxy may each encode what they repeat. */
const MOST_LAYERS = 5;

/** Whether a text repeats the access token in any percent-encoding: in part, in lower case, or several times over. */
export function repeatsToken(text: string, accessToken: string): boolean {
	if (accessToken === '') return false;
	const token = bytesOf(accessToken);
	const wanted = [...new Set([token, decoded(token)])];
	let layer = bytesOf(text);
	for (let layers = 0; layers <= MOST_LAYERS; layers += 1) {
		if (wanted.some((form) => layer.includes(form))) return true;
		if (!layer.includes('%')) return false;
		layer = decoded(layer);
	}
	return false;
}

/** One character per byte, so that an encoding that breaks off inside a character can be decoded, too. */
function bytesOf(text: string): string {
	return Buffer.from(text).toString('latin1');
}

function decoded(bytes: string): string {
	return bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
