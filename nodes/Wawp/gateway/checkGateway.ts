import { failure, type Failure } from '../failure';
import { type Answer, readBody } from './body';
import type { GatewayRequest } from './request';
import { readRefusal, readSessionInfo, sessionTroubleIn, type SessionState } from './sessionState';
import { WORDS } from './words';

/** The state of the gateway itself, by two requests that are about no contact. */
export type GatewayState =
	/** The session works, and so does the endpoint. */
	| { kind: 'well' }
	/** The session or the credential does not work. */
	| { kind: 'dead'; failure: Failure }
	| { kind: 'starting'; failure: Failure }
	| { kind: 'no endpoint'; failure: Failure }
	/** `isTransient` if asking again in a moment may tell. */
	| { kind: 'unknown'; isTransient: boolean };

/** Sends one request to the gateway; `undefined` if no answer came. */
export type Ask = (request: GatewayRequest) => Promise<Answer | undefined>;

/** Statuses of a server that does not know a method or an endpoint. */
const NO_SUCH_ENDPOINT = new Set([404, 405, 501]);

const NO_ANSWER: SessionState = { kind: 'unknown', isTransient: true };

/** Asks for the session by POST, as Wawp documents it, or else by GET, as it once did. */
export async function sessionState(
	ask: (method: 'POST' | 'GET') => Promise<Answer | undefined>,
): Promise<SessionState> {
	let state: SessionState = NO_ANSWER;
	for (const method of ['POST', 'GET'] as const) {
		const answer = await ask(method);
		if (!answer) return NO_ANSWER;
		state = readSessionInfo(answer);
		if (state.kind !== 'unknown' || !NO_SUCH_ENDPOINT.has(answer.statusCode)) return state;
	}
	return state;
}

/**
 * Checks the gateway by `session/info` and by a control lookup: one without a contact, which does not reach WhatsApp. A
 * gateway that has the endpoint refuses it as a bad request.
 */
export async function checkGateway(ask: Ask): Promise<GatewayState> {
	const [session, control] = await Promise.all([
		sessionState(async (method) => await ask({ kind: 'session info', method })),
		controlLookup(ask),
	]);
	for (const state of [session, control]) {
		if (state.kind !== 'not working') continue;
		return { kind: state.status === 'STARTING' ? 'starting' : 'dead', failure: state.failure };
	}
	if (session.kind === 'refused' && control.kind === 'refused') {
		const isForbidden = session.statusCode === 403 && control.statusCode === 403;
		return { kind: 'dead', failure: failure('credential-invalid', isForbidden ? WORDS.proxyOrCredential : {}) };
	}
	if (control.kind === 'no endpoint') {
		return { kind: 'no endpoint', failure: failure('unexpected-response', WORDS.noEndpoint) };
	}
	if (session.kind === 'working' && control.kind === 'bad request') return { kind: 'well' };
	const isTransient = [session, control].some((state) => state.kind === 'unknown' && state.isTransient);
	return { kind: 'unknown', isTransient };
}

async function controlLookup(ask: Ask): Promise<SessionState | { kind: 'bad request' | 'no endpoint' }> {
	const answer = await ask({ kind: 'control lookup' });
	if (!answer) return NO_ANSWER;
	const { statusCode } = answer;
	const body = readBody(answer.body);
	const trouble = sessionTroubleIn(body) ?? readRefusal(statusCode, body);
	if (trouble.kind !== 'unknown') return trouble;
	if (NO_SUCH_ENDPOINT.has(statusCode)) return { kind: 'no endpoint' };
	if (trouble.isTransient) return trouble;
	if (body.isPage) return { kind: 'no endpoint' };
	const isBadRequest = statusCode >= 400 && statusCode !== 402 && statusCode !== 407;
	return isBadRequest ? { kind: 'bad request' } : trouble;
}
