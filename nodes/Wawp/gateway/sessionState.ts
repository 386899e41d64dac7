import { failure, type Failure } from '../failure';
import { RETRY } from '../limits/retryPolicy';
import { type Answer, type Body, GOOD, readBody, recordsIn } from './body';
import { codeIn } from './codes';
import { WORDS } from './words';

/** What an answer says about the WhatsApp session. */
export type SessionState =
	| { kind: 'working' }
	/** `status` is the documented state, if the answer has one. */
	| { kind: 'not working'; failure: Failure; status?: string }
	/** The credential is refused. */
	| { kind: 'refused'; statusCode: number }
	/** `isTransient` if asking again in a moment may tell; `statusCode` if there was an answer. */
	| { kind: 'unknown'; isTransient: boolean; statusCode?: number };

/** The documented states of a session that does not work. */
const NOT_WORKING = new Map<unknown, Failure>([
	['STARTING', failure('temporarily-unavailable', WORDS.starting)],
	[
		'SCAN_QR_CODE',
		failure('session-disconnected', { message: 'The WhatsApp session waits for its QR code to be scanned' }),
	],
	[
		'STOPPED',
		failure('session-disconnected', {
			message: 'The WhatsApp session is stopped',
			description: 'Start the session in the Wawp dashboard, then run this workflow again',
		}),
	],
	[
		'FAILED',
		failure('session-disconnected', {
			message: 'The WhatsApp session has failed',
			description: 'Restart the session in the Wawp dashboard and scan its QR code, then run this workflow again',
		}),
	],
]);

/** Reads `{name, status, me}`. Only WORKING proves that WhatsApp is connected (Wawp's public documentation). */
export function readSessionInfo({ statusCode, body: raw }: Answer): SessionState {
	const body = readBody(raw);
	const { fields = {} } = body;
	// Some gateways wrap their answer in `data`.
	const { data } = fields;
	const { status, me } = (typeof data === 'object' && data !== null ? data : fields) as Record<string, unknown>;
	if (GOOD.has(statusCode)) {
		if (status === 'WORKING' && isAccount(me)) return { kind: 'working' };
		const state = stateNamed(status);
		if (state) return state;
	}
	return sessionTroubleIn(body) ?? readRefusal(statusCode, body);
}

/** A session that does not work, in any answer: by Wawp's codes, or by WAHA's `status` and `expected`. */
export function sessionTroubleIn(body: Body): Extract<SessionState, { kind: 'not working' }> | undefined {
	for (const { status, expected } of recordsIn(body.fields)) {
		const state = Array.isArray(expected) && stateNamed(status);
		if (state) return state;
	}
	return codeIn(body) === 'session' ? { kind: 'not working', failure: failure('session-disconnected') } : undefined;
}

/** What an answer says about the credential, if it says nothing about the session. */
export function readRefusal(statusCode: number, body: Body): Extract<SessionState, { kind: 'refused' | 'unknown' }> {
	const isRefused = statusCode === 401 || statusCode === 403 || codeIn(body) === 'credential';
	if (isRefused && !body.isPage) return { kind: 'refused', statusCode };
	return { kind: 'unknown', isTransient: RETRY.isTemporary(statusCode), statusCode };
}

function stateNamed(status: unknown): Extract<SessionState, { kind: 'not working' }> | undefined {
	const why = NOT_WORKING.get(status);
	return why && { kind: 'not working', failure: why, status: String(status) };
}

/** If an answer has an account, it must have an ID. */
function isAccount(me: unknown): boolean {
	if (me === undefined) return true;
	return typeof me === 'object' && me !== null && 'id' in me && typeof me.id === 'string' && me.id !== '';
}
