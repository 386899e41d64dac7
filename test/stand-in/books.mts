import { createHash } from 'node:crypto';

/** Which contacts have no picture to see, and which answers a cache mixes up; both depend on the seed alone. */
export interface Books {
	seed: string;
	/** What part of the contacts has no picture to see, from 0 to 1. */
	without: number;
	/** What part of the answers is another contact's, from 0 to 1. */
	mixedUp: number;
}

/** Whether a contact has a picture to see. */
export function hasPicture({ seed, without }: Books, contactId: string): boolean {
	return chance(`${seed} picture of ${contactId}`) >= without;
}

/**
 * Whether a cache in front gives the answer of another contact.
 *
 * @param attempt how often its contact has been asked for so far, this request included
 */
export function isMixedUp({ seed, mixedUp }: Books, contactId: string, attempt: number): boolean {
	return chance(`${seed} cache of ${contactId} ${attempt}`) < mixedUp;
}

/** Which of some ways it is for a contact. */
export function wayFor<Way>({ seed }: Books, contactId: string, ways: Way[]): Way {
	return ways[Math.floor(chance(`${seed} way of ${contactId}`) * ways.length)] as Way;
}

/** From 0 up to 1, dependent on nothing but the text. */
function chance(about: string): number {
	return createHash('sha256').update(about).digest().readUInt32BE(0) / 2 ** 32;
}
