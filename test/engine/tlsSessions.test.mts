import tls from 'node:tls';

import { WorkflowExecute } from 'n8n-core';

import { HAS_HINTS } from './engine.mts';
import { hasAgentOptions } from './features.mts';
import { useOwnInstance } from './instance.mts';
import { withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

const CONTACTS = 12;
const CONCURRENCY = 3;
const RESUMES = hasAgentOptions({ core: { WorkflowExecute } });

/** The handshakes of a run that leaves its instance remembered, since it keeps a pace. */
async function handshakesOfARun() {
	const { gateway } = suite.standIn;
	gateway.reset();
	const leads = Array.from({ length: CONTACTS }, (_, index) => ({ phone: 15551230000 + index }));
	const { success } = await runInEngine({
		...{ leads, onError: 'continueErrorOutput' as const },
		parameters: { options: { concurrency: CONCURRENCY, requestsPerMinute: 60_000 } },
	});
	expect(success).toHaveLength(CONTACTS);
	const { full, resumed } = gateway.counts.handshakes;
	// Where n8n leaves the encryption to its proxy, there are none here.
	if (HAS_HINTS) expect(full + resumed).toBe(CONTACTS);
	return { full, resumed };
}

if (RESUMES) {
	describe('A TLS session', () => {
		test('is resumed by all requests of a run but those that begin before the first answer', async () => {
			const { full } = await handshakesOfARun();
			expect(full).toBeGreaterThanOrEqual(1);
			expect(full).toBeLessThanOrEqual(CONCURRENCY);
		});

		test('is resumed by the next run of the same instance', async () => {
			await handshakesOfARun();
			expect((await handshakesOfARun()).full).toBe(0);
		});

		test('is not taken over to another instance', async () => {
			await handshakesOfARun();
			useOwnInstance();
			expect((await handshakesOfARun()).full).toBeGreaterThanOrEqual(1);
		});

		test('is resumed with the trusted authorities that are already loaded', async () => {
			await handshakesOfARun();
			const loading = jest.spyOn(tls, 'createSecureContext');
			await handshakesOfARun();
			const loaded = loading.mock.calls.length;
			loading.mockRestore();
			expect(loaded).toBe(0);
		});

		test('that the server does not take any more costs a full handshake, and is no error', async () => {
			await handshakesOfARun();
			suite.standIn.forgetTlsSessions();
			const { full } = await handshakesOfARun();
			expect(full).toBeGreaterThanOrEqual(1);
		});
	});
} else {
	test('On this n8n no TLS session is resumed, which is no error', async () => {
		expect((await handshakesOfARun()).resumed).toBe(0);
	});
}
