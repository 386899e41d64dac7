// Preloaded by the runner: what this repository imports of n8n comes from the n8n in the sandbox, and from the very
// files that n8n itself loads, which are its CommonJS ones.
import { registerHooks } from 'node:module';

const SANDBOX = new URL('n8n-2/node_modules/n8n/package.json', import.meta.url).href;
const OF_N8N = /^(?:n8n-core|n8n-workflow|n8n-nodes-base|@n8n\/[^/]+)(?:\/|$)/;

registerHooks({
	resolve: (specifier, context, nextResolve) => {
		if (!OF_N8N.test(specifier)) return nextResolve(specifier, context);
		const conditions = context.conditions.map((condition) => (condition === 'import' ? 'require' : condition));
		return nextResolve(specifier, { ...context, conditions, parentURL: SANDBOX });
	},
});
