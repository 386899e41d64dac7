import { GOOD_CREDENTIAL } from '../stand-in/credentials.mts';

let number = 0;

/** From now on runs without a credential of their own use an instance that nothing was asked of before. */
export function useOwnInstance(): void {
	number += 1;
}

/** A good credential for that instance. */
export function ownCredential(): typeof GOOD_CREDENTIAL {
	return { ...GOOD_CREDENTIAL, instance_id: `${GOOD_CREDENTIAL.instance_id}~${number}` };
}
