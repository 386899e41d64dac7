import {
	type ICredentialDataDecryptedObject,
	type ICredentials,
	ICredentialsHelper,
	type IHttpRequestOptions,
	type INodeProperties,
} from 'n8n-workflow';

import { WawpApi } from '../../credentials/WawpApi.credentials';

/**
 * Stands for the one part of n8n that is not in n8n-core: where its server keeps credentials. It hands out one
 * credential and counts how often it is asked for it; authentication is the credential type's own.
 */
export class OneCredential extends ICredentialsHelper {
	lookUps = 0;

	private readonly type = new WawpApi();

	/** @param stored the decrypted credential, or the error that decrypting it throws */
	constructor(private readonly stored: ICredentialDataDecryptedObject | Error) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		if (typeof this.type.authenticate !== 'function') throw new Error('Unexpected kind of authentication');
		return await this.type.authenticate(credentials, requestOptions);
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		this.lookUps += 1;
		if (this.stored instanceof Error) throw this.stored;
		return { ...this.stored };
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not part of a workflow run');
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(): INodeProperties[] {
		return this.type.properties;
	}
}
