import { planFor } from '../../../scripts/contract/plan.mts';
import { asJson, asTable } from '../../../scripts/contract/report.mts';
import { runPlan } from '../../../scripts/contract/runPlan.mts';
import { proxyFor } from '../../../scripts/contract/proxy.mts';
import { send } from '../../../scripts/contract/send.mts';
import { GOOD_CREDENTIAL } from '../../stand-in/credentials.mts';
import { type DialectName, DIALECTS } from '../../stand-in/dialects.mts';
import { withOwnStandIn } from '../withOwnStandIn.mts';

const CONTACT_IDS = ['15551234567@c.us', '120363000000000000@g.us'];
const NOBODY_SEEN = '15551234568@c.us';

const own = withOwnStandIn();

async function contract(contactIds: string[]) {
	const way = { proxy: proxyFor('api.wawp.net', { HTTPS_PROXY: own.standIn.proxyUrl }), ca: own.ca };
	const waits: number[] = [];
	const wait = async (ms: number) => void waits.push(ms);
	const settings = { credential: GOOD_CREDENTIAL, contactIds };
	const rows = await runPlan(planFor(GOOD_CREDENTIAL, contactIds), settings, {
		send: async (planned) => await send(planned, way),
		wait,
		now: Date.now,
	});
	return { rows, waits };
}

const REFUSED = 'unconfirmed: none if the session works, failure: credential-invalid if nothing tells';

/** What comes back: the keys of a picture's answer, of an answer without one, and what the node makes of them. */
const ANSWERS: Record<DialectName, Array<[keys: string, outcome: string]>> = {
	documented: [
		['id,url', 'picture'],
		['id,url', 'none'],
	],
	waha: [
		['profilePictureURL', 'picture without an ID'],
		['profilePictureURL', 'none'],
	],
};

describe.each(Object.keys(ANSWERS) as DialectName[])('The contract with a gateway of the %s dialect', (dialect) => {
	const [picture = [], none = []] = ANSWERS[dialect];

	test('says what was asked, what came back, and what the node makes of it', async () => {
		const { gateway } = own.standIn;
		gateway.reset();
		gateway.dialect = dialect;
		gateway.script.set(NOBODY_SEEN, DIALECTS[dialect].none(NOBODY_SEEN).slice(0, 1));
		const { rows, waits } = await contract([...CONTACT_IDS, NOBODY_SEEN]);
		const engine = dialect === 'waha' ? ',engine.engine' : '';
		expect(
			rows.map(({ request, status, fields, outcome }) => [request, status, Object.keys(fields).join(), outcome]),
		).toEqual([
			['session/info', 200, `name,status,config,me.id,me.pushName${engine}`, 'works'],
			['look-up: contact 1, a number', 200, ...picture],
			['look-up: contact 2, a group', 200, ...picture],
			['look-up: contact 3, a number', 200, ...none],
			['look-up: a number that cannot be', 200, ...picture],
			['look-up: contact 1, wrong token', 401, 'code,message', REFUSED],
			['look-up: contact 1, wrong instance', 401, 'code,message', REFUSED],
			['session/info, wrong token', 401, 'code,message', 'failure: credential-invalid'],
			['session/info, wrong instance', 401, 'code,message', 'failure: credential-invalid'],
			['session/info by GET', 405, '', 'unknown'],
		]);
		expect(waits).toEqual(rows.slice(1).map(() => 1000));
		expect([gateway.counts.lookUps, gateway.counts.sessionInfos]).toEqual([6, 4]);

		const shown = asTable(rows) + asJson(rows, { version: '0.1.0', now: Date.now() });
		const secrets = [...Object.values(GOOD_CREDENTIAL), ...CONTACT_IDS, NOBODY_SEEN, '://'];
		expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
	});
});

test('A request that is not answered has its row, too', async () => {
	own.standIn.gateway.reset();
	own.standIn.gateway.script.set('15551234567@c.us', [{ fault: 'reset' }]);
	const { rows } = await contract(['15551234567@c.us']);
	expect(
		rows.filter(({ outcome }) => outcome.startsWith('no answer')).map(({ request, outcome }) => [request, outcome]),
	).toEqual([['look-up: contact 1, a number', 'no answer: broke-off']]);
});
