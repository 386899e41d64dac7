import type { ICredentialsDecrypted, IExecuteFunctions } from 'n8n-workflow';

import { judge, type Outcome } from '../gateway/answer';
import { endsTheRun, failure, type Failure } from '../gateway/failure';
import { askGateway, type Query } from '../gateway/request';
import { readCredential } from '../n8n/credential';
import { DEFAULT_OPTIONS, type Options, readOptions } from './options';
import type { Result } from './output';
import { readQuery } from './query';

/**
 * Prepares a run: reads what is the same for all of its items, and looks them up one by one from then on.
 *
 * @returns the options, and the function that looks up the contact of an item. It never rejects. Once the gateway
 *   cannot be asked any more, or where it never could, it sends nothing and gives each item that failure.
 */
export async function prepareLookUps(
	context: IExecuteFunctions,
): Promise<{ options: Options; lookUp: (itemIndex: number) => Promise<Result> }> {
	const read = readOptions(context);
	const stored = await readCredential(context);
	const options = 'failure' in read ? DEFAULT_OPTIONS : read.options;
	let end = [read, stored].map((part) => ('failure' in part ? part.failure : undefined)).find(Boolean);
	const ask = 'credential' in stored ? gatewayFor(context, stored.credential, options.timeout) : undefined;

	const heed = (outcome: Outcome): Outcome => {
		if (outcome.kind === 'failure') {
			if (endsTheRun(outcome.failure)) end ??= outcome.failure;
		} else if (end?.reason === 'credential-invalid') {
			// What had been blamed on the credential was about one contact.
			end = undefined;
		}
		return outcome;
	};

	const lookUp = async (itemIndex: number): Promise<Result> => {
		const query = readQuery(context, itemIndex);
		const { contactId } = query;
		if ('failure' in query) return { contactId, attempts: 0, outcome: failed(query.failure) };
		if (end || !ask) return { contactId, attempts: 0, outcome: failed(end as Failure) };
		// Nothing in there should throw; if something does, it must stay with its item.
		const outcome = await ask(query).catch(() => failed(failure('unexpected-response')));
		return { contactId, attempts: 1, outcome: heed(outcome) };
	};
	return { options, lookUp };
}

function failed(why: Failure): Outcome {
	return { kind: 'failure', failure: why };
}

/** Asks and judges, in the light of what came before in the same run. */
function gatewayFor(
	context: IExecuteFunctions,
	credential: ICredentialsDecrypted,
	timeoutMs: number,
): (query: Query) => Promise<Outcome> {
	const accessToken = String(credential.data?.access_token).trim();
	const open = new Set<Promise<unknown>>();
	let credentialHasWorked = false;

	return async (query) => {
		const asking = askGateway(context, credential, query, timeoutMs);
		open.add(asking);
		const reply = await asking;
		open.delete(asking);
		if ('failure' in reply) return failed(reply.failure);

		const outcome = () => {
			const { contactId } = query;
			return judge(reply.answer, { contactId, credentialHasWorked, accessToken, now: Date.now() });
		};
		const first = outcome();
		if (first.kind !== 'failure') credentialHasWorked = true;
		else if (first.failure.reason === 'credential-invalid') {
			// Whether a first 401 is about the credential or about this contact, the look-ups beside it will show.
			await Promise.all(open);
			return outcome();
		}
		return first;
	};
}
