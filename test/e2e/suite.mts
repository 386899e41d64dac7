import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import pidusage from 'pidusage';

import { CACHE } from '../../scripts/install.mjs';
import { type Branches, branchesOf, outputsOf } from '../../sandbox/execution.mts';
import { importCredentials } from '../../sandbox/credentials.mts';
import { connectToStandIn, type Connection } from '../../sandbox/gateway.mts';
import { installN8n, type Line } from '../../sandbox/install.mts';
import type { Setup } from '../../sandbox/n8n.mts';
import { buildAndPack, installAsCommunityNode } from '../../scripts/package.mts';
import { type ChatModel, startChatModel } from '../stand-in/chatModel.mts';
import { ACCESS_TOKEN, GOOD_CREDENTIAL, REFUSED_CREDENTIAL } from '../stand-in/credentials.mts';
import { GoogleSheets, SHEETS_HOST } from '../stand-in/googleSheets.mts';
import { HUBSPOT_HOST, HubSpot } from '../stand-in/hubSpot.mts';
import { until } from '../until.mts';
import { credentialsOfExamples, describeTheExamples } from './examples.mts';
import { importWorkflows } from './importWorkflows.mts';
import { filesWith } from './traces.mts';
import { withServer } from './withServer.mts';
import { CREDENTIAL, HTTP_ELSEWHERE, HTTP_REQUEST, ON_ERROR, type OnError, START, workflow } from './workflows.mts';

