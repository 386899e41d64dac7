import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

import { WawpApi } from '../../../credentials/WawpApi.credentials';
import { getProfilePictureFields } from '../../../nodes/Wawp/operation/getProfilePicture';
import { OPTION_FIELDS } from '../../../nodes/Wawp/operation/optionFields';

const FIELDS = [...getProfilePictureFields, ...OPTION_FIELDS, ...new WawpApi().properties];
// n8n shows the title of its own that this one has without quotes.
const NAMES = FIELDS.filter(({ type }) => !['notice', 'collection'].includes(type)).map(
	({ displayName }) => displayName,
);
const UNQUOTED = new RegExp(`(?<!')\\b(?:${NAMES.join('|')})\\b(?!')`);

/** What gives a field, a choice or an action its own name. */
const NAMING = new Set(['displayName', 'name', 'action']);

const SOURCES = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(folder, file)),
);

/** The texts in a source, but those that name something. */
function textsIn(file: string): string[] {
	const texts: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isPropertyAssignment(node) && NAMING.has(node.name.getText())) return;
		if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) texts.push(node.getText());
		else ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
	return texts;
}

test("every message, hint and description has parameter names in single quotes, as n8n's guide wants it", () => {
	const texts = SOURCES.flatMap(textsIn);
	expect(texts.filter((text) => /'Contact ID'/.test(text)).length).toBeGreaterThan(3);
	expect(texts.filter((text) => UNQUOTED.test(text))).toEqual([]);
});
