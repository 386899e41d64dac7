import type { ICredentialsDecrypted, IExecuteFunctions } from 'n8n-workflow';

import { failure, type Failure } from '../failure';
import { errorMessage } from './errors';

const CREDENTIAL_TYPE = 'wawpApi';

/** Reads and decrypts the node's credential. Never rejects: the failure then holds for every item. */
export async function readCredential(
	context: IExecuteFunctions,
): Promise<{ credential: ICredentialsDecrypted } | { failure: Failure }> {
	try {
		const data = await context.getCredentials(CREDENTIAL_TYPE);
		const fields = { "'Instance ID'": data.instance_id, "'Access Token'": data.access_token };
		const missing = Object.entries(fields).flatMap(([name, given]) => (String(given ?? '').trim() === '' ? name : []));
		if (missing.length > 0) {
			return {
				failure: failure('credential-invalid', {
					message: `The credential has no ${missing.join(' and no ')}`,
					description: `Open the credential and enter the ${missing.join(' and the ')} from the Wawp dashboard`,
				}),
			};
		}
		return { credential: { id: '', name: '', type: CREDENTIAL_TYPE, data } };
	} catch (error) {
		return {
			failure: failure('credential-invalid', {
				message: 'n8n could not read the credential of this node',
				description: `Select a Wawp API credential in this node, or save it again. ${errorMessage(error)}`,
			}),
		};
	}
}
