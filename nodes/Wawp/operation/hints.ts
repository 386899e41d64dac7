import type { NodeExecutionHint } from 'n8n-workflow';

import type { Reason } from '../failure';
import type { LookedUp } from '../run/lookUpAll';

/** From so many contacts on, asking WhatsApp live takes minutes to hours and puts the number at risk. */
export const MANY_LIVE_LOOK_UPS = 50;

const RISK = 'That is slow, and too many live look-ups can get your number banned.';

/**
 * What the output panel tells about a run as a whole. Empty where there is nothing to tell.
 *
 * @param retryOnFail n8n's own setting of the node, which no expression can tell before the run
 */
export function hintsFor(
	{ results, duplicates, refreshed, refetchedUrls, stoppedAsking }: LookedUp,
	retryOnFail: boolean,
): NodeExecutionHint[] {
	const items = results.length;
	const failedAs = (reason: Reason) =>
		results.filter((result) => result?.outcome.kind === 'failure' && result.outcome.failure.reason === reason).length;
	const withoutPicture = results.filter((result) => result?.outcome.kind === 'none').length + failedAs('no-picture');
	const limited = failedAs('rate-limited');

	const hints: NodeExecutionHint[] = [];
	const add = (type: NodeExecutionHint['type'], message: string) =>
		hints.push({ message, type, location: 'outputPane' });
	if (withoutPicture > 0) {
		add('info', `No visible picture for ${withoutPicture} of ${items} items: the contact has none, or hides it.`);
	}
	if (duplicates > 0) {
		const [repeat, their] = duplicates === 1 ? ['repeats', 'its'] : ['repeat', 'their'];
		add('info', `${duplicates} of ${items} items ${repeat} an earlier contact, and needed no look-up of ${their} own.`);
	}
	if (limited > 0) {
		add(
			'warning',
			`Wawp's rate limit was reached: ${limited} of ${items} items failed. ` +
				"Set 'Requests per Minute' under Options, or lower 'Max Concurrent Requests'.",
		);
	}
	if (stoppedAsking) {
		const { message, description } = stoppedAsking;
		const left = results.filter(
			(result) => result?.outcome.kind === 'failure' && result.outcome.failure.message === message,
		).length;
		add('warning', `The run stopped asking, and ${left} of ${items} items failed with it. ${message}. ${description}.`);
	}
	if (refreshed >= MANY_LIVE_LOOK_UPS) {
		add(
			'warning',
			`${refreshed} contacts were looked up live because 'Refresh' is on. ${RISK} Turn it off for long lists.`,
		);
	}
	if (refetchedUrls >= MANY_LIVE_LOOK_UPS) {
		add(
			'warning',
			`The URLs of ${refetchedUrls} pictures no longer worked, so these contacts were looked up live. ${RISK} ` +
				"'Requests per Minute' is best left out, or set to 60 or less.",
		);
	}
	if (retryOnFail) {
		add(
			'warning',
			"'Retry On Fail' is on in this node's settings: if the first item fails, n8n looks all contacts up again. " +
				"Turn it off. The node retries each contact by itself, as 'Max Retries' says.",
		);
	}
	return hints;
}
