import { median } from 'd3-array';

import { markdownTable } from '../../scripts/markdown.mts';
import { FAULTS } from '../stand-in/faults.mts';
import type { Soaked } from './soak.mts';
import type { Filed } from './troubles.mts';
import { BAD_CERTIFICATE, type FaultOutcome } from './oracle.mts';

/** How far the median of the memory in use may lie above that after the first execution, in bytes. */
const FLAT = 5e6;

const numbers = (value: number) => value.toLocaleString('en');
const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);

/** A row per seed: what went in, what went wrong with it, and how the memory was. */
export function resultTable(soaked: Record<string, Soaked>, contacts: number): string {
	const rows = Object.entries(soaked).map(([seed, { checks, leaks, complaints, leftBehind, memory, seconds }]) => [
		seed,
		numbers(contacts * checks.length),
		numbers(sum(checks.map(({ items }) => items))),
		numbers(sum(checks.map(({ faultOutcomes }) => sum(Object.values(faultOutcomes).map(({ met }) => met))))),
		...[
			sum(checks.map(({ lost }) => lost)),
			sum(checks.map(({ doubled }) => doubled)),
			sum(checks.map(({ unexplained }) => unexplained.length)),
			leaks,
			complaints.length,
			leftBehind.length,
		].map(numbers),
		`${megabytes(memory[0] ?? 0)}, then ${megabytes(median(memory.slice(1)) ?? 0)} (${megabytes(Math.min(...memory.slice(1)))}–${megabytes(Math.max(...memory.slice(1)))})`,
		`${Math.round(seconds / 60)} min`,
	]);
	return markdownTable(
		[
			'seed',
			'contacts',
			'items',
			'faults met',
			'lost',
			'doubled',
			'unexplained',
			'leaked',
			'unhandled or printed',
			'left open or written',
			'MB in use after the first execution, then the median (least–most)',
			'took',
		],
		rows,
	);
}

/** A row per fault: how often it was met, and what became of the contact each time. */
export function faultsTable(soaked: Soaked[]): string {
	const all = soaked.flatMap(({ checks }) => checks.map(({ faultOutcomes }) => faultOutcomes));
	const rows = [...Object.keys(FAULTS), BAD_CERTIFICATE].map((fault) => {
		const faultOutcomes = all.flatMap((outcome) => outcome[fault] ?? []);
		const total = (part: (outcome: FaultOutcome) => number) => numbers(sum(faultOutcomes.map(part)));
		const reasons = [...new Set(faultOutcomes.flatMap((outcome) => outcome.reasons))].map((reason) => `\`${reason}\``);
		return [
			fault,
			total(({ met }) => met),
			total(({ answered }) => answered),
			total(({ askedAgain }) => askedAgain),
			total(({ failed }) => failed),
			reasons.join(', '),
		];
	});
	return markdownTable(['an answer that is', 'met', 'was the answer', 'asked again', 'item failed', 'as'], rows);
}

/** What was promised and not kept, in words. */
export function failuresOf(soaked: Record<string, Soaked>): string[] {
	return Object.entries(soaked).flatMap(([seed, { checks, leaks, complaints, leftBehind, memory }]) => {
		const [first = 0, ...later] = memory;
		const problems = [
			...checks.filter(({ lost }) => lost > 0).map(({ lost }) => `${lost} items lost`),
			...checks.filter(({ doubled }) => doubled > 0).map(({ doubled }) => `${doubled} items came out twice`),
			...checks.flatMap(({ unexplained }) => unexplained.slice(0, 5)),
			...(leaks > 0 ? [`the access token is in ${leaks} executions`] : []),
			...complaints,
			...leftBehind,
			...((median(later) ?? 0) - first > FLAT
				? [`the memory in use grew from ${megabytes(first)} to ${megabytes(median(later) ?? 0)} MB`]
				: []),
		];
		return problems.map((problem) => `seed ${seed}: ${problem}`);
	});
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(1);
}

/** A row per trouble: what it did, and how its leads were filed. */
export function filedTable(soaked: Array<Soaked<Filed>>): string {
	const all = soaked.flatMap(({ checks }) => checks);
	const rows = all.map(({ what, items, pictures, none, failed, wrong, lost, doubled, counts }) => [
		what,
		numbers(items),
		numbers(counts.lookUps),
		numbers(sum(Object.values(counts.outages)) + counts.mixedUp),
		numbers(counts.unclear),
		numbers(counts.controlLookups),
		numbers(pictures),
		numbers(none),
		Object.entries(failed)
			.map(([reason, count]) => `${numbers(count)} \`${reason}\``)
			.join(', '),
		...[wrong.length, lost, doubled].map(numbers),
	]);
	const total = (part: (filed: Filed) => number) => numbers(sum(all.map(part)));
	const totals = [
		'all',
		total(({ items }) => items),
		total(({ counts }) => counts.lookUps),
		total(({ counts }) => sum(Object.values(counts.outages)) + counts.mixedUp),
		total(({ counts }) => counts.unclear),
		total(({ counts }) => counts.controlLookups),
		total(({ pictures }) => pictures),
		total(({ none }) => none),
		total(({ failed }) => sum(Object.values(failed))),
		total(({ wrong }) => wrong.length),
		total(({ lost }) => lost),
		total(({ doubled }) => doubled),
	];
	const head = [
		'items',
		'lookups',
		'met it',
		'unclear answers',
		'checks of the gateway',
		'picture',
		'no picture',
		'failed',
	];
	return markdownTable(['trouble', ...head, 'filed wrong', 'lost', 'doubled'], [...rows, totals]);
}

/** What was promised and not kept, in words. */
export function problemsOf(soaked: Record<string, Soaked<Filed>>): string[] {
	return Object.entries(soaked).flatMap(([seed, { checks, leaks, complaints }]) => [
		...checks.flatMap(({ what, wrong, lost, doubled, unexplained }) =>
			[
				...wrong.slice(0, 5).map((lead) => `filed wrong: ${lead}`),
				...(lost > 0 ? [`${lost} items lost`] : []),
				...(doubled > 0 ? [`${doubled} items came out twice`] : []),
				...unexplained.slice(0, 5),
			].map((problem) => `seed ${seed}, ${what}: ${problem}`),
		),
		...(leaks > 0 ? [`seed ${seed}: the access token is in ${leaks} executions`] : []),
		...complaints.map((complaint) => `seed ${seed}: ${complaint}`),
	]);
}