/** The tests of the packed node in a real n8n. They build on one another, in order. */
export function describeInRealN8n(line: Line): void {
	describe(`the packed node in real ${line}`, () => {
		const folder = join(CACHE, 'e2e', line);
		const setup: Setup = {
			line,
			userFolder: join(folder, 'user'),
			logFile: join(folder, 'n8n.log'),
			env: { N8N_LOG_LEVEL: 'debug' },
		};
		let gateway: Connection;
		let model: ChatModel;
		const hubSpot = new HubSpot(new Map(), ['email', 'phone', 'whatsapp_picture_url', 'whatsapp_picture_note']);
		const sheets = new GoogleSheets(['id', 'name', 'phone', 'url', 'expiresAt', 'checkedAt', 'reason']);

		before(async () => {
			await installN8n(line);
			rmSync(folder, { recursive: true, force: true });
			installAsCommunityNode(buildAndPack(), setup.userFolder);
			gateway = await connectToStandIn({ [HUBSPOT_HOST]: hubSpot.handle, [SHEETS_HOST]: sheets.handle });
			Object.assign(setup.env ?? {}, gateway.env);
			model = await startChatModel();
			await importCredentials(setup, [CREDENTIAL, ...credentialsOfExamples(model)]);
			await importWorkflows(setup, [
				...ON_ERROR.map((onError) => workflow(onError, onError)),
				HTTP_REQUEST,
				HTTP_ELSEWHERE,
			]);
		});
		after(async () => {
			await model?.close();
			await gateway?.close();
		});
		const n8n = withServer(setup);

		describe('in the editor', () => {
			it('is there, as a node and as a tool for AI agents', async () => {
				const names = (await n8n.api.nodeTypes()).map(({ name }) => name);
				assert.ok(names.includes('n8n-nodes-wawp.wawp'));
				assert.ok(names.includes('n8n-nodes-wawp.wawpTool'));
			});

			const tests: Array<[string, Record<string, string>, { status: string; message: RegExp }]> = [
				['a good credential passes', GOOD_CREDENTIAL, { status: 'OK', message: /successful/ }],
				[
					'a wrong access token is refused in words',
					REFUSED_CREDENTIAL,
					{ status: 'Error', message: /did not confirm.*Check 'Instance ID' and 'Access Token'/ },
				],
				[
					'an unknown instance is refused in words',
					{ ...GOOD_CREDENTIAL, instance_id: 'instance-unknown' },
					{ status: 'Error', message: /Check 'Instance ID' and 'Access Token'/ },
				],
				[
					'a session that waits for its QR code is told from a bad token',
					{ ...GOOD_CREDENTIAL, instance_id: 'instance-unpaired' },
					{ status: 'Error', message: /access token is good, but .* QR code/ },
				],
				[
					'a stopped session is told from a bad token',
					{ ...GOOD_CREDENTIAL, instance_id: 'instance-stopped' },
					{ status: 'Error', message: /access token is good, but .* stopped/ },
				],
				[
					'a starting session is told from a bad token',
					{ ...GOOD_CREDENTIAL, instance_id: 'instance-starting' },
					{ status: 'Error', message: /access token is good, but .* starting/ },
				],
				[
					'a failed session is told from a bad token',
					{ ...GOOD_CREDENTIAL, instance_id: 'instance-failed' },
					{ status: 'Error', message: /access token is good, but .* failed/ },
				],
				[
					'a gateway out of reach is told from a bad token',
					{ ...GOOD_CREDENTIAL, instance_id: 'instance-reset' },
					{ status: 'Error', message: /ECONNRESET|connection/i },
				],
			];
			for (const [what, data, { status, message }] of tests) {
				it(`the credential test: ${what}`, async () => {
					const result = await n8n.api.testCredential(data);
					assert.equal(result.status, status);
					assert.match(result.message, message);
				});
			}
		});

		describe('in an execution of 20,000 leads that is stopped in the editor', () => {
			let executionId: string;
			let stoppedAt: number;
			const startedAt = () => gateway.standIn?.gateway.counts.startedAt ?? [];
			before(async () => {
				gateway.standIn?.gateway.reset();
				const leads = Array.from({ length: 20_000 }, (_, index) => ({ phone: 15550000000 + index }));
				executionId = await n8n.api.execute(workflow('long', 'continueErrorOutput', leads));
				const status = async () => await n8n.api.statusOf(executionId);
				await until(
					async () => `it runs, which is ${await status()}`,
					() => startedAt().length >= 200,
					60_000,
				);
				await n8n.api.stop(executionId);
				stoppedAt = performance.now();
			});

			it('no request reaches the gateway later than a second after', async () => {
				await sleep(4000);
				assert.ok(Math.max(...startedAt()) <= stoppedAt + 1000);
				assert.ok(startedAt().length < 10_000);
				assert.equal(gateway.standIn?.gateway.open, 0);
			});

			it('n8n counts it as stopped, not as failed', async () => {
				assert.equal(await n8n.api.statusOf(executionId), 'canceled');
			});

			it('the process is idle', async () => {
				// Storing the execution and tidying up after it takes n8n some seconds. The rest of the list would take 40.
				const used: number[] = [];
				for (let window = 0; window < 4 && (used.at(-1) ?? Infinity) >= 500; window += 1) {
					const before = await pidusage(n8n.server.pid);
					await sleep(5000);
					used.push((await pidusage(n8n.server.pid)).ctime - before.ctime);
				}
				assert.ok((used.at(-1) ?? Infinity) < 500, `milliseconds of CPU in 5 s: ${used.join(', ')}`);
			});
		});

		describe('in executions', () => {
			const execute = async (onError: OnError): Promise<Branches> =>
				branchesOf(await n8n.api.run(onError, { name: START }));

			const picture = (name: string, digits: string) => ({ name, id: `${digits}@c.us`, hasPicture: true });
			const pictures = [
				picture('Ada', '442079460958'),
				picture('Cleo', '15551234567'),
				{ name: 'Dan', id: '15558004010@c.us', hasPicture: false },
			];
			const failures = [
				['Ben', 'invalid-contact-id'],
				['Eve', 'bad-request'],
				['Fay', 'temporarily-unavailable'],
				['Gus', 'bad-request'],
				['Hal', 'network'],
			];
			const asPicture = ({ lead, json }: Branches['pictures'][number]) => ({
				name: lead.name,
				id: json.id,
				hasPicture: String(json.url).startsWith('https://pps.whatsapp.net/'),
			});
			const reason = (json: Record<string, unknown>) => (json.error as { reason?: string } | undefined)?.reason;

			it('On Error "Continue (using error output)": each lead on its branch, failures with their fields', async () => {
				const branches = await execute('continueErrorOutput');
				assert.deepEqual(branches.pictures.map(asPicture), pictures);
				assert.deepEqual(
					branches.failures.map(({ json }) => [json.name, reason(json)]),
					failures,
				);
				for (const { lead, json } of branches.failures) {
					assert.deepEqual({ ...json, error: undefined }, { ...lead, error: undefined });
				}
			});

			it('On Error "Continue": all leads on the one branch, in their places', async () => {
				const branches = await execute('continueRegularOutput');
				assert.deepEqual(branches.failures, []);
				const names = branches.pictures.map(({ lead }) => lead.name);
				assert.deepEqual(names, ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal']);
				assert.deepEqual(branches.pictures.filter(({ json }) => !reason(json)).map(asPicture), pictures);
				assert.deepEqual(
					branches.pictures.filter(({ json }) => reason(json)).map(({ lead, json }) => [lead.name, reason(json)]),
					failures,
				);
			});

			it('On Error "Stop Workflow": the execution fails, and says why', async () => {
				const { error } = await n8n.api.resultOf('stopWorkflow', { name: START });
				assert.match(error?.message ?? '', /"call me" is neither a phone number nor a WhatsApp ID/);
			});

			it("the credential works in n8n's own HTTP Request node, on another endpoint", async () => {
				const runData = await n8n.api.run(HTTP_REQUEST.id, { name: START });
				assert.deepEqual(
					outputsOf(runData, 'HTTP Request')[0]?.map(({ json }) => json),
					[{ id: '15550000000@c.us', pushName: 'Stand-in' }],
				);
			});

			it("n8n's own HTTP Request node cannot send it to another host", async () => {
				gateway.standIn?.gateway.reset();
				const { error } = await n8n.api.resultOf(HTTP_ELSEWHERE.id, { name: START });
				assert.match(error?.message ?? '', /This credential is only sent to https URLs under wawp\.net/);
				assert.equal(gateway.standIn?.gateway.counts.credentialLeaks, 0);
			});
		});

		describeTheExamples(setup, n8n, {
			gateway: () => gateway.standIn?.gateway ?? assert.fail('The stand-in runs only during tests'),
			model: () => model,
			hubSpot,
			sheets,
		});

		it('the access token is in no file of n8n: database, event log, output at level debug', () => {
			assert.notDeepEqual(filesWith('442079460958@c.us', setup.userFolder), [], 'the search finds what is stored');
			assert.notDeepEqual(filesWith('Editor is now accessible', folder), [], 'the search finds what is logged');
			assert.deepEqual(filesWith(ACCESS_TOKEN, folder), []);
		});
	});
}
