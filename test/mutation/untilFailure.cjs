// Jest's environment, but of a test file no test runs after the first that fails: it has noticed the mutant.
const { TestEnvironment } = require('../../node_modules/jest-environment-node');

module.exports = class extends TestEnvironment {
	handleTestEvent({ name, test }) {
		if (name === 'test_fn_failure') this.hasFailed = true;
		if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
	}
};
