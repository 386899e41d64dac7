import type { StandIn } from '../stand-in/standIn.mts';
import { startEnvironment } from './environment.mts';

/**
 * Gives a test file a stand-in of its own, from before its first test until after its last, with nothing counted or
 * cached at the start of each test.
 */
export function withStandIn(): { readonly standIn: StandIn } {
	let standIn: StandIn | undefined;
	beforeAll(async () => {
		standIn = await startEnvironment();
	});
	beforeEach(() => standIn?.gateway.reset());
	afterAll(async () => await standIn?.close());
	return {
		get standIn() {
			if (!standIn) throw new Error('The stand-in runs only during tests');
			return standIn;
		},
	};
}

/** Expects that no connection is being made, waits for an answer, or for the rest of one. */
export async function noConnectionOpen({ gateway }: StandIn): Promise<void> {
	// Closing takes a moment.
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(gateway.connectionsOpen).toBe(0);
}
