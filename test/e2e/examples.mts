import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import type { Credential } from '../../sandbox/credentials.mts';
import { WAWP_ACCOUNT } from '../../sandbox/examples.mts';
import { readRunData, type RunData, type RunItem } from '../../sandbox/execution.mts';
import type { Gateway } from '../stand-in/gateway.mts';
import { n8nCommand, type Setup } from '../../sandbox/n8n.mts';
import { limited } from '../stand-in/behaviours.mts';
import { type ChatModel, openAiAccount } from '../stand-in/chatModel.mts';
import { GOOD_CREDENTIAL } from '../stand-in/credentials.mts';
import { GOOGLE_ACCOUNT, type GoogleSheets } from '../stand-in/googleSheets.mts';
import { type HubSpot, HUBSPOT_ACCOUNT, type Properties } from '../stand-in/hubSpot.mts';
import { pictureOf } from '../stand-in/pictures.mts';
import { describeLongLists } from './longLists.mts';
import { describeNewLead } from './newLead.mts';
import type { SignedIn } from './withServer.mts';

/** What the examples' nodes lead to, and the node that their user starts. */
interface Others {
	gateway(): Gateway;
	model(): ChatModel;
	hubSpot: HubSpot;
	sheets: GoogleSheets;
}

const BY_HAND = { name: 'When clicking ‘Execute workflow’' };

/** The credentials that the examples use. */
export function credentialsOfExamples(model: ChatModel): Credential[] {
	// An instance of their own, so that no other test's requests count for their pace.
	const data = { ...GOOD_CREDENTIAL, instance_id: `${GOOD_CREDENTIAL.instance_id}~1` };
	return [{ ...WAWP_ACCOUNT, data }, openAiAccount(model), HUBSPOT_ACCOUNT, GOOGLE_ACCOUNT];
}

