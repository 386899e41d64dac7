import type { Body } from './body';
import { repeatsToken } from './echo';
import { canonicalId, namingOf, someoneElseIn } from './sameContact';

/** `undefined` if the body shows too little to tell. */
export type PictureRead =
	| { kind: 'picture'; id: string; url: string; isNamed?: true }
	| { kind: 'none'; id: string }
	/** An unusable URL, or contradictory ones. */
	| { kind: 'unusable' }
	| { kind: 'other contact' }
	| undefined;

/** Names of the picture in this gateway, WAHA and their siblings, in lower case and without underscores. */
const PICTURE = new Set(['url', 'profilepictureurl', 'imgurl', 'pictureurl', 'publicurl', 'picture']);

/** Keys that only report how the request went, and their values for success. */
const REPORT = new Set(['success', 'ok', 'status', 'code']);
const WENT_WELL = new Set(['true', '200', '201', '203', 'ok', 'success']);

const WHATSAPP = '.whatsapp.net';

/**
 * Reads the picture from a body with a good status.
 *
 * A picture needs two of three: the contact's own ID, a URL under whatsapp.net, no unknown key. "No picture" needs to be
 * without unknown keys. Neither counts if the body also reports a failure, or names another contact.
 *
 * @param contactId canonical
 * @param accessToken a URL that repeats it is not passed on
 */
export function readPicture({ fields, text }: Body, contactId: string, accessToken: string): PictureRead {
	if (fields === undefined) return undefined;
	// Some gateways wrap their answer in `data`.
	const { data, ...outer } = fields;
	const parts = isRecord(data) ? [data, outer] : [fields];
	const entries = parts.flatMap((part) => Object.entries(part)).map(([key, value]) => [bare(key), value] as const);
	const addresses = new Set(entries.filter(([key]) => PICTURE.has(key)).map(([, value]) => value ?? ''));
	if (addresses.size === 0 || entries.some(([key, value]) => REPORT.has(key) && !wentWell(value))) return undefined;

	const ids = entries.filter(([key]) => key === 'id').flatMap(([, value]) => idsIn(value));
	const isSomeoneElses = ids.some((id) => namingOf(id, contactId) === 'other') || someoneElseIn(text, contactId);
	if (isSomeoneElses) return { kind: 'other contact' };
	const [url, second] = addresses;
	if (second !== undefined) return { kind: 'unusable' };

	const id = ids[0] === undefined ? contactId : canonicalId(ids[0]);
	const isQuiet = entries.every(([key]) => key === 'id' || PICTURE.has(key) || REPORT.has(key));
	if (url === '') return isQuiet ? { kind: 'none', id } : undefined;
	if (!isUsable(url) || repeatsToken(url, accessToken)) return { kind: 'unusable' };
	const isNamed = ids.some((given) => namingOf(given, contactId) === 'same');
	const isWhatsApps = new URL(url).hostname.endsWith(WHATSAPP);
	const evidence = [isNamed, isWhatsApps, isQuiet].filter(Boolean).length;
	return evidence >= 2 ? { kind: 'picture', id, url, ...(isNamed && { isNamed }) } : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bare(key: string): string {
	return key.toLowerCase().replaceAll('_', '');
}

function wentWell(report: unknown): boolean {
	return report === null || (typeof report !== 'object' && WENT_WELL.has(String(report).toLowerCase()));
}

/** Gateways on whatsapp-web.js give an object, whose `_serialized` is the whole ID. */
function idsIn(id: unknown): string[] {
	if (id === null || (typeof id === 'string' && id.trim() === '')) return [];
	if (Array.isArray(id)) return id.flatMap(idsIn);
	if (isRecord(id)) return idsIn(id._serialized ?? 'unreadable');
	return [String(id)];
}

function isUsable(address: unknown): address is string {
	if (typeof address !== 'string' || !/^https:\/\/\S+$/i.test(address) || !URL.canParse(address)) return false;
	return new URL(address).hostname.includes('.');
}
