import type { IBinaryData } from 'n8n-workflow';

import type { Failure } from '../failure';
import type { Outcome } from '../gateway/classifyAnswer';
import type { Query } from '../gateway/request';

/** What to ask the gateway for an item, or why it cannot be asked. */
export type ReadQuery = Query | { contactId: ItemResult['contactId']; failure: Failure };

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
