import { stripVTControlCharacters } from 'node:util';

/** An item of an execution, with the lead that it belongs to. */
export interface BranchItem {
	lead: Record<string, unknown>;
	json: Record<string, unknown>;
}

/** What came out of the Wawp node. */
export interface Branches {
	pictures: BranchItem[];
	failures: BranchItem[];
}

/** An item that came out of a node. */
export interface RunItem {
	json: Record<string, unknown>;
	binary?: Record<string, { fileName: string; mimeType: string; data: string; id?: string }>;
	pairedItem?: { item: number };
}

/** All runs of all nodes of an execution, as n8n stores them. */
export type RunData = Record<string, Array<{ data?: Record<string, Array<RunItem[] | null>> }>>;

interface ExecutedRun {
	data: { resultData: { runData: RunData } };
}

/**
 * Reads what `n8n execute --rawOutput` printed.
 *
 * @throws {Error} where n8n printed no execution
 */
export function readRunData(output: string): RunData {
	// At level debug n8n prints log lines before and after it, and a prefix and a suffix on its first and last line.
	const json = /\{\n {2}"data"[^]*\n\}/.exec(stripVTControlCharacters(output))?.[0];
	if (json === undefined) throw new Error(`n8n printed no execution:\n${output.slice(-2000)}`);
	return (JSON.parse(json) as ExecutedRun).data.resultData.runData;
}

/** @returns the outputs of a node's first run, a list of items each */
export function outputsOf(runData: RunData, node: string): Array<RunItem[] | null> {
	return runData[node]?.[0]?.data?.main ?? [];
}

/** Both branches of an execution of a workflow with the nodes "One item per lead" and "Get profile picture". */
export function branchesOf(runData: RunData): Branches {
	const leads = outputsOf(runData, 'One item per lead')[0] ?? [];
	const [success, failed] = outputsOf(runData, 'Get profile picture');
	const withLead = ({ json, pairedItem }: RunItem): BranchItem => ({
		lead: leads[pairedItem?.item ?? -1]?.json ?? {},
		json,
	});
	return { pictures: (success ?? []).map(withLead), failures: (failed ?? []).map(withLead) };
}
