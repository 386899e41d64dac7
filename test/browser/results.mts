import { join } from 'node:path';

import { ROOT } from '../../scripts/install.mjs';

/** Where a suite of the browser tests leaves its pictures, n8n's log and, after a failure, a trace. Git ignores it. */
export function resultsOf(suite: string): string {
	return join(ROOT, 'test-results', 'browser', suite);
}
