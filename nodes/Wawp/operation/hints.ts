import type { NodeExecutionHint, NodeHint } from 'n8n-workflow';

import type { Reason } from '../failure';
import { duration } from '../limits/duration';
import { ADVISED_PER_MINUTE } from '../limits/lowestLimits';
import type { LookedUp } from '../run/lookUpAll';

/** From so many contacts on, asking WhatsApp live takes minutes to hours and puts the number at risk. */
export const MANY_LIVE_LOOK_UPS = 50;

/** A wait for a pace that nobody would notice is not told. */
const NOTICEABLE_MS = 1000;

const RISK = 'That is slow, and too many live look-ups can get your number banned.';

/**
 * What the output panel tells about a run as a whole. Empty where there is nothing to tell.
 *
 * @param retryOnFail n8n's own setting of the node, which no expression can tell before the run
 */
export function hintsFor(
	{ results, duplicates, refreshed, refetchedUrls, pausedMs, livePacedMs, stoppedAsking }: LookedUp,
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
	if (pausedMs > 0 || limited > 0) {
		const what = [
			...(pausedMs > 0 ? [`the run waited ${duration(pausedMs, Math.round)}`] : []),
			...(limited > 0 ? [`${limited} of ${items} items failed`] : []),
		];
		add(
			'warning',
			`Wawp's rate limit was reached: ${what.join(', and ')}. ` +
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
	if (livePacedMs >= NOTICEABLE_MS) {
		add(
			'info',
			`Live look-ups were paced at ${ADVISED_PER_MINUTE} a minute, as Wawp advises: ` +
				`${duration(livePacedMs, Math.round)} of this run. To change that, set 'Requests per Minute' under Options.`,
		);
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

/** Whether many items are to be looked up live, as far as the editor knows before the run: `refresh` is the first one's. */
const MANY_LIVE = `String($parameter.refresh) === "true" && $input.all().length >= ${MANY_LIVE_LOOK_UPS}`;

/** The setting, or `undefined` where it is not set. The editor has no options where none was ever added. */
const SETTING = '($parameter.options ?? {}).requestsPerMinute';

/**
 * What the output panel tells before a run. Its expressions see the node's parameters and its input, but neither On Error
 * nor Retry On Fail.
 */
export const HINTS_BEFORE_RUN: NodeHint[] = [
	{
		type: 'info',
		message:
			"'Refresh' is on for many items. Live look-ups start 60 times a minute unless you set 'Requests per Minute': 1,000 items take about 17 minutes.",
		displayCondition: `={{ ${MANY_LIVE} && ${SETTING} === undefined }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
	},
	{
		type: 'warning',
		message:
			"'Refresh' is on for many items, and 'Requests per Minute' allows more than 60. Too many live look-ups can get your number banned.",
		displayCondition: `={{ ${MANY_LIVE} && (Number(${SETTING}) === 0 || Number(${SETTING}) > 60) }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
	},
];
