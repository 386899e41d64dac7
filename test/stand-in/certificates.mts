import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generate } from 'selfsigned';

import { BAD_CERTIFICATES, type BadCertificate } from './faults.mts';

/** The hosts that the stand-in answers as. */
const HOSTS = ['api.wawp.net', '*.whatsapp.net'];

const SOME_DAYS_MS = 30 * 24 * 60 * 60 * 1000;

/** The certificates that a server can show, by what is wrong with them. */
export type Certificates = Record<'good' | BadCertificate, string>;

/** A key and its certificate, PEM. */
interface Signer {
	key: string;
	cert: string;
}

/**
 * Makes a throw-away certificate authority, and certificates for the gateway's hosts as public ones are: a P-256 key, under an
 * intermediate authority, whose certificate the server sends along. The authorities' own keys are not kept.
 *
 * @param folder made where it is missing; what an earlier call left in it is replaced
 * @param others hosts that are answered for besides
 * @returns the path of the root authority's certificate, for NODE_EXTRA_CA_CERTS
 */
export async function makeCertificates(folder: string, others: string[] = []): Promise<string> {
	const later = new Date(Date.now() + SOME_DAYS_MS);
	const root = await authority('Throw-away authority of a test', later);
	const intermediate = await authority('Throw-away intermediate authority', later, root);
	const certificate = async (hosts: string[], notAfterDate: Date) => {
		const { key, cert } = await signed('Stand-in for the gateway', intermediate, {
			notBeforeDate: new Date(Date.now() - 2 * SOME_DAYS_MS),
			notAfterDate,
			extensions: [{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2 as const, value })) }],
		});
		return [key, cert, intermediate.cert].join('\n');
	};
	const certificates: Certificates = {
		good: await certificate([...HOSTS, ...others], later),
		'certificate for another name': await certificate(['gateway.example.com'], later),
		'expired certificate': await certificate(HOSTS, new Date(Date.now() - SOME_DAYS_MS)),
	};
	const caFile = join(folder, 'ca.pem');
	await mkdir(folder, { recursive: true });
	await writeFile(caFile, root.cert);
	for (const [name, pem] of Object.entries(certificates)) {
		await writeFile(serverFile(caFile, name), pem, { mode: 0o600 });
	}
	return caFile;
}

async function authority(name: string, notAfterDate: Date, issuer?: Signer): Promise<Signer> {
	return await signed(name, issuer, {
		notAfterDate,
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
		],
	});
}

/** @param issuer itself where it is missing */
async function signed(
	name: string,
	issuer: Signer | undefined,
	options: Parameters<typeof generate>[1],
): Promise<Signer> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
		keyType: 'ec',
		curve: 'P-256',
		algorithm: 'sha256',
		...(issuer && { ca: issuer }),
		...options,
	});
	return { key, cert };
}

/**
 * The server's private keys and certificate chains, PEM, that `makeCertificates` left beside the authority's.
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
