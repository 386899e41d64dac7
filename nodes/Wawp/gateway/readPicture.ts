import { repeatsToken } from './echo';
import { patterns } from './errorPatterns';
import type { Body } from './parseBody';
import { isAnother, namingOf } from './sameContact';

/** What a body says of the picture, or why it says nothing of it. */
export type PictureRead =
	| { kind: 'picture'; id: string; url: string; isNamed: boolean }
	| { kind: 'none'; id: string; isNamed: boolean }
	/** An address that is none, or one with the access token in it. */
	| { kind: 'unusable' }
	/** Another contact's answer. */
	| { kind: 'other contact' }
	/** Nothing, or nothing that is beyond doubt. */
	| undefined;

/** How this gateway, WAHA and their siblings name the picture, without regard to case and underscores. */
const PICTURE = new Set(['url', 'profilepictureurl', 'imgurl', 'pictureurl', 'publicurl', 'picture']);

/** How gateways name the contact, beside an ID or in its place. They can repeat what was asked for, and so prove nothing. */
const CONTACT = new Set(['contactid', 'chatid', 'jid', 'wid', 'wuid']);

/** Fields that say nothing beside an address and an ID. */
const SILENT = new Set([...PICTURE, 'id', 'success']);

/**
 * Reads the picture off the body of a 200, as far as it is beyond doubt: a usable address, or none, under a name that is
 * known, an ID that is the contact's own where there is one, and nothing that speaks of an error.
 *
 * @param contactId the canonical ID that was asked for
 * @param accessToken a text that repeats it is not handed on
 */
export function readPicture(body: Body, contactId: string, accessToken: string): PictureRead {
	if (body.fields === undefined) return undefined;
	// Some gateways put what they answer into `data`.
	const { data, ...own } = body.fields;
	const parts = isRecord(data) ? [own, data] : [body.fields];
	const holder = parts.find((part) => addressesOf(part).length > 0);
	if (holder === undefined || parts.some(speaksOfError)) return undefined;
	const isPlain = parts.flatMap((part) => Object.keys(part)).every((key) => SILENT.has(bare(key)));
	if (!isPlain && patterns.trouble(body)) return undefined;
	const givenId = idOf(holder) ?? idOf(own);
	const shown = [...new Set(addressesOf(holder).filter((address) => address !== null && address !== ''))];
	const texts = [givenId, ...shown].filter((text) => typeof text === 'string');
	if (texts.some((text) => repeatsToken(text, accessToken))) return { kind: 'unusable' };
	if (shown.length > 1) return undefined;
	const id = givenId ?? contactId;
	const naming = namingOf(id, contactId);
	// Where an ID stands beside the address, it counts alone.
	const isTold = namingOf(idOf(holder) ?? '', contactId) === 'same';
	const others = isTold ? [] : parts.flatMap(contactsOf);
	if (others.some((other) => isAnother(other, contactId))) return { kind: 'other contact' };
	if (naming === 'other') return shown.length > 0 || id.includes('@') ? { kind: 'other contact' } : undefined;
	const isNamed = givenId !== undefined && naming === 'same';
	const [url] = shown;
	if (url !== undefined) return isUsable(url) ? { kind: 'picture', id, url, isNamed } : { kind: 'unusable' };
	if (body.hasAddress || (!isPlain && !patterns.saysNothing(body))) return undefined;
	return { kind: 'none', id, isNamed };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bare(name: string): string {
	return name.toLowerCase().replaceAll('_', '');
}

function addressesOf(fields: Record<string, unknown>): unknown[] {
	return Object.entries(fields)
		.filter(([name]) => PICTURE.has(bare(name)))
		.map(([, value]) => value);
}

function contactsOf(fields: Record<string, unknown>): string[] {
	return Object.entries(fields).flatMap(([name, value]) =>
		CONTACT.has(bare(name)) ? (idOf({ id: value }) ?? []) : [],
	);
}

/** Gateways on whatsapp-web.js give an ID as an object that has the text, too. */
function idOf({ id: given }: Record<string, unknown>): string | undefined {
	const id = isRecord(given) ? given._serialized : given;
	if (Number.isSafeInteger(id)) return String(id);
	return typeof id === 'string' && id.trim() !== '' ? id : undefined;
}

function isUsable(address: unknown): address is string {
	if (typeof address !== 'string' || !/^https:\/\/\S+$/i.test(address) || !URL.canParse(address)) return false;
	return new URL(address).hostname.includes('.');
}

/** Whether a field is there that a good answer does not have, or has with another value. */
function speaksOfError(fields: Record<string, unknown>): boolean {
	return Object.entries(fields).some(([name, value]) => {
		switch (bare(name)) {
			case 'error':
			case 'errors':
			case 'exception':
			case 'wawpupstreamerror':
				return !isNothing(value);
			case 'success':
			case 'ok':
				return isWord(value, /^(?:false|0|no)$/i);
			case 'code':
			case 'status':
			case 'statuscode':
				return !isNothing(value) && !isGood(value);
		}
		return false;
	});
}

function isNothing(value: unknown): boolean {
	if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
	return value === null || value === false || value === '' || value === 0;
}

/** Of codes and statuses: a number of HTTP's that is good, or a word of which that is known. */
function isGood(value: unknown): boolean {
	return isWord(value, /^(?:20[013]|0|ok|success|successful|true|done|found|working|connected)$/i);
}

/** An object is none, and can be one that makes no text. */
function isWord(value: unknown, words: RegExp): boolean {
	return typeof value !== 'object' && words.test(String(value));
}