/** The tests of the example workflows, which have to be imported, with their credentials. */
export function describeTheExamples(
	setup: Setup,
	n8n: SignedIn,
	{ gateway: gatewayOf, model, hubSpot, sheets }: Others,
): void {
	describe('the examples', () => {
		const execute = async (id: string) => itemsOf(await n8n.api.run(id, BY_HAND));

		it('enrich leads: each lead comes out once, with its picture, without one, or with the reason', async () => {
			gatewayOf().reset();
			const items = await execute('wawpEnrichLeads');
			assert.deepEqual(items('Picture').map(withPicture), [
				lead('Ada', 'Analytical Engines', '+44 20 7946 0958', '442079460958@c.us'),
				lead('Ben', 'Kite & Key', '+1 (555) 123-4567', '15551234567@c.us'),
				lead('Cleo', 'Coral Shipping', 61491570156, '61491570156@c.us'),
				lead('Hana', 'Blue Note Bakery', '0049 152 28817386', '4915228817386@c.us'),
				lead('Ivy', 'The same number as Ben', '0015551234567', '15551234567@c.us'),
				lead('Jack', 'Opal Optics', '0491 570 157', '61491570157@c.us', 'AU'),
				lead('Kim', 'Harbour Lights', '020 7946 0123', '442079460123@c.us', 'United Kingdom'),
				lead('Lars', 'Nordic Pines', '070-174 06 05', '46701740605@c.us', 'SWE'),
				lead('Mia', 'Rheingold Print', 15228817387, '4915228817387@c.us', '+49'),
				lead('Nils', 'Fjord Ferries', '+47 21 23 45 67', '4721234567@c.us', 'Sweden'),
			]);
			const dara = { name: 'Dara', company: 'Hides the photo', phone: '15558004010@c.us' };
			assert.deepEqual(
				items('No visible picture').map(({ json }) => json),
				[{ ...dara, id: '15558004010@c.us', url: null }],
			);
			assert.deepEqual(items('Try again later').map(withReason), [
				['Fay', 'Gateway is busy', '15558004290@c.us', 'rate-limited', true],
				['Gus', 'Gateway has trouble', '15558005030@c.us', 'temporarily-unavailable', true],
			]);
			assert.deepEqual(items('Fix by hand').map(withReason), [
				['Eli', 'Typing error', 'ask the front desk', 'invalid-contact-id', false],
				['Olga', 'No country', '06 20 123 4567', 'invalid-contact-id', false],
			]);
			assert.equal(gatewayOf().counts.perContact['15551234567@c.us'], 1);
		});

		for (const [mode, inMemory] of [
			['filesystem', false],
			['default', true],
		] as const) {
			it(`keep pictures, with binary data ${inMemory ? 'in memory' : 'on disk'}: the files are the server's bytes`, async () => {
				gatewayOf().reset();
				const folder = join(setup.userFolder, '.n8n-files');
				rmSync(folder, { recursive: true, force: true });
				mkdirSync(folder);
				const withMode = { ...setup, env: { ...setup.env, N8N_DEFAULT_BINARY_DATA_MODE: mode } };
				const items = itemsOf(
					readRunData(await n8nCommand(withMode, ['execute', '--id=wawpKeepPictures', '--rawOutput'])),
				);

				const written = items('Write the file');
				assert.deepEqual(
					written.map(({ json, binary }) => [json.name, binary?.data?.fileName, binary?.data?.mimeType]),
					[
						['Ada', '442079460958.jpg', 'image/jpeg'],
						['Ben', '15551234567.jpg', 'image/jpeg'],
						['Hana', '4915228817386.jpg', 'image/jpeg'],
						['Ivy', '15551234567.jpg', 'image/jpeg'],
					],
				);
				const served = await Promise.all(
					['15551234567', '442079460958', '4915228817386'].map(async (digits) => await pictureOf(digits)),
				);
				assert.deepEqual(readdirSync(folder).sort(), ['15551234567.jpg', '442079460958.jpg', '4915228817386.jpg']);
				for (const [index, name] of readdirSync(folder).sort().entries()) {
					assert.ok(readFileSync(join(folder, name)).equals(served[index] ?? Buffer.alloc(0)), name);
				}
				for (const { binary } of items('Get profile picture')) {
					if (binary) assert.equal(binary.data?.id === undefined, inMemory);
				}
				assert.deepEqual(
					items('No visible picture').map(({ json }) => json.name),
					['Dara'],
				);
				assert.deepEqual(items('Failures').map(withReason), [
					['Eli', 'Typing error', 'ask the front desk', 'invalid-contact-id', false],
				]);
				const { perPicture, credentialLeaks, strays } = gatewayOf().counts;
				assert.deepEqual(perPicture, { 442079460958: 1, 15551234567: 1, 4915228817386: 1 });
				assert.equal(credentialLeaks, 0);
				assert.deepEqual(strays, []);
			});
		}

		it('big lists: at once, then once more for what may work later, each lead once', async () => {
			gatewayOf().reset();
			// As often as the node asks in its first pass.
			for (const id of ['61491570156@c.us', '4915228817386@c.us']) {
				gatewayOf().script.set(
					id,
					Array.from({ length: 4 }, () => limited('1')),
				);
			}
			const items = await execute('wawpBigLists');
			assert.deepEqual(
				items('Get profile picture again').map(({ json }) => [json.name, json.id ?? reasonOf(json)]),
				[
					['Cleo', '61491570156@c.us'],
					['Hana', '4915228817386@c.us'],
					['Fay', 'rate-limited'],
					['Gus', 'temporarily-unavailable'],
				],
			);
			assert.deepEqual(
				items('Looked up').map(({ json }) => [json.name, json.id, json.url !== null, 'error' in json]),
				[
					['Ada', '442079460958@c.us', true, false],
					['Ben', '15551234567@c.us', true, false],
					['Dara', '15558004010@c.us', false, false],
					['Ivy', '15551234567@c.us', true, false],
					['Cleo', '61491570156@c.us', true, false],
					['Hana', '4915228817386@c.us', true, false],
				],
			);
			assert.deepEqual(items('Failures').map(withReason), [
				['Fay', 'Gateway is busy', '15558004290@c.us', 'rate-limited', true],
				['Gus', 'Gateway has trouble', '15558005030@c.us', 'temporarily-unavailable', true],
				['Eli', 'Typing error', 'ask the front desk', 'invalid-contact-id', false],
			]);
		});

		it("HubSpot round trip, with n8n's own HubSpot node: each contact has its URL, a note that says why not, or another chance", async () => {
			gatewayOf().reset();
			hubSpot.contacts.clear();
			const contact = (id: number, name: string, more: Properties) =>
				hubSpot.contacts.set(String(id), { email: `${name}@example.com`, ...more });
			contact(101, 'ada', { phone: '+44 20 7946 0958' });
			contact(102, 'dara', { phone: '15558004010@c.us' });
			contact(103, 'eli', { phone: 'ask the front desk' });
			contact(104, 'gus', { phone: '15558005030@c.us' });
			contact(105, 'has-one', { phone: '15551234567', whatsapp_picture_url: 'https://example.com/kept.jpg' });
			contact(106, 'no-phone', {});
			contact(107, 'has-a-note', { phone: '15551234567', whatsapp_picture_note: 'asked for no picture' });
			await execute('wawpHubSpot');
			const written = [...hubSpot.contacts].map(([id, { whatsapp_picture_url: url, whatsapp_picture_note: note }]) => [
				Number(id),
				url?.replace(/\/[^/]*$/, '/...'),
				note?.replace(/:.*/, ''),
			]);
			const pictures = hubSpot.contacts.get('101')?.whatsapp_picture_url?.replace(/\/[^/]*$/, '/...');
			assert.match(pictures ?? '', /^https:\/\/pps\.whatsapp\.net\//);
			assert.deepEqual(written, [
				[101, pictures, undefined],
				[102, undefined, 'No visible picture'],
				[103, undefined, 'invalid-contact-id'],
				[104, undefined, undefined],
				[105, 'https://example.com/...', undefined],
				[106, undefined, undefined],
				[107, undefined, 'asked for no picture'],
			]);
			assert.deepEqual(gatewayOf().counts.strays, []);
		});

		describe('AI agent', () => {
			/** What the agent answers. */
			const ask = async (text: string) =>
				String(itemsOf(await n8n.api.chat('wawpAiAgent', text))('AI Agent')[0]?.json.output);

			it('looks a number up, and answers with the URL', async () => {
				const answer = await ask('Show me the picture of +1 (555) 123-4567, please');
				assert.match(answer, /15551234567@c\.us.*https:\/\/pps\.whatsapp\.net\/\S+15551234567_/);
			});

			it('is told what the tool gives, and what it wants', () => {
				const tool = model().requests.at(-1)?.tools?.[0]?.function;
				assert.equal(
					tool?.description,
					'Get the WhatsApp profile picture of one person or group. Returns its URL, null if there is no visible ' +
						'picture, or an error with the reason. Do not use it to verify who somebody is.',
				);
				const wanted = Object.values(tool?.parameters.properties ?? {}) as Array<{ description?: string }>;
				assert.deepEqual(
					wanted.map(({ description }) => description),
					[
						'Phone number with country code, digits only, e.g. 15551234567, or a WhatsApp ID ending in @c.us, @g.us or ' +
							'@lid. Ask for the country code if it is missing.',
					],
				);
			});

			it('knows that there is no visible picture', async () => {
				assert.match(await ask('And of 15558004010@c.us?'), /15558004010@c\.us.*null/);
			});

			it('can read what is wrong with a number, and what to do about it', async () => {
				const answer = await ask('And of "ask the front desk"?');
				assert.match(answer, /is neither a phone number nor a WhatsApp ID/);
				assert.match(answer, /Use a phone number with its country code/);
			});

			it('asks nothing of the tool where there is nothing to look up', async () => {
				const before = gatewayOf().counts.lookUps;
				assert.equal(await ask('Hello'), 'Which phone number?');
				assert.equal(gatewayOf().counts.lookUps, before);
			});
		});

		if (setup.line === 'n8n-2') describeLongLists(n8n, gatewayOf, sheets);

		// Last: n8n keeps to the pause that this one is asked for.
		describeNewLead(n8n, gatewayOf);
	});
}

/** The items of all of a node's runs, on all of its outputs. */
function itemsOf(runData: RunData): (node: string) => RunItem[] {
	return (node) => {
		return (runData[node] ?? []).flatMap(({ data }) => (data?.main ?? []).flatMap((items) => items ?? []));
	};
}

const lead = (name: string, company: string, phone: string | number, id: string, country?: string) => ({
	name,
	company,
	phone,
	...(country !== undefined && { country }),
	id,
	url: true,
});

/** The item, and whether its URL is that of its own contact. */
function withPicture({ json }: RunItem) {
	const digits = String(json.id).replace(/\D/g, '');
	return { ...json, url: new RegExp(`^https://pps\\.whatsapp\\.net/.*/${digits}_`).test(String(json.url)) };
}

function reasonOf(json: RunItem['json']): unknown {
	return (json.error as { reason?: string } | undefined)?.reason;
}

function withReason({ json }: RunItem): unknown[] {
	const { retryable } = json.error as { retryable: boolean };
	return [json.name, json.company, json.phone, reasonOf(json), retryable];
}
