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

/**
 * A plugin for Stryker that leaves out what is only shown: nothing in the node depends on it, so that a test of it would
 * repeat it word by word. The browser tests see it in n8n's editor.
 */
export const strykerPlugins = [
	{
		kind: 'Ignore',
		name: 'editor-texts',
		value: {
			/** @param path a node of the syntax tree, as Babel gives it */
			shouldIgnore({ node }) {
				const declared = node.type === 'VariableDeclarator' ? node.id : node;
				const isShown = SHOWN.has(nameOf(declared.typeAnnotation?.typeAnnotation));
				const isDeclaration = node.type === 'VariableDeclarator' || node.type === 'ClassProperty';
				return isDeclaration && isShown ? 'shown by the editor' : undefined;
			},
		},
	},
];
