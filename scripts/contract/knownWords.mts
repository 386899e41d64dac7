/**
 * Words of gateways of this kind and of what stands in front of them, from Wawp's documentation, WAHA's sources and
 * the node's own error patterns. Nothing but these is repeated of a text that came back. No word is a name.
 */
const KNOWN = new Set(
	`
	a accept accepted access account active address again all allow allowed already an and api apikey app application
	are at authenticate authenticated authentication authorised authorization authorized available avatar await bad
	balancer banned be because been before blocked body browser business busy by cache cached caller can cannot captcha
	certificate challenge chat chats check checking client closed cloudflare code conflict connect connected connecting
	connection contact contactid contacts could credential credentials daily data day delete deleted denied detail
	details device devices did didn disabled disconnected dns do does doesn don down endpoint engine ensure entity error
	errors exceeded exception exist exists expected expired express failed failing failure file find for forbidden
	format found from full gateway get gone group groups haproxy has have hidden host hostname hour html http id if
	image img in inactive info input instance instanceid instances internal invalid is isn item jid json just key kong
	large later lid limit limited limits link linked load logged login logout long make many match matched maybe me
	message messages method minute missing moment month monthly moved must name needed nginx no not null number numbers
	object of off offline ok on online open openresty or origin our overlimit page paid paired param parameter
	parameters params participant party path payload payment permanently phone photo picture plain plan please point
	policy post preview privacy private profile profiles property proxy public push pushname qr query quota rate ray
	reached ready reason refresh registered request requested requests require required response rest restart result
	results retry revoked route router running scan schema seems send sent server service session sessions setting size
	some something sorry ssl stack start started starting state status stopped stream subscribe subscription
	subscriptions success successful such sure suspended t temporarily terminated text that the this thumb thumbnail
	time timed timeout timestamp title tls token tokens too trial try type unable unauthenticated unauthorised
	unauthorized unavailable undefined under unexpected unexpectedly unknown unpaid unprocessable unsupported upgrade
	upstream uri url use used user users valid validation value varnish version wait was wawp we web webhook went
	whatsapp wid with wordpress working wrong xml yet you your
	`
		.trim()
		.split(/\s+/),
);

/** Whether a word, or each part of a word such as `invalid_session`, is a known one. */
export function isKnown(word: string): boolean {
	const parts = word.split(/[_-]+/).filter((part) => part !== '');
	return parts.length > 0 && parts.every((part) => KNOWN.has(part));
}

/** No error says more than it has to; what does is no error. */
const MOST_WORDS = 15;

/**
 * A text in known words only: `invalid … token` for "Invalid API-Zugriffs-Token". An ellipsis stands for any number of
 * other words.
 *
 * @returns an empty string where it has no known word
 */
export function inKnownWords(text: string): string {
	const words = text
		.toLowerCase()
		.split(/[^\p{L}\p{N}_-]+/u)
		.filter((word) => word !== '');
	const said: string[] = [];
	for (const word of words) {
		if (said.length === MOST_WORDS) break;
		if (isKnown(word)) said.push(word);
		else if (said.at(-1) !== '…') said.push('…');
	}
	return said.some((word) => word !== '…') ? said.join(' ') : '';
}
