import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { failure } from '../../../nodes/Wawp/failure';
import { readCredential } from '../../../nodes/Wawp/n8n/credential';

/** What comes of the credential that n8n has stored, or of the error that it throws. */
async function read(stored: ICredentialDataDecryptedObject | Error) {
	const asked: string[] = [];
	const getCredentials = async (type: string) => {
		asked.push(type);
		return stored instanceof Error ? await Promise.reject(stored) : stored;
	};
	const result = await readCredential({ getCredentials } as unknown as IExecuteFunctions);
	expect(asked).toEqual(['wawpApi']);
	return result;
}

const invalid = (message: string, description: string) => ({
	failure: failure('credential-invalid', { message, description }),
});

describe('The credential of the node', () => {
	test('is handed on as it is stored, with its type', async () => {
		const data = { instance_id: ' instance-1 ', access_token: 'token-1' };
		expect(await read(data)).toEqual({ credential: { id: '', name: '', type: 'wawpApi', data } });
	});

	test('may have a number for an ID', async () => {
		expect(await read({ instance_id: 0, access_token: 1 })).toHaveProperty('credential');
	});

	test.each<[ICredentialDataDecryptedObject, string, string]>([
		[{ access_token: 'token-1' }, "'Instance ID'", "'Instance ID'"],
		[{ instance_id: '', access_token: 'token-1' }, "'Instance ID'", "'Instance ID'"],
		[{ instance_id: 'instance-1', access_token: ' \n' }, "'Access Token'", "'Access Token'"],
		[
			{ instance_id: null as never, access_token: null as never },
			"'Instance ID' and no 'Access Token'",
			"'Instance ID' and the 'Access Token'",
		],
	])('that is not filled in says which field is empty: %j', async (data, missing, enter) => {
		expect(await read(data)).toEqual(
			invalid(`The credential has no ${missing}`, `Open the credential and enter the ${enter} from the Wawp dashboard`),
		);
	});

	test('that n8n does not hand out is a failure with n8n’s own words', async () => {
		expect(await read(new Error('Credentials could not be decrypted'))).toEqual(
			invalid(
				'n8n could not read the credential of this node',
				'Select a Wawp API credential in this node, or save it again. n8n says: Credentials could not be decrypted',
			),
		);
	});
});
