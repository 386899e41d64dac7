import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** A node on the canvas, by its name. */
export function nodeOf(page: Page, name: string): Locator {
	return page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
}

/** What a file is called, and what is in it. */
export interface WorkflowFile {
	path: string;
	content: string;
}

/** Opens a new workflow, and imports a file into it with "Import from file" in its menu. */
export async function importWorkflow(page: Page, url: string, { path, content }: WorkflowFile): Promise<void> {
	await page.goto(`${url}/workflow/new`);
	await page.getByTestId('canvas-add-button').waitFor();
	await page.getByTestId('workflow-menu').click();
	const chooser = page.waitForEvent('filechooser');
	// An entry of its own in n8n 1, one of a submenu in n8n 2.
	const entry = page.getByRole('menuitem', { name: /^(?:Import )?from file/i });
	const submenu = page.getByRole('menuitem', { name: 'Import', exact: true });
	await entry.or(submenu).first().waitFor();
	if (!(await entry.isVisible())) await submenu.hover();
	await entry.click();
	const file = { name: basename(path), mimeType: 'application/json', buffer: Buffer.from(content) };
	await (await chooser).setFiles(file);
	await page.getByTestId('canvas-node').first().waitFor();
	await deselect(page);
	await page.getByTestId('zoom-to-fit').click();
}

/** Pastes nodes into the open workflow, as its text comes from the clipboard. */
export async function pasteNodes(page: Page, workflow: string): Promise<void> {
	// A text, since this runs in the browser, whose types are not known here.
	await page.evaluate(`{
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', ${JSON.stringify(workflow)});
		document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}`);
	await page.getByTestId('canvas-node').first().waitFor();
}

/** Opens the panel with all nodes, and looks for some words in it. */
export async function searchNodes(page: Page, words: string): Promise<void> {
	const bar = page.getByTestId('node-creator-search-bar');
	if (!(await bar.isVisible())) await page.getByTestId('node-creator-plus-button').click();
	await bar.fill(words);
}

/** Drops one of a found node's actions on the canvas, with the mouse, apart from the nodes that are there. */
export async function dropAction(page: Page, node: string, action: string): Promise<void> {
	await page.getByTestId('node-creator').getByText(node, { exact: true }).first().click();
	const dragged = page.getByTestId('node-creator').getByText(action, { exact: true }).last();
	await dragged.dragTo(page.getByTestId('canvas'), { targetPosition: { x: 600, y: 600 } });
}

/** Connects one node's output with the next one's input, with the mouse. */
export async function connectNodes(page: Page, from: string, to: string): Promise<void> {
	const output = nodeOf(page, from).getByTestId('canvas-node-output-handle');
	await output.dragTo(nodeOf(page, to).getByTestId('canvas-node-input-handle'));
}

/** What the outputs of a node on the canvas are called, in their order. */
export async function outputsOf(page: Page, name: string): Promise<string[]> {
	return await nodeOf(page, name).getByTestId('canvas-node-output-handle').allInnerTexts();
}

/** Waits until the line that leads into a node says that it has got so many items. */
export async function seeItems(page: Page, name: string, count: number): Promise<void> {
	const label = page.locator(`[data-test-id="edge-label"][data-target-node-name="${name}"]`);
	await label.getByText(count === 1 ? '1 item' : `${count} items`, { exact: true }).waitFor();
}

/** Executes the workflow as its button does, and waits until it has ended. */
export async function executeWorkflow(page: Page): Promise<void> {
	await page.getByTestId('execute-workflow-button').click();
	await page.getByText('Workflow executed').waitFor({ timeout: 60_000 });
}

/** Clicks where nothing is: what is connected of itself to a new node is what was selected before. */
export async function deselect(page: Page): Promise<void> {
	await page.getByTestId('canvas').click({ position: { x: 640, y: 60 } });
}
