import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import type { Gateway } from '../stand-in/gateway.mts';
import { until } from '../until.mts';
import type { SignedIn } from './withServer.mts';

/** What the example is set to: the default of Max Concurrent Requests. */
const MAX_CONCURRENT_REQUESTS = 5;

/** How long the gateway takes until n8n has started most of the executions, and from then on. */
const AT_FIRST_MS = 3000;
const LATER_MS = 100;

/** The tests of the example workflow that a webhook starts for each lead. It has to be imported. */
export function describeNewLead(n8n: SignedIn, gatewayOf: () => Gateway): void {
	describe('new lead', () => {
		before(async () => {
			gatewayOf().reset();
			await n8n.api.activateStored('wawpNewLead');
			// n8n 2 answers before the webhook is there. Until then it has no other method to propose.
			const askWrongly = async () => await (await fetch(`${n8n.server.url}/webhook/wawp-new-lead`)).text();
			await until(
				async () => `the webhook is there: ${await askWrongly()}`,
				async () => /POST/.test(await askWrongly()),
				60_000,
			);
		});

		const post = async (lead: object) => {
			const response = await fetch(`${n8n.server.url}/webhook/wawp-new-lead`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(lead),
			});
			const { status, headers } = response;
			const body = (await response.json()) as Record<string, unknown>;
			return { status, retryAfter: headers.get('retry-after'), body };
		};

		it('with a picture is answered with id and url, a local number by its country', async () => {
			const { status, body } = await post({ phone: '020 7946 0958', country: 'United Kingdom' });
			assert.equal(status, 200);
			assert.deepEqual(Object.keys(body), ['id', 'url']);
			assert.equal(body.id, '442079460958@c.us');
			assert.match(String(body.url), /^https:\/\/pps\.whatsapp\.net\//);
		});

		it('without a visible picture is answered with null', async () => {
			const { status, body } = await post({ phone: '15558004010@c.us', country: '' });
			assert.deepEqual([status, body], [200, { id: '15558004010@c.us', url: null }]);
		});

		it('with a number to fix is answered with 422, and with what is wrong', async () => {
			const { status, retryAfter, body } = await post({ phone: 'ask the front desk' });
			assert.deepEqual([status, retryAfter, body.reason], [422, null, 'invalid-contact-id']);
			assert.match(String(body.message), /"ask the front desk" is neither a phone number nor a WhatsApp ID/);
		});

		it('that may work later is answered with 503, and after how long to ask again', async () => {
			const { status, retryAfter, body } = await post({ phone: '15558005030@c.us' });
			assert.deepEqual([status, retryAfter, body.reason], [503, '60', 'temporarily-unavailable']);
		});

		it('100 at once are all answered with their own pictures, and no more requests are open than one execution may have', async () => {
			const gateway = gatewayOf();
			gateway.reset();
			gateway.latencyMs = AT_FIRST_MS;
			const numbers = Array.from({ length: 100 }, (_, index) => String(4_915_110_000_000 + index));
			const answers = Promise.all(numbers.map(async (phone) => await post({ phone })));
			const running = async () =>
				(await n8n.api.newestExecutions()).filter(({ status }) => status === 'running').length;
			// Else it would be n8n that holds the requests back.
			await until('most of the executions run at once', async () => (await running()) > 50, 30_000);
			gateway.latencyMs = LATER_MS;

			const picturesOf = ({ status, body }: Awaited<ReturnType<typeof post>>) => [
				status,
				body.id,
				/\/(\d+)_\d+_n\.jpg/.exec(String(body.url))?.[1],
			];
			assert.deepEqual(
				(await answers).map(picturesOf),
				numbers.map((digits) => [200, `${digits}@c.us`, digits]),
			);
			const { lookUps, mostOpen } = gateway.counts;
			assert.deepEqual({ lookUps, mostOpen }, { lookUps: 100, mostOpen: MAX_CONCURRENT_REQUESTS });
			gateway.reset();
		});

		it('that came at the rate limit is answered with 503, and with the wait that Wawp asks for', async () => {
			gatewayOf().script.set('15551234567@c.us', [{ status: 429, headers: { 'retry-after': '600' }, body: '' }]);
			const { status, retryAfter, body } = await post({ phone: '15551234567' });
			assert.deepEqual([status, body.reason], [503, 'rate-limited']);
			assert.ok(Number(retryAfter) > 590 && Number(retryAfter) <= 600, String(retryAfter));
		});
	});
}
