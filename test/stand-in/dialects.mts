import { type Behaviour, json, text } from './behaviours.mts';
import { inForeignWords } from './foreignWords.mts';

/** What a gateway says, in its own way. */
export interface Dialect {
	picture(contactId: string, url: string): Behaviour;
	/** Ways to say that there is no picture to see. Those that a cache keeps come first. */
	none(contactId: string): Behaviour[];
	tokenRevoked: Behaviour[];
	instanceDeleted: Behaviour[];
	/** Where the session is in another state than WORKING. */
	session(status: string): Behaviour;
	/** What session/info says of a session. */
	sessionInfo(instanceId: string, status: string, me: object | null): Behaviour;
	/** What a lookup without a contact is refused with. */
	noContact: Behaviour;
	/** What something in front says that does not know the endpoint. */
	noRoute: Behaviour[];
}

/** What something in front says that does not know the endpoint. */
export const NO_ROUTE: Behaviour[] = [
	json(404, { code: 'rest_no_route', message: 'No route was found matching the URL and request method.' }),
	text(404, '404 page not found'),
	json(404, { statusCode: 404, message: 'Cannot GET /v2/contacts/profile-picture', error: 'Not Found' }),
	json(404, { message: 'no Route matched with those values' }),
	text(404, 'default backend - 404'),
	json(404, { status: 'error', code: 404, message: 'Application not found' }),
];

const unexpectedStatus = (status: string) => ({
	error: 'Session status is not as expected. Try again later or restart the session',
	session: 'default',
	status,
	expected: ['WORKING'],
});

/** Wawp's, by its public documentation and its envelopes. */
const documented: Dialect = {
	picture: (id, url) => json(200, { id, url }),
	none: (id) => [
		json(200, { id, url: null }),
		json(200, { id, url: '' }),
		json(404, { code: 'not_found', message: 'No profile picture' }),
		json(404, { code: 'not_found', message: 'Not found' }),
		json(401, { code: 'wawp_upstream_error', message: 'not-authorized' }),
		json(401, { status: 401, message: 'Unauthorized', error: 'Unauthorized' }),
		text(404, ''),
	],
	tokenRevoked: [
		json(401, { code: 'unauthorized', message: 'Unauthorized - Invalid or Missing Access Token' }),
		json(401, { code: 'invalid_access_token', message: 'Access denied' }),
		json(401, { status: 401, message: 'Unauthorized', error: 'Unauthorized' }),
	],
	instanceDeleted: [
		json(404, { code: 'invalid_instance', message: 'Instance not found' }),
		json(400, { code: 'invalid_instance', message: 'Instance not found' }),
	],
	session: (status) => json(404, { code: 'invalid_session', message: `The session is ${status}` }),
	sessionInfo: (name, status, me) => json(200, { name, status, config: {}, me }),
	noContact: json(400, { code: 'missing_param', message: 'contactId is required' }),
	noRoute: NO_ROUTE,
};

/** That of the open-source gateway that seems to be behind it, by its source and its issues. */
const waha: Dialect = {
	picture: (_id, url) => json(200, { profilePictureURL: url }),
	none: () => [
		json(200, { profilePictureURL: null }),
		json(500, { statusCode: 500, exception: { message: 'not-authorized', data: 401 } }),
		json(500, { statusCode: 500, exception: { message: 'item-not-found', data: 404 } }),
	],
	tokenRevoked: [json(401, { statusCode: 401, message: 'Unauthorized' })],
	instanceDeleted: [
		json(404, { statusCode: 404, message: "We didn't find a session with name 'default'" }),
		json(404, { statusCode: 404, message: 'Session not found' }),
	],
	session: (status) => json(422, unexpectedStatus(status)),
	sessionInfo: (name, status, me) => json(200, { name, status, config: {}, me, engine: { engine: 'NOWEB' } }),
	noContact: json(422, { statusCode: 422, message: ['contactId must be a string'], error: 'Unprocessable Entity' }),
	noRoute: NO_ROUTE,
};

/**
 * The documented one in words that nobody has ever seen: codes are among them, and only statuses and shapes are left. What
 * `session/info` says of the state of a session is documented, and stays.
 */
function foreign(seed: string): Dialect {
	const reword = (behaviour: Behaviour) => inForeignWords(behaviour, seed);
	return {
		picture: documented.picture,
		none: (id) => documented.none(id).filter(isNoCode).map(reword),
		tokenRevoked: documented.tokenRevoked.map(reword),
		instanceDeleted: documented.instanceDeleted.map(reword),
		session: (status) => reword(documented.session(status)),
		sessionInfo: documented.sessionInfo,
		noContact: reword(documented.noContact),
		noRoute: NO_ROUTE.map(reword),
	};
}

/** A hidden photo that is told by WhatsApp's code under 401 cannot be told without it. */
function isNoCode(behaviour: Behaviour): boolean {
	return 'status' in behaviour && behaviour.status !== 401;
}

const DIALECTS = { documented: () => documented, waha: () => waha, foreign };

export type DialectName = keyof typeof DIALECTS;

const made = new Map<string, Dialect>();

/** @param seed of the words that are made up */
export function dialectOf(name: DialectName, seed: string): Dialect {
	const key = `${name} ${seed}`;
	const dialect = made.get(key) ?? DIALECTS[name](seed);
	made.set(key, dialect);
	return dialect;
}
