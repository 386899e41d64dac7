import type { Locator, Page } from 'playwright-core';

import { nodeOf } from './canvas.mts';

/** Opens a node's panel, as a double click on it does. */
export async function openNode(page: Page, name: string): Promise<void> {
	await nodeOf(page, name).dblclick();
	await page.getByTestId('ndv').waitFor();
}

/** Closes it. */
export async function closeNode(page: Page): Promise<void> {
	// n8n 2, or n8n 1.
	await page.getByTestId('ndv-close-button').or(page.getByTestId('back-to-canvas')).first().click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

/** Chooses one of the stored credentials for the node. */
export async function chooseCredential(page: Page, name: string): Promise<void> {
	await page.getByTestId('node-credentials-select').click();
	await page
		.getByTestId(/^node-credentials-select-item/)
		.filter({ hasText: name })
		.click();
}

/** Executes what stands before the node, so that its input is there. */
export async function executePreviousNodes(page: Page): Promise<void> {
	await page.getByTestId('execute-previous-node').click();
	await page.getByTestId('ndv-input-panel').getByTestId('run-data-schema-item').first().waitFor();
}

/** Drags a field of the input onto one of the node's parameters, with the mouse. */
export async function dragField(page: Page, field: string, parameter: string): Promise<void> {
	const input = page.getByTestId('ndv-input-panel');
	const dragged = input.getByTestId('run-data-schema-item').getByText(field, { exact: true });
	await dragged.dragTo(page.getByTestId(`parameter-input-${parameter}`));
}

/** Executes the node as "Execute step" does. It may still run when this returns. */
export async function executeStep(page: Page): Promise<void> {
	const started = page.waitForResponse(/\/rest\/workflows\/[^/]+\/run/);
	await page.getByTestId('node-execute-button').click();
	await started;
}

/** The panel with what came out of the node. */
export function outputOf(page: Page): Locator {
	return page.getByTestId('output-panel');
}

/** Shows the output as a table or as JSON. */
export async function showOutputAs(page: Page, view: 'table' | 'json' | 'binary'): Promise<void> {
	await outputOf(page).getByTestId(`radio-button-${view}`).click();
}

/** Chooses what becomes of failures, in the node's settings. */
export async function setOnError(page: Page, choice: string): Promise<void> {
	await page.getByTestId('tab-settings').click();
	await page.getByTestId('parameter-input-onError').click();
	await page.getByRole('option', { name: choice }).click();
	await page.getByTestId('tab-params').click();
}

/** The options that can be added, in their order. */
export async function optionsToAdd(page: Page): Promise<string[]> {
	await page.getByTestId('collection-parameter-add').click();
	await page.getByRole('option').first().waitFor();
	const names = await page.getByRole('option').allInnerTexts();
	await page.keyboard.press('Escape');
	return names;
}

/** Adds an option to the node. */
export async function addOption(page: Page, name: string): Promise<void> {
	await page.getByTestId('collection-parameter-add').click();
	await page.getByRole('option', { name, exact: true }).click();
}

/** Opens a parameter's list, types letters until one of its choices is left, and takes that one. */
export async function chooseByTyping(page: Page, parameter: string, letters: string): Promise<void> {
	const field = page.getByTestId(`parameter-input-${parameter}`).getByRole('combobox');
	await field.click();
	const choices = page.getByRole('option').filter({ visible: true });
	await choices.nth(1).waitFor();
	await field.pressSequentially(letters);
	await choices.nth(1).waitFor({ state: 'hidden' });
	await choices.click();
}

/** What is chosen in a parameter's list. */
export async function choiceOf(page: Page, parameter: string): Promise<string> {
	return await page.getByTestId(`parameter-input-${parameter}`).getByRole('combobox').inputValue();
}
