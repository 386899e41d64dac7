import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';

import { CONTACTS } from '../stand-in/contacts.mts';
import type { Gateway } from '../stand-in/gateway.mts';
import type { GoogleSheets } from '../stand-in/googleSheets.mts';
import { until } from '../until.mts';
import type { SignedIn } from './withServer.mts';

/** Where each of the workflows begins. */
const TRIGGER = { name: 'Every 15 minutes' };

/** A lead as its list has it, with what the workflow has written. Nothing is null in a table, and '' in a sheet. */
interface Lead {
	phone: string;
	url?: string | null;
	expiresAt?: string | null;
	checkedAt?: string | null;
	reason?: string | null;
	/** The number that was looked up. In a table only. */
	askedFor?: string | null;
}

/** A list of leads that a workflow goes through in rounds. */
interface List {
	workflowId: string;
	/** How many leads a round has. */
	round: number;
	/** Replaces what is in the list. */
	fill(leads: Lead[]): Promise<void>;
	/** The leads, in the order in which they were put in. */
	leads(): Promise<Lead[]>;
}

/** The tests of the example workflows for lists of any length, in n8n 2. They have to be imported. */
export function describeLongLists(n8n: SignedIn, gatewayOf: () => Gateway, sheets: GoogleSheets): void {
	describe('long lists', () => {
		beforeEach(() => gatewayOf().reset());

		/** How often contacts were asked for, one or all of them. */
		const asked = (contactId?: string) =>
			Object.entries(gatewayOf().counts.perContact)
				// One without a contact asks for the session.
				.filter(([id]) => (contactId === undefined ? id !== '' : id === contactId))
				.reduce((sum, [, times]) => sum + times, 0);

		describe('keep URLs alive', () => {
			const table = tableOf(n8n);
			const inHours = (hours: number) => new Date(Date.now() + 3_600_000 * hours).toISOString();
			const hoursLeft = ({ expiresAt }: Lead) =>
				expiresAt && Math.round((Date.parse(expiresAt) - Date.now()) / 3_600_000);
			const old = 'https://pps.whatsapp.net/old.jpg';

			it('looks up what is new or expires soon, and says of each lead what came of it', async () => {
				const odd = '4915228817386';
				const refused = CONTACTS.badRequest.id;
				gatewayOf().script.set(`${odd}@c.us`, [CONTACTS.notJson200.does]);
				await table.fill([
					{ phone: '+44 20 7946 0958', url: old, expiresAt: inHours(2), checkedAt: inHours(-30) },
					{ phone: '15551234567' },
					{ phone: '61491570156', url: old, expiresAt: inHours(30), checkedAt: inHours(-6) },
					{ phone: CONTACTS.hidden401.id },
					{
						phone: 'ask the front desk',
						askedFor: '15551234569',
						url: old,
						expiresAt: inHours(1),
						checkedAt: inHours(-30),
					},
					{ phone: odd, url: old, expiresAt: inHours(1), checkedAt: inHours(-30) },
					{ phone: refused, askedFor: refused, url: old, expiresAt: inHours(1), checkedAt: inHours(-30) },
				]);
				await n8n.api.run(table.workflowId, TRIGGER);

				const [ada, ben, cleo, dara, eli, gus, hal] = (await table.leads()) as [
					Lead,
					Lead,
					Lead,
					Lead,
					Lead,
					Lead,
					Lead,
				];
				for (const [lead, digits] of [
					[ada, '442079460958'],
					[ben, '15551234567'],
				] as const) {
					assertHasItsPicture(lead, digits);
					assert.ok(Number(hoursLeft(lead)) >= 24);
				}
				assert.deepEqual([cleo.url, hoursLeft(cleo), asked('61491570156@c.us')], [old, 30, 0]);
				assert.deepEqual([dara.url, dara.reason, hoursLeft(dara)], [null, 'no-picture', 7 * 24]);
				assert.match(eli.reason ?? '', /^invalid-contact-id: "ask the front desk" is neither/);
				assert.ok(eli.checkedAt);
				assert.equal(eli.url, null, 'a number that cannot be looked up keeps no picture of another one');
				assert.match(gus.reason ?? '', /^unexpected-response: /);
				assert.deepEqual([gus.url, hoursLeft(gus)], [old, 1]);
				assert.match(hal.reason ?? '', /^bad-request: /);
				assert.equal(hal.url, old, 'a URL that may still work stays with its number');
			});

			it('and in the next run only what may work now, and a number that was corrected', async () => {
				await n8n.api.changeRows(table.path, 'phone', 'ask the front desk', { phone: '+1 555 123 4568' });
				await n8n.api.run(table.workflowId, TRIGGER);
				const leads = await table.leads();
				assertHasItsPicture(leads[4], '15551234568');
				assertHasItsPicture(leads[5], '4915228817386');
				assert.deepEqual([asked(), asked('15551234568@c.us')], [2, 1]);
				await n8n.api.run(table.workflowId, TRIGGER);
				assert.equal(asked(), 2);
			});

			it('a number that is changed while its list is looked up gets no picture of the old one, but its own in the next run', async () => {
				await table.fill(numbered(40));
				const executionId = await n8n.api.start(table.workflowId, TRIGGER);
				await until('the first round is under way', () => asked() >= 1, 60_000);
				await n8n.api.changeRows(table.path, 'phone', '4915110000030', { phone: '15551234570' });
				await hasEnded(n8n, executionId, 'success');
				assert.equal(asked('4915110000030@c.us'), 1);
				const { url, checkedAt } = (await table.leads())[30] ?? {};
				assert.deepEqual([url, checkedAt], [null, null]);
				await n8n.api.run(table.workflowId, TRIGGER);
				assertHasItsPicture((await table.leads())[30], '15551234570');
				assert.equal(asked(), 41);
			});

			describeRounds(table);
		});

		describe('Google Sheets', () => {
			const sheet = sheetOf(sheets);

			it("writes to a lead's own row, wherever that is by then, and waits when Google says that it is too much", async () => {
				await sheet.fill([
					{ phone: 'ask the front desk', url: 'https://example.com/of-another-number.jpg' },
					{ phone: CONTACTS.hidden401.id },
					{ phone: '15551234567', url: 'https://example.com/kept.jpg', checkedAt: '2026-11-01T08:00:00.000Z' },
					...numbered(80),
				]);
				sheets.rows.splice(10, 0, {}, { name: 'Has no id', phone: '15551234569' });
				sheets.refusals = 1;
				const executionId = await n8n.api.start(sheet.workflowId, TRIGGER);
				await until('the first round is under way', () => asked() >= 10, 60_000);
				const removed = sheets.rows.splice(20, 1);
				sheets.rows.reverse().splice(30, 0, { id: 'new', phone: '4915110009999' });
				sheets.refusals = 1;
				await hasEnded(n8n, executionId, 'success');

				const byHand = sheets.rows.filter(({ reason }) => reason);
				assert.deepEqual(
					byHand.map(({ id, url, reason }) => [id, url, String(reason).replace(/:.*/, '')]),
					[
						['lead-1', '', 'no-picture'],
						['lead-0', '', 'invalid-contact-id'],
					],
				);
				const looked = (await sheet.leads()).filter(({ phone }) => String(phone).startsWith('49151'));
				assert.equal(looked.length, 80);
				for (const lead of looked) {
					if (lead.phone !== '4915110009999') assertHasItsPicture(lead, lead.phone);
				}
				assert.equal(sheets.rows.find(({ id }) => id === 'lead-2')?.url, 'https://example.com/kept.jpg');
				assert.deepEqual([asked(), asked(`${removed[0]?.phone}@c.us`), asked('4915110009999@c.us')], [81, 1, 0]);
			});

			it('and in the next run only what is new, or whose checkedAt was emptied', async () => {
				for (const row of sheets.rows)
					if (row.id === 'lead-0') Object.assign(row, { phone: '15551234568', checkedAt: '' });
				await n8n.api.run(sheet.workflowId, TRIGGER);
				assert.deepEqual([asked(), asked('4915110009999@c.us'), asked('15551234568@c.us')], [2, 1, 1]);
				for (const lead of await sheet.leads()) if (lead.phone === '15551234568') assertHasItsPicture(lead, lead.phone);
			});

			describeRounds(sheet);
		});

		/** What holds of both, the table and the sheet. */
		function describeRounds(list: List): void {
			const { workflowId, round } = list;
			// Two rounds, and a third that is not full. One number of the first round has to be corrected.
			const numbers = numbered(2 * round + 10);
			const badOne = { phone: 'ask the front desk' };
			const leads = [numbers[0], badOne, ...numbers.slice(1)] as Lead[];
			const inTheMiddle = round + round / 2;

			const assertAllDone = async () => {
				const done = await list.leads();
				for (const [index, { phone }] of leads.entries()) {
					if (phone === badOne.phone) assert.match(done[index]?.reason ?? '', /^invalid-contact-id: /);
					else assertHasItsPicture(done[index], phone);
				}
				const before = asked();
				await n8n.api.run(workflowId, TRIGGER);
				assert.equal(asked(), before, 'nothing is left to be asked for');
			};

			it('n8n is killed in the middle of a round: what is written stays, and no more than a round is asked for twice', async () => {
				await list.fill(leads);
				const executionId = await n8n.api.start(workflowId, TRIGGER);
				await until('the second round is under way', () => asked() >= inTheMiddle, 60_000);
				await n8n.killAndRestart();
				await hasEnded(n8n, executionId, 'crashed');

				const first = (await list.leads()).slice(0, round);
				for (const { phone, url, reason } of first) assert.ok(phone === badOne.phone ? reason : url, phone);
				await n8n.api.run(workflowId, TRIGGER);
				const times = Object.values(gatewayOf().counts.perContact);
				assert.ok(Math.max(...times) <= 2);
				assert.ok(times.filter((count) => count === 2).length <= round);
				await assertAllDone();
			});

			it('the session drops in the middle and comes back: meanwhile runs fail and say so, and ask three times at most', async () => {
				await list.fill(leads);
				const executionId = await n8n.api.start(workflowId, TRIGGER);
				await until('the second round is under way', () => asked() >= inTheMiddle, 60_000);
				gatewayOf().outages = [{ what: 'session', after: 0 }];
				await hasEnded(n8n, executionId, 'error');

				for (let run = 0; run < 2; run += 1) {
					const before = asked();
					const again = await n8n.api.start(workflowId, TRIGGER);
					await hasEnded(n8n, again, 'error');
					const { error } = (await n8n.api.execution(again)).resultData;
					assert.match(error?.message ?? '', /^session-disconnected: .+\. The remaining leads stay due/);
					assert.ok(asked() - before <= 3, `${asked() - before} lookups`);
				}
				const out = (await list.leads()).filter(({ reason }) => reason?.startsWith('session-disconnected: '));
				assert.ok(out.length > 0);
				for (const { url, checkedAt } of out) assert.deepEqual([url || null, checkedAt || null], [null, null]);

				gatewayOf().outages = [];
				await n8n.api.run(workflowId, TRIGGER);
				await assertAllDone();
			});
		}
	});
}

