import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import type { Answer } from '../gateway/classifyAnswer';
import type { SessionState } from '../gateway/classifySession';
import { classifyTransportError } from '../gateway/classifyTransportError';
import { SESSION_INFO_URL } from '../gateway/request';
import { sessionState } from '../gateway/sessionInfo';

const TIMEOUT_MS = 30_000;

/** Continues "the WhatsApp session", by its status. */
const ADVICE = new Map<string | undefined, string>([
	['SCAN_QR_CODE', 'waits for its QR code to be scanned: scan it in the Wawp dashboard'],
	['STARTING', 'is still starting: test again in a minute'],
	['STOPPED', 'is stopped: start the instance in the Wawp dashboard'],
	['FAILED', 'has failed: restart the instance in the Wawp dashboard and scan its QR code'],
]);

const NO_SESSION =
	"Wawp has no WhatsApp session for this instance. Check 'Instance ID', or connect the instance in the Wawp dashboard.";

const NOT_CONFIRMED =
	"Wawp did not confirm the credential. Check 'Instance ID' and 'Access Token'; if both are right, test again in a minute.";

/**
 * n8n's test of a credential that is saved: it passes only if the gateway says that the session works. A test declared in
 * the credential could only rule out single values, and would pass with all others.
 */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { helpers } = this;
	let unreachable: string | undefined;
	const state = await sessionState(async (method) => {
		try {
			// The only helper that n8n has for a credential test.
			const response = (await helpers.request({
				method,
				uri: SESSION_INFO_URL,
				qs: {
					instance_id: String(data.instance_id ?? '').trim(),
					access_token: String(data.access_token ?? '').trim(),
				},
				// n8n 1 logs the body of a failed request at level debug, and it can repeat the token.
				simple: false,
				resolveWithFullResponse: true,
				followRedirect: false,
				timeout: TIMEOUT_MS,
			})) as Omit<Answer, 'body'> & { body: unknown };
			const { statusCode, headers, body } = response;
			return { statusCode, headers, body: typeof body === 'string' ? body : JSON.stringify(body ?? null) };
		} catch (error) {
			unreachable = classifyTransportError(error, TIMEOUT_MS, false).message;
			return undefined;
		}
	});
	return state.kind === 'works'
		? { status: 'OK', message: 'Connection successful' }
		: { status: 'Error', message: unreachable ? `${unreachable}.` : messageOf(state) };
}

function messageOf(state: Exclude<SessionState, { kind: 'works' }>): string {
	if (state.kind === 'unknown') return NOT_CONFIRMED;
	const advice = ADVICE.get(state.status);
	if (advice) return `The access token is good, but the WhatsApp session ${advice}.`;
	return state.failure.reason === 'session-disconnected' ? NO_SESSION : NOT_CONFIRMED;
}
