import { PROFILE_PICTURE_URL, SESSION_INFO_URL } from '../../nodes/Wawp/gateway/request';
import type { Method } from '../../nodes/Wawp/gateway/sessionInfo';

/** The two fields of n8n's credential. */
export interface Credential {
	instance_id: string;
	access_token: string;
}

/** One request of the contract. */
export interface PlannedRequest {
	/** In words that name no contact and hold nothing of the credential. */
	what: string;
	method: Method;
	url: string;
	credential: Credential;
	/** Canonical; only a look-up has one. */
	contactId?: string;
}

/** What one run of the contract sends at most. */
export const MOST_REQUESTS = 10;

/** How many contacts fit in. */
export const MOST_CONTACTS = 5;

/** Its form is that of a number, but the ITU keeps country code 999 free: nobody has it. */
const NOBODY = '999999999999999@c.us';

const KINDS: Record<string, string> = { 'c.us': 'number', 'g.us': 'group', lid: 'LID' };

/**
 * What is asked, the most telling first: it is cut off after ten requests.
 *
 * @param contactIds canonical, at least one
 */
export function planFor(credential: Credential, contactIds: string[]): PlannedRequest[] {
	const wrongToken = { ...credential, access_token: ofTheSameForm(credential.access_token) };
	const wrongInstance = { ...credential, instance_id: ofTheSameForm(credential.instance_id) };
	const [first = NOBODY] = contactIds;
	const session = (what: string, used: Credential, method: Method = 'POST'): PlannedRequest => ({
		what: `session/info${what}`,
		method,
		url: SESSION_INFO_URL,
		credential: used,
	});
	const lookUp = (what: string, used: Credential, contactId: string): PlannedRequest => ({
		what: `look-up: ${what}`,
		method: 'GET',
		url: PROFILE_PICTURE_URL,
		credential: used,
		contactId,
	});
	return [
		session('', credential),
		...contactIds.map((id, index) => lookUp(`contact ${index + 1}, a ${kindOf(id)}`, credential, id)),
		lookUp('a number that cannot be', credential, NOBODY),
		lookUp('contact 1, wrong token', wrongToken, first),
		lookUp('contact 1, wrong instance', wrongInstance, first),
		session(', wrong token', wrongToken),
		session(', wrong instance', wrongInstance),
		session(' by GET', credential, 'GET'),
	].slice(0, MOST_REQUESTS);
}

function kindOf(contactId: string): string {
	return KINDS[contactId.slice(contactId.indexOf('@') + 1)] ?? 'contact';
}

/**
 * Another text of the same length with letters, digits and marks in the same places: a gateway may look at the form
 * first. It guesses nobody's secret, for it is nothing but one letter and one digit.
 */
export function ofTheSameForm(text: string): string {
	const made = filled(text, 'a', '0');
	return made === text ? filled(text, 'b', '1') : made;
}

function filled(text: string, letter: string, digit: string): string {
	return text.replace(/\p{L}/gu, letter).replace(/\d/g, digit);
}
