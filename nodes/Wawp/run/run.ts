import type { IBinaryData } from 'n8n-workflow';

import type { Failure } from '../failure';
import type { Gateway } from '../gateway/gateway';
import type { Query } from '../gateway/request';
import type { Outcome } from '../gateway/verdict';
import type { AccountLimiters } from '../limits/accountLimiters';
import type { Clock } from '../limits/clock';
import type { Pictures } from '../picture/pictures';

/** The options of one run, checked. */
export interface RunOptions {
	/** How many contacts are looked up, or their pictures downloaded, at once. */
	concurrency: number;
	/** How often a contact is asked for again after a failure that may pass. */
	maxRetries: number;
	/** How many requests may start in a minute; 0 for no pace. */
	requestsPerMinute: number;
	/** How long one request may take, in milliseconds. */
	timeout: number;
}

/** What one run of the node has to look up, and how. */
export interface Run {
	itemCount: number;
	/** What to ask for an item. It is called once per item, in order. Does not throw. */
	read(itemIndex: number): ReadQuery;
	options: RunOptions;
	gateway: Gateway;
	/** What this run shares with all others of the process. */
	limiters: AccountLimiters;
	/** Where the pictures themselves come from, for the items that want them. */
	pictures: Pictures;
	/** Whether the first failure ends the run (On Error: Stop Workflow). */
	stopsAtFailure: boolean;
	/** Fires when the execution is stopped. */
	cancel?: AbortSignal;
	clock: Clock;
}

/** What to get for an item. */
export interface ItemQuery extends Query {
	/** Whether to get the picture itself, not only its URL. */
	downloadPicture: boolean;
	/** Whether it is a failure that the contact has no visible picture. */
	failsWithoutPicture: boolean;
}

/** Why nothing can be asked for an item. */
export interface RefusedQuery {
	contactId: ItemResult['contactId'];
	failure: Failure;
}

/** What to get for an item, or why nothing can be asked for it. */
export type ReadQuery = ItemQuery | RefusedQuery;

/** What became of a contact: of its lookup, and of its picture where that is downloaded. */
export interface LookupResult {
	outcome: Outcome;
	/** The picture itself. */
	file?: IBinaryData;
	/** Requests sent for it. */
	attempts: number;
}

/** What became of one input item. */
export interface ItemResult extends LookupResult {
	/** The canonical ID where there is one, else what was typed; `null` where that was no text or number. */
	contactId: string | number | null;
}
