// fast-check with a tenth of the runs: a mutant that the properties do not notice meets all of them, and one that never ends
// is given up only after as long as they usually take.
const fc = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

const SHARE = 10;

const less =
	(check) =>
	(property, { numRuns = 100, ...more } = {}) =>
		check(property, { ...more, numRuns: Math.ceil(numRuns / SHARE) });

const capped = { ...fc.default, assert: less(fc.assert), check: less(fc.check) };

module.exports = { ...capped, default: capped, __esModule: true };
