import { type Behaviour, html, json, text, xml } from './behaviours.mts';
import { ACCESS_TOKEN } from './credentials.mts';

const id = (number: number) => `1555800${String(number).padStart(4, '0')}@c.us`;

/**
 * Contacts that the stand-in does not answer with a picture, by what it does for them. All others have a picture.
 * The answers are those that wawp-api.md knows of.
 */
export const CONTACTS = {
	emptyUrl: { id: id(2001), does: json(200, { id: id(2001), url: '' }) },
	nullUrl: { id: id(2002), does: json(200, { id: id(2002), url: null }) },
	errorUnder200: {
		id: id(2003),
		does: json(200, { code: 'wawp_upstream_error', message: `failed for ${ACCESS_TOKEN}` }),
	},
	echoInUrl: { id: id(2007), does: json(200, { id: id(2007), url: `https://pps.whatsapp.net/?t=${ACCESS_TOKEN}` }) },
	oddUrl: { id: id(2008), does: json(200, { id: id(2008), url: { toString: 1 } }) },
	empty200: { id: id(2004), does: text(200, '') },
	page200: { id: id(2005), does: html(200, 'Sign in to the network') },
	notJson200: { id: id(2006), does: text(200, 'OK') },
	renumbered: {
		id: '5511987654321@c.us',
		does: json(200, { id: '551187654321@c.us', url: 'https://pps.whatsapp.net/v/renumbered.jpg' }),
	},
	redirect: {
		id: id(3002),
		does: {
			status: 302,
			headers: { location: 'https://pps.whatsapp.net/elsewhere' },
			body: '',
		} as Behaviour,
	},
	badRequest: { id: id(4000), does: json(400, { code: 'bad_request', message: 'Invalid Parameter Format' }) },
	badRequestEcho: { id: id(4001), does: text(400, `Bad Request: access_token=${ACCESS_TOKEN}&contactId=?`) },
	hidden401: { id: id(4010), does: json(401, { code: 'wawp_upstream_error', message: 'not-authorized' }) },
	unauthorized401: { id: id(4011), does: json(401, { message: `Unauthorized: ${ACCESS_TOKEN}` }) },
	forbidden403: { id: id(4030), does: text(403, `Forbidden for ${ACCESS_TOKEN}`) },
	notFound404: { id: id(4040), does: json(404, { code: 'not_found', message: 'No profile picture' }) },
	sessionGone404: { id: id(4041), does: json(404, { code: 'invalid_session', message: 'Scan the QR code' }) },
	sessionText404: { id: id(4042), does: text(404, 'The session does not exist') },
	page404: { id: id(4043), does: html(404, 'Not Found') },
	rateLimited: { id: id(4290), does: json(429, { message: 'Too many requests' }, { 'retry-after': '1' }) },
	serverError: { id: id(5000), does: json(500, { message: `Unexpected Failure for ${ACCESS_TOKEN}` }) },
	itemNotFound500: { id: id(5001), does: xml(500, '<error><code>item-not-found</code></error>') },
	timedOut500: { id: id(5002), does: text(500, 'info query timed out') },
	page502: { id: id(5020), does: html(502, 'Bad Gateway') },
	unavailable: { id: id(5030), does: text(503, 'Service Unavailable') },
	hang: { id: id(9001), does: { fault: 'hang' } as Behaviour },
	reset: { id: id(9002), does: { fault: 'reset' } as Behaviour },
	cutShort: { id: id(9003), does: { fault: 'cut short' } as Behaviour },
	trickle: { id: id(9004), does: { fault: 'trickle' } as Behaviour },
} satisfies Record<string, { id: string; does: Behaviour }>;

/** What a gateway under load answers, whatever the contact. */
export const TROUBLES: Behaviour[] = [
	json(429, { message: 'Too many requests' }, { 'retry-after': '1' }),
	text(503, 'Service Unavailable'),
];

const BY_ID = new Map<string, Behaviour>(Object.values(CONTACTS).map(({ id, does }) => [id, does]));

/** What the stand-in does for a contact; `undefined` means that the contact has a picture. */
export function behaviourOf(contactId: string): Behaviour | undefined {
	return BY_ID.get(contactId);
}
