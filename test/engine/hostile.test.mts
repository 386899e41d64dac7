import { inspect } from 'node:util';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { badCertificateOf } from '../stand-in/chaos.mts';
import { ACCESS_TOKEN } from '../stand-in/credentials.mts';
import { BAD_CERTIFICATES, type Fault, FAULTS } from '../stand-in/faults.mts';
import { pictureUrl } from '../stand-in/pictures.mts';

import { HAS_HINTS } from './engine.mts';
import { AMPLE_MS, noConnectionOpen, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

const suite = withStandIn();

const ID = '15551234567@c.us';
const GOOD = { id: ID, url: pictureUrl(ID, 1, Date.now()) };

async function lookUp(options: INodeParameters = {}) {
	const { run, success, failed } = await runInEngine({
		leads: [{ phone: ID }],
		parameters: { options: { timeout: AMPLE_MS, maxRetries: 0, ...options } },
		onError: 'continueErrorOutput',
	});
	expect(success.length + failed.length).toBe(1);
	expect(JSON.stringify(run) + inspect(run, { depth: 30, showHidden: true })).not.toContain(ACCESS_TOKEN);
	expect(suite.standIn.gateway.counts.strays).toEqual([]);
	return { success: success[0]?.json, error: failed[0]?.json.error as IDataObject | undefined };
}

describe.each(Object.entries<Fault>(FAULTS))('%s', (_name, { leadsTo, reason, does }) => {
	test(leadsTo === 'answer' ? 'is the answer that it holds' : `fails as ${reason}`, async () => {
		const { gateway } = suite.standIn;
		gateway.script.set(ID, [does(JSON.stringify(GOOD))]);
		const { success, error } = await lookUp(reason === 'timeout' ? { timeout: 800 } : {});
		if (leadsTo === 'answer') expect(success).toEqual(GOOD);
		else expect(error).toMatchObject({ reason, retryable: true, attempts: 1, contactId: ID });
		expect(gateway.counts.lookUps).toBe(1);
		await noConnectionOpen(suite.standIn);
		// What is on its way when the reader hangs up has left the server.
		expect(gateway.counts.lookUpBytes).toBeLessThan(8 * 1024 ** 2);
	});
});

// Of the versions that are tested, the one without hints leaves the encryption to its proxy, and sees no certificate.
const SEES_CERTIFICATES = HAS_HINTS;

test.each(BAD_CERTIFICATES)('%s: nothing is sent over that connection, and it is not tried again', async (name) => {
	const { gateway } = suite.standIn;
	const seeds = Array.from({ length: 99 }, (_, seed) => ({ seed: String(seed), faults: 0, badCertificates: 1 }));
	gateway.chaos = seeds.find((chaos) => badCertificateOf(chaos, 1) === name);
	const { success, error } = await lookUp({ maxRetries: 2 });
	if (SEES_CERTIFICATES) expect(error).toMatchObject({ reason: 'network', retryable: true, attempts: 1 });
	else expect(success).toMatchObject({ id: ID });
	expect(gateway.counts.badCertificates).toEqual({ [name]: 1 });
	expect(gateway.counts.lookUps).toBe(SEES_CERTIFICATES ? 0 : 1);
});

test('a proxy that takes connections and says nothing: the item fails as timeout, when that is due', async () => {
	const { gateway } = suite.standIn;
	gateway.proxyIsSilent = true;
	const { error } = await lookUp({ timeout: 800, maxRetries: 1 });
	// Where n8n leaves the encryption to its proxy, there is no tunnel, and so no silence.
	if (SEES_CERTIFICATES) expect(error).toMatchObject({ reason: 'timeout', retryable: true, attempts: 2 });
	expect(gateway.counts.lookUps).toBe(SEES_CERTIFICATES ? 0 : 1);
});
