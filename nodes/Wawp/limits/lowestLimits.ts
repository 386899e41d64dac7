/** Requests a minute for live look-ups where nothing is set: Wawp advises at most about one a second. */
export const ADVISED_PER_MINUTE = 60;

/** What one run was set to. */
export interface RunSettings {
	/** How many requests may be open at once. */
	concurrency: number;
	/** How many may start in a minute; 0 for no pace at all, `advised` for what Wawp advises, which is for live look-ups only. */
	requestsPerMinute: number | 'advised';
}

/** What holds for an instance. `Infinity` where there is no limit. */
export interface Limits {
	open: number;
	perMinute: number;
	/** Besides, for live look-ups. */
	livePerMinute: number;
}

/** The lowest setting of all runs that are under way counts for each of them: the instance has one limit, whoever asks. */
export function lowestLimits(runs: Iterable<RunSettings>): Limits {
	const lowest: Limits = { open: Infinity, perMinute: Infinity, livePerMinute: Infinity };
	for (const { concurrency, requestsPerMinute } of runs) {
		lowest.open = Math.min(lowest.open, concurrency);
		if (requestsPerMinute === 'advised') lowest.livePerMinute = ADVISED_PER_MINUTE;
		else if (requestsPerMinute > 0) lowest.perMinute = Math.min(lowest.perMinute, requestsPerMinute);
	}
	return lowest;
}