/** The data table of the example, in n8n. */
function tableOf(n8n: SignedIn): List & { readonly path: string } {
	let path: string | undefined;
	const columns = { phone: 'string', url: 'string', reason: 'string', askedFor: 'string' };
	const existing = () => path ?? assert.fail('The table has not been made');
	return {
		workflowId: 'wawpKeepUrlsAlive',
		round: 20,
		get path() {
			return existing();
		},
		fill: async (leads) => {
			if (path !== undefined) await n8n.api.removeTable(path);
			path = await n8n.api.makeTable('Profile pictures', { ...columns, expiresAt: 'date', checkedAt: 'date' });
			await n8n.api.insertRows(path, leads);
		},
		leads: async () => await n8n.api.rowsOf<Lead>(existing()),
	};
}

/** The sheet of the example, at the stand-in. */
function sheetOf(sheets: GoogleSheets): List {
	return {
		workflowId: 'wawpGoogleSheets',
		round: 60,
		fill: async (leads) => {
			sheets.rows = leads.map((lead, index) => ({ id: `lead-${index}`, ...lead }) as (typeof sheets.rows)[number]);
		},
		leads: async () => sheets.rows as unknown as Lead[],
	};
}

/** Leads with mobiles of Germany, one after the other. */
function numbered(count: number): Lead[] {
	return Array.from({ length: count }, (_, index) => ({ phone: String(4_915_110_000_000 + index) }));
}

function assertHasItsPicture(lead: Lead | undefined, digits: string): void {
	assert.match(lead?.url ?? '', new RegExp(`^https://pps\\.whatsapp\\.net/.*/${digits}_`));
	assert.ok(lead?.checkedAt);
	assert.equal(lead.reason || null, null);
}

async function hasEnded({ api }: SignedIn, executionId: string, as: string): Promise<void> {
	const status = async () => await api.statusOf(executionId);
	await until(
		async () => `the execution is ${as}, which is ${await status()}`,
		async () => (await status()) === as,
		60_000,
	);
}
