import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Stop } from '../scripts/install.mjs';
import { makeCertificates } from '../test/stand-in/certificates.mts';
import { GOOD_CREDENTIAL } from '../test/stand-in/credentials.mts';
import { type Others, startStandIn, type StandIn } from '../test/stand-in/standIn.mts';

/** What n8n needs in order to reach a gateway. */
export interface Connection {
	credential: { instance_id: string; access_token: string };
	/** The stand-in, where it is that. */
	standIn?: StandIn;
	/** For n8n's environment. */
	env: Record<string, string>;
	close(): Promise<void>;
}

/** @throws {Stop} where the environment lacks the credential */
export function connectToRealGateway(): Connection {
	const { WAWP_INSTANCE_ID: instance_id, WAWP_ACCESS_TOKEN: access_token } = process.env;
	if (!instance_id || !access_token) throw new Stop('--real needs WAWP_INSTANCE_ID and WAWP_ACCESS_TOKEN.');
	console.log('Using the real gateway at api.wawp.net, with WAWP_INSTANCE_ID and WAWP_ACCESS_TOKEN.');
	return { credential: { instance_id, access_token }, env: {}, close: async () => {} };
}

/** The stand-in, which it starts. */
export async function connectToStandIn(others: Others = {}): Promise<Connection & { standIn: StandIn }> {
	console.log('Using a stand-in for the gateway on this machine: invented answers, nothing leaves it.');
	// A folder of its own, because others may run beside it.
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-wawp-ca-'));
	const caFile = await makeCertificates(folder, Object.keys(others));
	const standIn = await startStandIn(caFile, { others });
	return {
		credential: GOOD_CREDENTIAL,
		standIn,
		env: {
			HTTPS_PROXY: standIn.proxyUrl,
			HTTP_PROXY: standIn.proxyUrl,
			NO_PROXY: 'localhost,127.0.0.1',
			NODE_EXTRA_CA_CERTS: caFile,
		},
		close: async () => {
			await standIn.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
