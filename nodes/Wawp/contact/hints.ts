import type { NodeExecutionHint } from 'n8n-workflow';

import type { Reason } from '../gateway/failure';
import type { LookedUp } from './lookUpAll';

/** From so many contacts on, asking WhatsApp live takes minutes to hours and puts the number at risk. */
const MANY_LIVE_LOOK_UPS = 50;

/**
 * What the output panel tells about a run as a whole. Empty where there is nothing to tell.
 */
export function hintsFor({ results, duplicates, liveLookUps, renewed, heldBackMs }: LookedUp): NodeExecutionHint[] {
	const items = results.length;
	const failedAs = (reason: Reason) =>
		results.filter((result) => result?.outcome.kind === 'failure' && result.outcome.failure.reason === reason).length;
	const withoutPicture = results.filter((result) => result?.outcome.kind === 'none').length + failedAs('no-picture');
	const limited = failedAs('rate-limited');

	const hints: NodeExecutionHint[] = [];
	const add = (type: NodeExecutionHint['type'], message: string) =>
		hints.push({ message, type, location: 'outputPane' });
	if (withoutPicture > 0) {
		add('info', `No picture to see for ${withoutPicture} of ${items} items: the contact has none, or hides it.`);
	}
	if (duplicates > 0) {
		add('info', `${duplicates} of ${items} items name a contact that came before, and share its one look-up.`);
	}
	if (heldBackMs > 0 || limited > 0) {
		const what = [
			...(heldBackMs > 0 ? [`it held this run back for ${seconds(heldBackMs)}`] : []),
			...(limited > 0 ? [`${limited} of ${items} items failed`] : []),
		];
		add(
			'warning',
			`The gateway limited the rate: ${what.join(', and ')}. ` +
				'Set Requests per Minute, or lower Max Concurrent Requests.',
		);
	}
	if (liveLookUps >= MANY_LIVE_LOOK_UPS) {
		add(
			'warning',
			`Refresh had WhatsApp asked live for ${liveLookUps} contacts. That is slow, and in bulk it risks a ban of ` +
				'your number: leave Refresh off for long lists.',
		);
	}
	if (renewed >= MANY_LIVE_LOOK_UPS) {
		add(
			'warning',
			`WhatsApp was asked live for ${renewed} contacts whose picture could not be downloaded from the address that the ` +
				'gateway had. That is slow, and in bulk it risks a ban of your number: set Requests per Minute to 60 or less.',
		);
	}
	return hints;
}

function seconds(ms: number): string {
	const rounded = Math.round(ms / 1000);
	return rounded === 0 ? 'less than a second' : `${rounded} s`;
}
