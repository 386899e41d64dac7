import { failure, type Failure } from '../failure';
import { type Answer, GOOD } from './classifyAnswer';
import { patterns } from './errorPatterns';
import { readBody } from './parseBody';
import { ACCOUNT_SUSPENDED, WORDS } from './words';

/** What the gateway says of credential and session: that they work, that they do not, or nothing of use. */
export type SessionState =
	| { kind: 'works' }
	/** With the status that it has, where the gateway knows the session and the credential is good. */
	| { kind: 'failure'; failure: Failure; status?: string }
	/** Missing where the gateway has no such endpoint; in trouble where it may tell a moment later. */
	| { kind: 'unknown'; isMissing?: true; isInTrouble?: true };

/** The states of a session that does not work, as Wawp documents them, and what helps. */
const NOT_WORKING = new Map<unknown, Partial<Failure>>([
	['SCAN_QR_CODE', { message: 'The WhatsApp session waits for its QR code to be scanned' }],
	['STOPPED', { message: 'The WhatsApp session is stopped', description: 'Start the instance in the Wawp dashboard' }],
	[
		'FAILED',
		{
			message: 'The WhatsApp session has failed',
			description: 'Restart the instance in the Wawp dashboard and scan its QR code',
		},
	],
]);

/**
 * Judges one answer of `/v2/session/info`, which is about no contact: `{name, status, me}` for a good token, where
 * `status` is WORKING once WhatsApp is connected. Nothing else proves that it is.
 */
export function classifySession({ statusCode, body: raw }: Answer): SessionState {
	const body = readBody(raw);
	const not = (why: Failure, known = {}): SessionState => ({ kind: 'failure', failure: why, ...known });
	const { status, me } = sessionIn(body.fields);
	if (GOOD.has(statusCode) && status === 'WORKING' && isAccount(me)) return { kind: 'works' };
	if (status === 'STARTING' || patterns.sessionIsStarting(body)) {
		return not(failure('temporarily-unavailable', WORDS.starting), { status: 'STARTING' });
	}
	const notWorking = NOT_WORKING.get(status);
	if (notWorking) return not(failure('session-disconnected', notWorking), { status });
	if (patterns.noSuchRoute(body, statusCode)) return { kind: 'unknown' };
	if (patterns.sessionCode(body) || patterns.sessionIsGone(body)) return not(failure('session-disconnected'));
	if (patterns.accountIsSuspended(body)) return not(failure('credential-invalid', ACCOUNT_SUSPENDED));
	if (statusCode === 408 || statusCode === 429 || statusCode >= 500) return { kind: 'unknown', isInTrouble: true };
	if (body.isPage) return { kind: 'unknown' };
	const isRefused =
		statusCode === 401 ||
		patterns.credentialIsBad(body) ||
		patterns.credentialCode(body) ||
		patterns.unauthorized(body);
	return isRefused ? not(failure('credential-invalid')) : { kind: 'unknown' };
}

/** A session whose account is given has to have one. */
function isAccount(me: unknown): boolean {
	if (me === undefined) return true;
	return typeof me === 'object' && me !== null && 'id' in me && typeof me.id === 'string' && me.id !== '';
}

/** Some gateways put what they answer into `data`. */
function sessionIn(fields: Record<string, unknown> = {}): Record<string, unknown> {
	const { data } = fields;
	return !('me' in fields) && typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : fields;
}
