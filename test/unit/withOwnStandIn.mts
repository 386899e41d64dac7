import { readFileSync } from 'node:fs';

import { type StandIn, startStandIn } from '../stand-in/standIn.mts';

/** Gives a test file a stand-in of its own, from before its first test until after its last. */
export function withOwnStandIn() {
	// `npm run jest` makes the certificates.
	const caFile = process.env.STAND_IN_CA ?? '';
	let standIn: StandIn;
	beforeAll(async () => {
		standIn = await startStandIn(caFile);
	});
	afterAll(async () => await standIn.close());
	return {
		get standIn() {
			return standIn;
		},
		/** The certificate of the authority that the stand-in's own is of. */
		get ca() {
			return readFileSync(caFile, 'utf8');
		},
	};
}
