import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generate } from 'selfsigned';

/** The hosts that the stand-in answers as. */
const HOSTS = ['api.wawp.net', '*.whatsapp.net'];

const SOME_DAYS_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Makes a throw-away certificate authority and a certificate of it for the gateway's hosts. The authority's own key is
 * not kept.
 *
 * @param folder made where it is missing; what an earlier call left in it is replaced
 * @param others hosts that are answered for besides
 * @returns the path of the authority's certificate, for NODE_EXTRA_CA_CERTS
 */
export async function makeCertificates(folder: string, others: string[] = []): Promise<string> {
	const common = {
		algorithm: 'sha256',
		notAfterDate: new Date(Date.now() + SOME_DAYS_MS),
	};
	const ca = await generate([{ name: 'commonName', value: 'Throw-away authority of a test' }], {
		...common,
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
		],
	});
	const server = await generate([{ name: 'commonName', value: 'Stand-in for the gateway' }], {
		...common,
		extensions: [
			{ name: 'subjectAltName', altNames: [...HOSTS, ...others].map((value) => ({ type: 2 as const, value })) },
		],
		ca: { key: ca.private, cert: ca.cert },
	});
	const caFile = join(folder, 'ca.pem');
	await mkdir(folder, { recursive: true });
	await writeFile(caFile, ca.cert);
	await writeFile(serverFile(caFile), server.private + server.cert, { mode: 0o600 });
	return caFile;
}

/**
 * The server's private key and certificate, PEM, that `makeCertificates` left beside the authority's.
 */
export async function serverCertificate(caFile: string): Promise<string> {
	return await readFile(serverFile(caFile), 'utf8');
}

function serverFile(caFile: string): string {
	return join(dirname(caFile), 'server.pem');
}
