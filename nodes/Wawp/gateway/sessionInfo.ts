import type { Answer } from './classifyAnswer';
import { classifySession, type SessionState } from './classifySession';

/** Documented as POST; Wawp's older documentation, and some clients, use GET. */
export type Method = 'POST' | 'GET';

/** A status with which a gateway says that it does not know a method there. */
const NO_SUCH_METHOD = new Set([404, 405, 501]);

/**
 * Asks the gateway whether credential and session work: with POST, and where it has none, with GET.
 *
 * @param send sends one request to `/v2/session/info`; `undefined` where no answer came
 * @param methods to begin with; those that the gateway does not know are taken out
 */
export async function sessionState(
	send: (method: Method) => Promise<Answer | undefined>,
	methods: Method[] = ['POST', 'GET'],
): Promise<SessionState> {
	for (;;) {
		const [method] = methods;
		const answer = method && (await send(method));
		if (!answer) return { kind: 'unknown', isInTrouble: true };
		const state = classifySession(answer);
		if (state.kind !== 'unknown' || !NO_SUCH_METHOD.has(answer.statusCode)) return state;
		if (methods.length === 1) return { kind: 'unknown', isMissing: true };
		methods.shift();
	}
}
