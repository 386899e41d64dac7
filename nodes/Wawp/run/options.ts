/** The options of one run, checked. */
export interface RunOptions {
	/** How many requests may be open at once. */
	concurrency: number;
	/** How often a contact is asked for again after a failure that may pass. */
	maxRetries: number;
	/** How many requests may start in a minute; 0 for no limit. */
	requestsPerMinute: number;
	/** How long one request may take, in milliseconds. */
	timeout: number;
}
