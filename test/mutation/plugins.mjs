// Plugins of Stryker, which loads this file into each of its processes.
import * as jestRunner from '@stryker-mutator/jest-runner';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, relative } from 'node:path';

/** n8n's types for what its editor and its AI builder show: names, words, defaults. */
const SHOWN = new Set([
	'INodeTypeDescription',
	'INodeProperties',
	'INodePropertyOptions',
	'NodeHint',
	'OptionField',
	'Icon',
]);

/** The name of a declared type, also of an array of it. */
function nameOf(type) {
	return type?.typeName?.name ?? (type?.elementType && nameOf(type.elementType));
}

/** Leaves out what is only shown: a test of it would repeat it word by word. The browser tests see it in n8n's editor. */
const editorTexts = {
	/** @param path a node of the syntax tree, as Babel gives it */
	shouldIgnore({ node }) {
		const declared = node.type === 'VariableDeclarator' ? node.id : node;
		const isShown = SHOWN.has(nameOf(declared.typeAnnotation?.typeAnnotation));
		const isDeclaration = node.type === 'VariableDeclarator' || node.type === 'ClassProperty';
		return isDeclaration && isShown ? 'shown by the editor' : undefined;
	},
};

const [jest] = jestRunner.strykerPlugins;

/** Where the first run of all tests leaves, for all processes, which files have a test of which name. */
const FILES = 'test-files.json';

/** Test files that try thousands of inputs. */
const SLOW = /(?:property|oracle|fuzz)\.test\.mts$/;

/** `limits` of nodes/Wawp/limits/retry.ts and of test/unit/limits/retry.test.mts; empty for what lies above the rooms. */
export function roomOf(path) {
	const [, room = ''] = /^(?:nodes\/Wawp|test\/unit)\/([^/]+)\//.exec(path) ?? /^(credentials)\//.exec(path) ?? [];
	return room;
}

/**
 * The test files that are to notice a change to a source, in the order in which they are tried: those of its own room, the
 * one that is named after it first, those that take long last.
 *
 * @param {string} source relative to the repository
 * @param {string[]} files that have tests which come by the change
 */
function inOrder(source, files) {
	const own = `${basename(source).replace(/(?:\.node|\.credentials)?\.ts$/, '')}.`;
	const rank = (file) => (basename(file).startsWith(own) ? 0 : 1) + (SLOW.test(file) ? 2 : 0);
	return files.filter((file) => roomOf(file) === roomOf(source)).sort((a, b) => rank(a) - rank(b));
}

/**
 * Stryker's runner for jest, but a mutant only meets test files that come by it, one after the other, and the first that
 * notices it is the last. Stryker's own loads every file for every mutant, and runs all of them to the end.
 */
function fileByFile(injector) {
	const runner = jest.factory(injector);
	const { dryRun, mutantRun, run } = runner;
	let testFiles;
	runner.run = async (settings) => await run.call(runner, { ...settings, testFiles });
	runner.dryRun = async (options) => {
		const result = await dryRun.call(runner, options);
		const files = {};
		for (const { id, fileName } of result.tests ?? []) {
			files[id] = [...new Set([...(files[id] ?? []), relative(process.cwd(), fileName)])];
		}
		writeFileSync(FILES, JSON.stringify(files));
		return result;
	};
	runner.mutantRun = async (options) => {
		const files = JSON.parse(readFileSync(FILES, 'utf8'));
		const covering = options.testFilter?.flatMap((id) => files[id]) ?? Object.values(files).flat();
		const source = relative(process.cwd(), options.sandboxFileName);
		let result = { status: 'survived', nrOfTests: 0 };
		for (const file of inOrder(source, [...new Set(covering)])) {
			testFiles = [file];
			result = await mutantRun.call(runner, options);
			if (result.status !== 'survived') break;
		}
		return result;
	};
	return runner;
}
fileByFile.inject = jest.factory.inject;

export const strykerPlugins = [
	{ kind: 'Ignore', name: 'editor-texts', value: editorTexts },
	{ kind: 'TestRunner', name: 'file-by-file', factory: fileByFile },
];
