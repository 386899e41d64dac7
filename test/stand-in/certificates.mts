import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generate } from 'selfsigned';

import { BAD_CERTIFICATES, type BadCertificate } from './faults.mts';

/** The hosts that the stand-in answers as. */
const HOSTS = ['api.wawp.net', '*.whatsapp.net'];

const SOME_DAYS_MS = 30 * 24 * 60 * 60 * 1000;

/** The certificates that a server can show, by what is wrong with them. */
export type Certificates = Record<'good' | BadCertificate, string>;

/**
 * Makes a throw-away certificate authority, and certificates of it for the gateway's hosts. The authority's own key is
 * not kept.
 *
 * @param folder made where it is missing; what an earlier call left in it is replaced
 * @param others hosts that are answered for besides
 * @returns the path of the authority's certificate, for NODE_EXTRA_CA_CERTS
 */
export async function makeCertificates(folder: string, others: string[] = []): Promise<string> {
	const later = new Date(Date.now() + SOME_DAYS_MS);
	const ca = await generate([{ name: 'commonName', value: 'Throw-away authority of a test' }], {
		algorithm: 'sha256',
		notAfterDate: later,
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
		],
	});
	const certificate = async (hosts: string[], notAfterDate: Date) => {
		const made = await generate([{ name: 'commonName', value: 'Stand-in for the gateway' }], {
			algorithm: 'sha256',
			notBeforeDate: new Date(Date.now() - 2 * SOME_DAYS_MS),
			notAfterDate,
			extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2 as const, value })) }],
			ca: { key: ca.private, cert: ca.cert },
		});
		return made.private + made.cert;
	};
	const certificates: Certificates = {
		good: await certificate([...HOSTS, ...others], later),
		'certificate for another name': await certificate(['gateway.example.com'], later),
		'expired certificate': await certificate(HOSTS, new Date(Date.now() - SOME_DAYS_MS)),
	};
	const caFile = join(folder, 'ca.pem');
	await mkdir(folder, { recursive: true });
	await writeFile(caFile, ca.cert);
	for (const [name, pem] of Object.entries(certificates)) {
		await writeFile(serverFile(caFile, name), pem, { mode: 0o600 });
	}
	return caFile;
}

/**
 * The server's private keys and certificates, PEM, that `makeCertificates` left beside the authority's.
 */
export async function serverCertificates(caFile: string): Promise<Certificates> {
	const read = async (name: string) => await readFile(serverFile(caFile, name), 'utf8');
	const [good, ...bad] = await Promise.all(['good', ...BAD_CERTIFICATES].map(read));
	return Object.fromEntries([
		['good', good],
		...BAD_CERTIFICATES.map((name, index) => [name, bad[index]]),
	]) as Certificates;
}

function serverFile(caFile: string, name: string): string {
	return join(dirname(caFile), `server-${name.replaceAll(' ', '-')}.pem`);
}
