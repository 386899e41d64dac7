import { type IExecuteFunctions, type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { failure, type Failure, type Reason } from '../../../nodes/Wawp/failure';
import { errorMessage, nodeError } from '../../../nodes/Wawp/n8n/errors';

const NODE = { id: '1', name: 'Wawp', type: 'wawp', typeVersion: 1, position: [0, 0], parameters: {} } as INode;

function errorOf(reason: Reason, overrides: Partial<Failure> = {}) {
	const error = nodeError({ getNode: () => NODE } as IExecuteFunctions, failure(reason, overrides), 3);
	return error as (NodeApiError | NodeOperationError) & { failure?: object };
}

describe('The error that stops a workflow', () => {
	test('says what happened and what to do, and names the node and the item', () => {
		for (const overrides of [{}, { statusCode: 400 }]) {
			const said = { message: 'What happened', description: 'What to do' };
			expect(errorOf('bad-request', { ...said, ...overrides })).toMatchObject({
				...said,
				node: NODE,
				context: { itemIndex: 3 },
			});
		}
	});

	test.each<Reason>(['invalid-contact-id', 'bad-request', 'credential-invalid'])(
		'is one of the node’s settings for %s without an answer of the gateway, and one of the API with one',
		(reason) => {
			expect(errorOf(reason)).toBeInstanceOf(NodeOperationError);
			const answered = errorOf(reason, { statusCode: 401 });
			expect(answered).toBeInstanceOf(NodeApiError);
			expect(answered).toHaveProperty('httpCode', '401');
		},
	);

	test.each<Reason>([
		'session-disconnected',
		'no-picture',
		'rate-limited',
		'temporarily-unavailable',
		'timeout',
		'network',
		'unexpected-response',
		'download-failed',
	])('is one of the API for %s, with the status that came', (reason) => {
		expect(errorOf(reason)).toBeInstanceOf(NodeApiError);
		expect(errorOf(reason)).toHaveProperty('httpCode', null);
		expect(errorOf(reason, { statusCode: 503 })).toHaveProperty('httpCode', '503');
	});

	test('has the message among its details, and nothing of the request', () => {
		expect(errorOf('timeout', { message: 'What happened' })).toMatchObject({
			messages: ['What happened'],
			errorResponse: { message: 'What happened', reason: 'timeout' },
		});
	});

	test.each<[Reason, Partial<Failure>, object | undefined]>([
		['rate-limited', { retryAfterMs: 7000 }, { cause: 'rate-limited', retryAfterMs: 7000 }],
		['temporarily-unavailable', { retryAfterMs: 7000 }, { cause: 'temporarily-unavailable' }],
		['timeout', {}, { cause: 'temporarily-unavailable' }],
		['credential-invalid', { statusCode: 401 }, { cause: 'credential-invalid' }],
		['credential-invalid', {}, { cause: 'credential-invalid' }],
		['session-disconnected', {}, { cause: 'configuration-invalid' }],
		['download-failed', { retryable: true }, { cause: 'temporarily-unavailable' }],
		['download-failed', { retryable: false }, undefined],
		['network', {}, undefined],
		['no-picture', {}, undefined],
		['invalid-contact-id', {}, undefined],
		['bad-request', {}, undefined],
		['unexpected-response', {}, undefined],
	])('has n8n’s own word for the cause, where it has one: %s %j', (reason, overrides, cause) => {
		expect(errorOf(reason, overrides).failure).toEqual(cause);
	});
});

describe('What n8n says of an error', () => {
	test.each<[error: unknown, text: string]>([
		[new Error('No access'), 'n8n says: No access'],
		[new Error('  No access\n'), 'n8n says: No access'],
		[{ message: 404 }, 'n8n says: 404'],
		[new Error(''), 'n8n gave no reason'],
		[new Error(' '), 'n8n gave no reason'],
		[{}, 'n8n gave no reason'],
		[undefined, 'n8n gave no reason'],
		[null, 'n8n gave no reason'],
		['No access', 'n8n gave no reason'],
	])('is quoted, and is none where there is no text: %p', (error, text) => {
		expect(errorMessage(error)).toBe(text);
	});
});
