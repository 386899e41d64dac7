import type { IBinaryData } from 'n8n-workflow';

import type { Failure } from '../failure';
import type { Outcome } from '../gateway/outcome';
import type { Query } from '../gateway/request';

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

/** What became of one input item. */
export interface ItemResult {
	outcome: Outcome;
	/** The picture itself, where it was downloaded. */
	file?: IBinaryData;
	/** Requests sent for it. */
	attempts: number;
	/** The canonical ID where there is one, else what was typed; `null` where that was no text or number. */
	contactId: string | number | null;
}
