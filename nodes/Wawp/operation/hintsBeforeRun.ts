import type { NodeHint } from 'n8n-workflow';

import { MANY_LIVE_LOOK_UPS } from './hints';

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
