import { createHash } from 'node:crypto';

import { BAD_CERTIFICATES, type BadCertificate, type Fault, FAULTS, type FaultName } from './faults.mts';

/** How much of what the stand-in does goes wrong. */
export interface Chaos {
	/** The same seed and list meet the same faults. */
	seed: string;
	/** What part of the answers is a fault, from 0 to 1. */
	faults: number;
	/** The one fault that there is, where it is not any. */
	only?: FaultName;
	/** What part of the connections is met with a bad certificate, from 0 to 1. */
	badCertificates: number;
}

/**
 * What a request meets.
 *
 * @param attempt how often its contact has been asked for so far, this request included
 * @returns `undefined` for a good answer
 */
export function faultOf({ seed, faults, only }: Chaos, contactId: string, attempt: number): FaultName | undefined {
	const [isHit, which] = chances(`${seed} ${contactId} ${attempt}`);
	if (isHit >= faults) return undefined;
	if (only) return only;
	let left = which * ALL_WEIGHTS;
	return WEIGHTS.find(([, weight]) => (left -= weight) < 0)?.[0];
}

/**
 * What certificate a connection is met with.
 *
 * @param connection counts them from 1
 * @returns `undefined` for the good one
 */
export function badCertificateOf({ seed, badCertificates }: Chaos, connection: number): BadCertificate | undefined {
	const [isHit, which] = chances(`${seed} connection ${connection}`);
	return isHit < badCertificates ? BAD_CERTIFICATES[Math.floor(which * BAD_CERTIFICATES.length)] : undefined;
}

const WEIGHTS = Object.entries<Fault>(FAULTS).map(([name, { weight = 1 }]) => [name as FaultName, weight] as const);

const ALL_WEIGHTS = WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0);

/** Two numbers from 0 up to 1 that depend on nothing but the text. */
function chances(text: string): [number, number] {
	const hash = createHash('sha256').update(text).digest();
	return [hash.readUInt32BE(0) / 2 ** 32, hash.readUInt32BE(4) / 2 ** 32];
}
