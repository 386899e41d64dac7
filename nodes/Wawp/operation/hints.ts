import type { INode, NodeExecutionHint, NodeHint } from 'n8n-workflow';

import { WORDS } from '../gateway/words';
import { duration } from '../limits/clock';
import { LARGEST_BURST } from '../limits/pace';
import type { ItemResult } from '../run/run';
import type { LookedUp } from '../run/lookUpAll';
import { DEFAULT_OPTIONS } from './optionFields';

/** From this many items, the default pace takes noticeably long. */
const LONG_LIST = 30;

/** From this many contacts, live lookups put the WhatsApp number at risk. */
const MANY_LIVE_LOOKUPS = 50;

const PER_MINUTE = DEFAULT_OPTIONS.requestsPerMinute;
const RAISE_PACE = "If your Wawp plan allows more, set 'Requests per Minute' under Options.";
const RISK = 'Too many live lookups can get your WhatsApp number banned.';

/** `undefined` unless set. The editor has no `options` before the first one is added. */
const PACE = '($parameter.options ?? {}).requestsPerMinute';
const ITEMS = '$input.all().length';

/** Before a run: at most one of these. Conditions see parameters and input, but not On Error or Retry On Fail. */
export const HINTS_BEFORE_RUN: NodeHint[] = [
	{
		type: 'info',
		message: `This node sends ${PER_MINUTE} requests a minute by default: 100 items take about 2 minutes, 5,000 about 83 minutes. ${RAISE_PACE}`,
		displayCondition: `={{ ${PACE} === undefined && ${ITEMS} > ${LONG_LIST} }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
	},
	{
		type: 'warning',
		message: `'Refresh' is on for many items, and 'Requests per Minute' is not limited to ${PER_MINUTE}. ${RISK}`,
		// An expression in 'Refresh' sees the first item.
		displayCondition: `={{ String($parameter.refresh) === "true" && ${ITEMS} >= ${MANY_LIVE_LOOKUPS} && (Number(${PACE}) === 0 || Number(${PACE}) > ${PER_MINUTE}) }}`,
		whenToDisplay: 'beforeExecution',
		location: 'outputPane',
	},
];

/** After a run: at most a summary and the most important warning. */
export function hintsFor(lookedUp: LookedUp, node: INode): NodeExecutionHint[] {
	const hints: NodeExecutionHint[] = [
		{ message: summaryOf(lookedUp, node), type: 'info', location: 'outputPane' },
		{ message: warningOf(lookedUp, node), type: 'warning', location: 'outputPane' },
	];
	return hints.filter(({ message }) => message !== '');
}

const GROUPS = {
	picture: 'with a picture',
	none: 'without a visible picture (the contact has none, or hides it)',
	retryable: 'to try again later',
	final: 'to fix by hand',
};

function groupOf({ outcome }: ItemResult): keyof typeof GROUPS {
	if (outcome.kind !== 'failure') return outcome.kind;
	if (outcome.failure.reason === 'no-picture') return 'none';
	return outcome.failure.retryable ? 'retryable' : 'final';
}

function summaryOf({ results, duplicates, lookupsSent }: LookedUp, { parameters }: INode): string {
	const groups = results.flatMap((result) => (result ? groupOf(result) : []));
	const counts = Object.entries(GROUPS).flatMap(([group, words]) => {
		const count = groups.filter((other) => other === group).length;
		return count > 0 ? `${count} ${words}` : [];
	});
	const isDefaultPace = Object(parameters.options).requestsPerMinute === undefined;
	const wasSlowed = isDefaultPace && lookupsSent > LARGEST_BURST;
	if (groups.every((group) => group === 'picture') && duplicates === 0 && !wasSlowed) return '';

	const sentences = [`${results.length === 1 ? '1 item' : `${results.length} items`}: ${counts.join(', ')}.`];
	if (duplicates > 0) sentences.push(`Items that share the lookup of an earlier one: ${duplicates}.`);
	if (wasSlowed) {
		const slowed = duration(((lookupsSent - 1) * 60_000) / PER_MINUTE, Math.round);
		sentences.push(`At ${PER_MINUTE} requests a minute, the default, this takes about ${slowed}. ${RAISE_PACE}`);
	}
	return sentences.join(' ');
}

function warningOf({ results, refreshed, refetchedUrls, stoppedAsking }: LookedUp, { retryOnFail }: INode): string {
	const failures = results.flatMap((result) => (result?.outcome.kind === 'failure' ? result.outcome.failure : []));
	if (stoppedAsking) {
		const { message, description } = stoppedAsking;
		const isLeft = ({ attempts, outcome }: ItemResult) =>
			attempts === 0 && outcome.kind === 'failure' && outcome.failure.message === message;
		const left = results.filter((result) => result && isLeft(result)).length;
		const stopped = `The run stopped early: ${left} of ${results.length} items were not looked up.`;
		if (left > 0) return `${stopped} ${message}. ${description}.`;
	}
	if (retryOnFail) {
		return (
			"'Retry On Fail' is on in this node's settings: after a failure, n8n may look up all contacts again. " +
			"Turn it off. The node itself retries each contact, as often as 'Max Retries' says."
		);
	}
	const limited = failures.filter(
		({ reason, message }) => reason === 'rate-limited' && message !== WORDS.planLimit.message,
	).length;
	if (limited > 0) {
		return (
			`${limited} of ${results.length} items failed because Wawp asked for a pause. ` +
			"Try them again later. If it keeps happening, lower 'Requests per Minute' under Options."
		);
	}
	if (refreshed >= MANY_LIVE_LOOKUPS) {
		return `${refreshed} contacts were looked up live because 'Refresh' is on. ${RISK} Turn it off for long lists.`;
	}
	if (refetchedUrls >= MANY_LIVE_LOOKUPS) {
		return (
			`The URLs of ${refetchedUrls} pictures no longer worked, so their contacts were looked up live. ${RISK} ` +
			`Keep 'Requests per Minute' at ${PER_MINUTE} or less.`
		);
	}
	return '';
}
