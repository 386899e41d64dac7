import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import type { Answer } from '../gateway/body';
import { sessionState } from '../gateway/checkGateway';
import { classifyTransportError } from '../gateway/classifyTransportError';
import { SESSION_INFO_URL } from '../gateway/request';
import type { SessionState } from '../gateway/sessionState';
import { WORDS } from '../gateway/words';

const TIMEOUT_MS = 30_000;

/** By the session's status; continues "the WhatsApp session". */
const ADVICE = new Map<string | undefined, string>([
	['SCAN_QR_CODE', 'waits for its QR code to be scanned: scan it in the Wawp dashboard'],
	['STARTING', 'is still starting: test again in a minute'],
	['STOPPED', 'is stopped: start it in the Wawp dashboard'],
	['FAILED', 'has failed: restart it in the Wawp dashboard and scan its QR code'],
]);

const NO_SESSION =
	"Wawp has no WhatsApp session for this number. Check 'Instance ID', or connect the number in the Wawp dashboard.";

const NOT_CONFIRMED =
	"Wawp did not confirm the credential. Check 'Instance ID' and 'Access Token'; if both are right, test again in a minute.";

/** Passes only if the session works. A test declared in the credential could only exclude single values. */
export async function testCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { helpers } = this;
	let unreachable: string | undefined;
	const state = await sessionState(async (method) => {
		try {
			// The only helper that n8n offers for a credential test.
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
			unreachable = classifyTransportError(error, TIMEOUT_MS, false).failure.message;
			return undefined;
		}
	});
	return state.kind === 'working'
		? { status: 'OK', message: 'Connection successful' }
		: { status: 'Error', message: unreachable ? `${unreachable}.` : messageOf(state) };
}

function messageOf(state: Exclude<SessionState, { kind: 'working' }>): string {
	if (state.kind === 'not working') {
		const advice = ADVICE.get(state.status);
		return advice ? `The access token is good, but the WhatsApp session ${advice}.` : NO_SESSION;
	}
	if (state.statusCode === 407) return `${WORDS.proxySignIn.message}. ${WORDS.proxySignIn.description}.`;
	const isForbidden = state.kind === 'refused' && state.statusCode === 403;
	return isForbidden ? `${WORDS.proxyOrCredential.message}. ${WORDS.proxyOrCredential.description}.` : NOT_CONFIRMED;
}
