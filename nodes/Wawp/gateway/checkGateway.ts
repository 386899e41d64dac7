import { failure, type Failure } from '../failure';
import { type Answer, readBody } from './body';
import type { GatewayRequest } from './request';
import { readRefusal, readSessionInfo, sessionTroubleIn, type SessionState } from './sessionState';
import { WORDS } from './words';

/** How the gateway itself is, by two requests that are about no contact. */
export type GatewayState =
	/** The session works, and there are lookups. */
	| { kind: 'well' }
	/** Session or credential do not work. */
	| { kind: 'dead'; failure: Failure }
	/** The session is starting. */
	| { kind: 'starting'; failure: Failure }
	/** What answers has no lookups. */
	| { kind: 'no endpoint'; failure: Failure }
	/** It cannot be told; `isTransient` where it may be a moment later. */
	| { kind: 'unknown'; isTransient: boolean };

/** Sends one request to the gateway when its turn has come; `undefined` where no answer came. */
export type Ask = (request: GatewayRequest) => Promise<Answer | undefined>;

/** Statuses with which a server says that it does not know a method or an endpoint. */
const NO_SUCH_ENDPOINT = new Set([404, 405, 501]);

const NO_ANSWER: SessionState = { kind: 'unknown', isTransient: true };

/**
 * Asks for the state of the session: with POST, as Wawp documents it, and where there is none, with GET, as it once did.
 *
 * @param ask sends one request to `/v2/session/info`; `undefined` where no answer came
 */
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
 * Finds out how the gateway itself is: by `session/info`, and by a control lookup, without a contact, which a gateway that has
 * lookups refuses as a bad request, and which reaches no WhatsApp.
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
	const { statusCode, body } = answer;
	const trouble = sessionTroubleIn(answer) ?? readRefusal(answer);
	if (trouble.kind !== 'unknown') return trouble;
	if (NO_SUCH_ENDPOINT.has(statusCode)) return { kind: 'no endpoint' };
	if (trouble.isTransient) return trouble;
	if (readBody(body).isPage) return { kind: 'no endpoint' };
	const isBadRequest = statusCode >= 400 && statusCode !== 402 && statusCode !== 407;
	return isBadRequest ? { kind: 'bad request' } : trouble;
}
