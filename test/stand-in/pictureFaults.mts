import type { Behaviour } from './behaviours.mts';
import { FAULTS } from './faults.mts';

const id = (number: number) => `1555700${String(number).padStart(4, '0')}@c.us`;

const HTML = '<!DOCTYPE html><html><body>Sign in to the network</body></html>';

/** Six megabytes that begin and end as a JPEG does. */
const SIX_MB = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(6 * 1024 ** 2), Buffer.from('ffd9', 'hex')]);

/** More than lies in a connection's buffers, so that the server sees whether anybody reads it. */
const LONG = Buffer.alloc(24 * 1024 ** 2);

const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);

/** An answer that never ends. */
function* endlessly(): Generator<Buffer> {
	for (const piece = Buffer.alloc(64 * 1024, ' '); ;) yield piece;
}

const redirect = (location: string): Behaviour => ({ status: 302, headers: { location }, body: '' });
const image = (body: string | Buffer, more: object = {}): Behaviour => ({
	status: 200,
	type: 'image/jpeg',
	body,
	...more,
});

/** What the server of the pictures does: by the edition in the address, its host, and the JPEG that it would serve. */
type Does = (asked: { edition: number; host: string; jpeg: Buffer }) => Behaviour | undefined;

/**
 * Contacts that have a picture whose download is a case of its own, by what the server does. All other pictures are served.
 */
export const PICTURES = {
	elsewhere: { id: id(3001), does: () => redirect('https://pictures.example.com/1.jpg') },
	lookalike: { id: id(3002), does: () => redirect('https://pps.whatsapp.net.example.com/1.jpg') },
	plainHttp: { id: id(3003), does: () => redirect('http://pps.whatsapp.net/15557003003_1_n.jpg') },
	loopback: { id: id(3004), does: () => redirect('https://127.0.0.1/1.jpg') },
	loop: { id: id(3005), does: () => redirect('?again&oe=FFFFFFFF') },
	longRedirect: {
		id: id(3007),
		does: () => ({ status: 302, headers: { location: 'https://pictures.example.com/1.jpg' }, body: LONG }),
	},
	moved: {
		id: id(3006),
		does: ({ host }) =>
			host === 'pps.whatsapp.net'
				? redirect('https://media.whatsapp.net/v/15557003006_1_n.jpg?oe=FFFFFFFF')
				: undefined,
	},
	page: { id: id(2001), does: () => image(HTML) },
	empty: { id: id(2002), does: () => image('') },
	sixMb: { id: id(2003), does: () => image(SIX_MB) },
	long: { id: id(2008), does: () => image(LONG) },
	sixMbWithoutLength: { id: id(2004), does: () => image(SIX_MB, { withoutLength: true }) },
	half: { id: id(2005), does: ({ jpeg }) => image(jpeg.subarray(0, jpeg.length / 2), { withoutLength: true }) },
	png: { id: id(2006), does: () => image(PNG) },
	untyped: { id: id(2007), does: ({ jpeg }) => image(jpeg, { type: 'application/octet-stream' }) },
	changed403: { id: id(4031), does: ({ edition }) => (edition === 1 ? { status: 403, body: '' } : undefined) },
	changed404: { id: id(4041), does: ({ edition }) => (edition === 1 ? { status: 404, body: '' } : undefined) },
	forbidden: { id: id(4030), does: () => ({ status: 403, body: '' }) },
	notFound: { id: id(4040), does: () => ({ status: 404, body: '' }) },
	longForbidden: { id: id(4032), does: () => ({ status: 403, body: LONG }) },
	expired: { id: id(4100), does: () => undefined },
	unavailable: { id: id(5030), does: () => ({ status: 503, body: 'Service Unavailable' }) },
	hang: { id: id(9001), does: () => ({ fault: 'hang' }) },
	reset: { id: id(9002), does: () => ({ fault: 'reset' }) },
	cutShort: { id: id(9003), does: () => ({ fault: 'cut short' }) },
	trickle: { id: id(9004), does: () => ({ fault: 'trickle' }) },
	flood: { id: id(9005), does: () => ({ status: 200, type: 'image/jpeg', body: endlessly }) },
	bomb: { id: id(9006), does: () => ({ ...FAULTS['gzip bomb, 100 MB'].does(''), type: 'image/jpeg' }) },
} satisfies Record<string, { id: string; does: Does }>;

/** The contact whose cached address has expired. */
export const STALE = PICTURES.expired.id;

const BY_DIGITS = new Map<string, Does>(Object.values(PICTURES).map(({ id, does }) => [id.replace('@c.us', ''), does]));

/** What the server does for a picture; `undefined` means that it serves it. */
export function pictureBehaviour(digits: string, edition: number, url: URL, jpeg: Buffer): Behaviour | undefined {
	return BY_DIGITS.get(digits)?.({ edition, host: url.hostname, jpeg });
}
