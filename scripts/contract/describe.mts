import { type Answer, classifyAnswer } from '../../nodes/Wawp/gateway/classifyAnswer';
import { classifySession } from '../../nodes/Wawp/gateway/classifySession';
import type { Outcome } from '../../nodes/Wawp/gateway/outcome';
import { shapeOf } from './bodyShape.mts';
import type { Credential, PlannedRequest } from './plan.mts';
import { nameFilter } from './secrets.mts';
import type { Reply } from './send.mts';

/** One request and what came of it, without token, instance, numbers and addresses. */
export interface Row {
	request: string;
	/** Where an answer came. */
	status?: number;
	contentType: string;
	/** What kind of body it is; see `shapeOf`. */
	body: string;
	fields: Record<string, string>;
	/** What the node makes of it: an outcome of a look-up, or the state of the session. */
	outcome: string;
}

/** What a row depends on besides its answer. */
export interface RowContext {
	/** All that must not be shown, beside what the request itself holds. */
	credential: Credential;
	contactIds: string[];
	/** Milliseconds since 1970. */
	now: number;
}

/** An answer in, a row out. Pure. */
export function describeReply(planned: PlannedRequest, reply: Reply, context: RowContext): Row {
	const { what: request, contactId, credential } = planned;
	if ('transportError' in reply) {
		return { request, contentType: '-', body: '-', fields: {}, outcome: `no answer: ${reply.transportError}` };
	}
	const { statusCode: status, headers, body } = reply.answer;
	const own = [credential, context.credential].flatMap((used) => [used.access_token, used.instance_id]);
	const sent = {
		...(contactId !== undefined && { 'the contact ID': contactId }),
		'the access token': credential.access_token,
		'the instance ID': credential.instance_id,
	};
	const { kind, fields } = shapeOf(body, {
		name: nameFilter([...own, ...context.contactIds]),
		sent,
		...(contactId !== undefined && { contactId }),
	});
	return {
		request,
		status,
		contentType: contentTypeOf(headers['content-type']),
		body: kind,
		fields,
		outcome: outcomeOf(reply.answer, planned, context.now),
	};
}

/** Others are not shown: a header can hold anything. */
const CONTENT_TYPES =
	/^(?:(?:application|text)\/(?:problem\+)?(?:json|xml|html|plain|octet-stream)|image\/(?:jpeg|png|webp))$/;

function contentTypeOf(header: unknown): string {
	if (header === undefined) return 'none';
	const [type = ''] = String(header).toLowerCase().split(';');
	return CONTENT_TYPES.test(type.trim()) ? type.trim() : 'another';
}

function outcomeOf(answer: Answer, { contactId, credential }: PlannedRequest, now: number): string {
	if (contactId === undefined) {
		const state = classifySession(answer);
		return state.kind === 'failure' ? `failure: ${state.failure.reason}` : state.kind;
	}
	const accessToken = credential.access_token;
	const { outcome, isUnnamed } = classifyAnswer(answer, { contactId, accessToken, now });
	if (outcome.kind !== 'unconfirmed') return `${named(outcome)}${isUnnamed ? ' without an ID' : ''}`;
	const { ifTheyWork, ifUnknown } = outcome;
	return `unconfirmed: ${named(ifTheyWork)} if the session works, ${named(ifUnknown)} if nothing tells`;
}

function named(outcome: Outcome): string {
	return outcome.kind === 'failure' ? `failure: ${outcome.failure.reason}` : outcome.kind;
}
