import type { IBinaryData } from 'n8n-workflow';

import type { Failure } from '../failure';
import type { Gateway } from '../gateway/gateway';
import type { Query } from '../gateway/request';
import type { Outcome } from '../gateway/verdict';
import type { AccountLimiters } from '../limits/accountLimiters';
import type { Clock } from '../limits/clock';
import type { Pictures } from '../picture/pictures';

/** The options of a run, checked. */
export interface RunOptions {
	/** How many contacts to look up, or pictures to download, at once. */
	concurrency: number;
	/** For each contact, and for each download. */
	maxRetries: number;
	/** 0 for no pace. */
	requestsPerMinute: number;
	/** For one request, in milliseconds. */
	timeout: number;
}

/** The input of a run, and everything it depends on. */
export interface Run {
	itemCount: number;
	/** Called once per item, in order. Never throws. */
	read(itemIndex: number): ReadQuery;
	options: RunOptions;
	gateway: Gateway;
	/** Shared by all runs of the process. */
	limiters: AccountLimiters;
	pictures: Pictures;
	/** On Error: Stop Workflow. */
	stopsAtFailure: boolean;
	/** Fires when the execution is stopped. */
	cancel?: AbortSignal;
	clock: Clock;
}

/** What to get for an item. */
export interface ItemQuery extends Query {
	/** Whether to get the picture itself, not only its URL. */
	downloadPicture: boolean;
	/** Whether the item fails if no picture is visible. */
	failsWithoutPicture: boolean;
}

/** An item that cannot be looked up. */
export interface RefusedQuery {
	contactId: ItemResult['contactId'];
	failure: Failure;
}

/** A lookup, or why there is none. */
export type ReadQuery = ItemQuery | RefusedQuery;

/** The result for a contact. */
export interface LookupResult {
	outcome: Outcome;
	file?: IBinaryData;
	/** Requests sent for this contact. */
	attempts: number;
}

/** The result for one input item. */
export interface ItemResult extends LookupResult {
	/** The canonical ID, else what was entered; `null` if that was neither text nor number. */
	contactId: string | number | null;
}
