/** The options of one run, checked. */
export interface Options {
	/** The binary field that a downloaded picture goes into. */
	binaryPropertyName: string;
	/** How many requests may be open at once. */
	concurrency: number;
	/** Whether to get the picture itself, not only its address. */
	downloadPicture: boolean;
	/** What stands for the address where there is no picture, if `noPicture` says so. */
	fallbackUrl: string;
	/** Whether to say when the address stops working. */
	includeExpiry: boolean;
	/** Whether the input's fields come first in the output item. */
	includeInputFields: boolean;
	/** How often a contact is asked for again after a failure that may pass. */
	maxRetries: number;
	/** What becomes of a contact without a visible picture. */
	noPicture: 'emptyUrl' | 'fallbackUrl' | 'error';
	/** How many requests may start in a minute; 0 for as many as `concurrency` lets through. */
	requestsPerMinute: number;
	/** How long one request may take, in milliseconds. */
	timeout: number;
}
