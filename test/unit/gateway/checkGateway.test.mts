import type { Answer } from '../../../nodes/Wawp/gateway/body';
import { checkGateway, type GatewayState, sessionState } from '../../../nodes/Wawp/gateway/checkGateway';
import type { GatewayRequest } from '../../../nodes/Wawp/gateway/request';

type Reply = [statusCode: number, body?: object | string] | undefined;

const answerOf = (reply: Reply): Answer | undefined =>
	reply && {
		statusCode: reply[0],
		headers: {},
		body: typeof reply[1] === 'string' ? reply[1] : JSON.stringify(reply[1] ?? ''),
	};

const WORKING: Reply = [200, { name: 'x', status: 'WORKING', me: { id: '15550000000@c.us' } }];
const NO_CONTACT: Reply = [400, { code: 'missing_param' }];
const session = (status: string): Reply => [200, { status, me: null }];
const PAGE = '<html><body>Anmelden</body></html>';

async function check(info: Reply, control: Reply): Promise<GatewayState> {
	return await checkGateway(async ({ kind }: GatewayRequest) => answerOf(kind === 'session info' ? info : control));
}

function told(state: GatewayState): string {
	if (state.kind === 'unknown') return state.isTransient ? 'unknown, maybe later' : 'unknown';
	return 'failure' in state ? `${state.kind}: ${state.failure.reason}` : state.kind;
}

test.each<[info: Reply, control: Reply, string]>([
	[WORKING, NO_CONTACT, 'well'],
	[[201, { status: 'WORKING' }], [422, 'Kontakt fehlt'], 'well'],
	[[200, { data: { status: 'WORKING' } }], NO_CONTACT, 'well'],
	// Said by either.
	[session('STOPPED'), NO_CONTACT, 'dead: session-disconnected'],
	[session('SCAN_QR_CODE'), undefined, 'dead: session-disconnected'],
	[session('FAILED'), [404], 'dead: session-disconnected'],
	[session('STARTING'), NO_CONTACT, 'starting: temporarily-unavailable'],
	[[404, { code: 'invalid_session' }], NO_CONTACT, 'dead: session-disconnected'],
	[WORKING, [422, { status: 'STOPPED', expected: ['WORKING'] }], 'dead: session-disconnected'],
	[WORKING, [404, { code: 'invalid_instance' }], 'dead: session-disconnected'],
	[WORKING, [422, { status: 'STARTING', expected: ['WORKING'] }], 'starting: temporarily-unavailable'],
	// Said by both.
	[[401], [401], 'dead: credential-invalid'],
	[[403], [401, 'إذن مرفوض'], 'dead: credential-invalid'],
	[[400, { code: 'invalid_access_token' }], [403], 'dead: credential-invalid'],
	[[401], NO_CONTACT, 'unknown'],
	[WORKING, [401], 'unknown'],
	[WORKING, [403], 'unknown'],
	[[401, PAGE], [401, PAGE], 'no endpoint: unexpected-response'],
	// No lookups.
	[WORKING, [404], 'no endpoint: unexpected-response'],
	[WORKING, [405], 'no endpoint: unexpected-response'],
	[WORKING, [501], 'no endpoint: unexpected-response'],
	[[404], [404, 'Ruta no encontrada'], 'no endpoint: unexpected-response'],
	[WORKING, [200, PAGE], 'no endpoint: unexpected-response'],
	[WORKING, [400, PAGE], 'no endpoint: unexpected-response'],
	// It cannot be told.
	[undefined, NO_CONTACT, 'unknown, maybe later'],
	[WORKING, undefined, 'unknown, maybe later'],
	[[500], NO_CONTACT, 'unknown, maybe later'],
	[WORKING, [503, PAGE], 'unknown, maybe later'],
	[[429], [429], 'unknown, maybe later'],
	[WORKING, [200, { id: null }], 'unknown'],
	[WORKING, [302], 'unknown'],
	[WORKING, [402], 'unknown'],
	[WORKING, [407], 'unknown'],
	[[200, { connected: false }], NO_CONTACT, 'unknown'],
	[session('OFFLINE'), NO_CONTACT, 'unknown'],
	[[500, { status: 'WORKING' }], NO_CONTACT, 'unknown, maybe later'],
	[[500, { status: 'FAILED' }], NO_CONTACT, 'unknown, maybe later'],
	[[200, { status: 'WORKING', me: null }], NO_CONTACT, 'unknown'],
	[[200, { status: 'WORKING', me: { id: '' } }], NO_CONTACT, 'unknown'],
	[[200, PAGE], NO_CONTACT, 'unknown'],
	[[404], NO_CONTACT, 'unknown'],
])('session/info %j and a control lookup %j: %s', async (info, control, expected) => {
	expect(told(await check(info, control))).toBe(expected);
});

test('Where both are forbidden, the words name the proxy as well', async () => {
	const state = await check([403], [403]);
	expect('failure' in state && state.failure.message).toMatch(/proxy/);
	const refused = await check([401], [401]);
	expect('failure' in refused && refused.failure.message).not.toMatch(/proxy/);
});

describe('The state of the session', () => {
	async function asked(replies: Reply[]) {
		const methods: string[] = [];
		const state = await sessionState(async (method) => answerOf(replies[methods.push(method) - 1]));
		return [state.kind, methods.join(' ')];
	}

	test.each<[Reply[], [string, string]]>([
		[[WORKING], ['working', 'POST']],
		[
			[[404], WORKING],
			['working', 'POST GET'],
		],
		[
			[[405], WORKING],
			['working', 'POST GET'],
		],
		[
			[[501], session('STOPPED')],
			['not working', 'POST GET'],
		],
		[
			[[404], [404]],
			['unknown', 'POST GET'],
		],
		[
			[[404, { code: 'invalid_session' }], WORKING],
			['not working', 'POST'],
		],
		[
			[[401], WORKING],
			['refused', 'POST'],
		],
		[
			[[500], WORKING],
			['unknown', 'POST'],
		],
		[
			[undefined, WORKING],
			['unknown', 'POST'],
		],
	])('is asked for with POST, and with GET where there is none: %j', async (replies, expected) => {
		expect(await asked(replies)).toEqual(expected);
	});
});
