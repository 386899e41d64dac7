import { markdownTable } from '../../scripts/markdown.mts';
import type { Phase } from './phases.mts';

/** A row per phase. */
export function phasesTable(phases: Phase[]): string {
	const rows = phases.map((phase) => [
		phase.what,
		String(phase.lists),
		listed(phase.statuses),
		listed(phase.workers),
		...[phase.contacts, phase.delivered, phase.shownAsFailed, phase.deliveredAgain, phase.lost, phase.doubled].map(
			(count) => count.toLocaleString('en'),
		),
	]);
	return markdownTable(
		[
			'workers',
			'executions',
			'n8n shows',
			'begun by',
			'contacts',
			'delivered',
			'in failed executions',
			'delivered when sent again',
			'lost',
			'doubled',
		],
		rows,
	);
}

/** What is worth knowing beside the table, in words. */
export function notesOn(phases: Phase[]): string {
	return phases.flatMap(({ what, seen }) => seen.map((line) => `- ${what}: ${line}`)).join('\n');
}

/** What is not as it should be, in words. */
export function problemsOf(phases: Phase[]): string[] {
	return phases.flatMap(({ what, lost, doubled, problems }) => [
		...problems.map((problem) => `${what}: ${problem}`),
		...(lost === 0 ? [] : [`${what}: ${lost} contacts lost`]),
		...(doubled === 0 ? [] : [`${what}: ${doubled} contacts doubled`]),
	]);
}

function listed(counts: Record<string, number>): string {
	return Object.entries(counts)
		.map(([name, count]) => `${name} ${count}`)
		.join(', ');
}
