import type { Answer } from '../../../nodes/Wawp/gateway/classifyAnswer';
import { type Method, sessionState } from '../../../nodes/Wawp/gateway/sessionInfo';

const WORKING = { statusCode: 200, headers: {}, body: '{"status":"WORKING"}' };
const empty = (statusCode: number): Answer => ({ statusCode, headers: {}, body: '' });

async function asked(answers: Partial<Record<Method, Answer>>, methods?: Method[]) {
	const sent: Method[] = [];
	const state = await sessionState(async (method) => {
		sent.push(method);
		return answers[method];
	}, methods);
	return { state: 'isMissing' in state ? 'missing' : state.kind, sent };
}

describe('The state of the session', () => {
	test('is asked for with POST', async () => {
		expect(await asked({ POST: WORKING })).toStrictEqual({ state: 'works', sent: ['POST'] });
	});

	test.each([404, 405, 501])('is asked for with GET where POST is answered with %d', async (statusCode) => {
		const methods: Method[] = ['POST', 'GET'];
		const answers = { POST: empty(statusCode), GET: WORKING };
		expect(await asked(answers, methods)).toStrictEqual({ state: 'works', sent: ['POST', 'GET'] });
		expect(await asked(answers, methods)).toStrictEqual({ state: 'works', sent: ['GET'] });
	});

	test('is asked for with GET again where neither was known: that may have been a moment’s trouble', async () => {
		const methods: Method[] = ['POST', 'GET'];
		await asked({ POST: empty(404), GET: empty(404) }, methods);
		expect(await asked({ GET: WORKING }, methods)).toStrictEqual({ state: 'works', sent: ['GET'] });
	});

	test('is told by a 404 that speaks of it', async () => {
		const gone = { ...empty(404), body: '{"code":"invalid_session"}' };
		expect(await asked({ POST: gone, GET: WORKING })).toStrictEqual({ state: 'failure', sent: ['POST'] });
	});

	test('is unknown where nobody tells', async () => {
		expect(await asked({})).toStrictEqual({ state: 'unknown', sent: ['POST'] });
		expect(await asked({ POST: empty(500), GET: WORKING })).toStrictEqual({ state: 'unknown', sent: ['POST'] });
		expect(await asked({ POST: empty(404), GET: empty(500) })).toStrictEqual({
			state: 'unknown',
			sent: ['POST', 'GET'],
		});
	});

	test('is missing where the gateway knows no method of it', async () => {
		const methods: Method[] = ['POST', 'GET'];
		expect(await asked({ POST: empty(404), GET: empty(405) }, methods)).toStrictEqual({
			state: 'missing',
			sent: ['POST', 'GET'],
		});
		expect(await asked({ GET: empty(404) }, methods)).toStrictEqual({ state: 'missing', sent: ['GET'] });
	});
});
