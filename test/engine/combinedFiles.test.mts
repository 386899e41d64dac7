import * as n8nWorkflow from 'n8n-workflow';
import type { IBinaryData, IBinaryKeyData, IDataObject, INodeExecutionData, IWorkflowSettings } from 'n8n-workflow';

import { CONTACTS } from '../stand-in/contacts.mts';
import { PICTURES } from '../stand-in/pictureFaults.mts';
import { AMPLE_MS, withStandIn } from './suite.mts';
import { runInEngine } from './wawp.mts';

withStandIn();

/** n8n 2 can be set to move the files of each item to `_files` in its JSON, right after a node has run. */
const COMBINED: IWorkflowSettings = { binaryMode: 'combined' };
const MODES: Array<[name: string, settings: IWorkflowSettings]> = [
	['files beside the JSON', {}],
	...('BINARY_MODE_COMBINED' in n8nWorkflow ? [['files in the JSON', COMBINED] as [string, IWorkflowSettings]] : []),
];

const fileOf = (name: string): IBinaryData => ({
	data: Buffer.from(name).toString('base64'),
	mimeType: 'text/plain',
	fileName: name,
});
/** The lead's own files; one has the name of the field for the picture. */
const OWN = { data: fileOf('own.txt'), sheet: fileOf('sheet.txt') };

const PICTURE = '15551234567@c.us';
const NONE = CONTACTS.nullUrl.id;
const NO_CONTACT = 'call me';
const NO_DOWNLOAD = PICTURES.page.id;

interface Given {
	phones: string[];
	onError: 'continueErrorOutput' | 'continueRegularOutput';
	settings: IWorkflowSettings;
	includeInputFields?: boolean;
	/** Of each lead, beside its phone number. */
	lead?: IDataObject;
	/** Hands the node the files of the leads as they are, as of data that was pinned in the editor. */
	isPinned?: boolean;
}

async function run({ phones, onError, settings, includeInputFields = true, lead, isPinned }: Given) {
	const options = { downloadPicture: true, includeInputFields, timeout: AMPLE_MS, maxRetries: 0 };
	const leads = phones.map((phone) => ({ ...lead, phone }));
	const items = leads.map((json) => ({ json, binary: OWN }));
	const ran = await runInEngine({
		leads,
		onError,
		settings,
		...(!lead && !isPinned && { files: OWN }),
		...(isPinned && { items }),
		parameters: { options },
	});
	expect(ran.error).toBeUndefined();
	return ran;
}

const filesOf = ({ json, binary }: INodeExecutionData) => ({
	...binary,
	...(json._files as IBinaryKeyData | undefined),
});
const namesOf = (item: INodeExecutionData) =>
	Object.fromEntries(Object.entries(filesOf(item)).map(([field, { fileName }]) => [field, fileName]));
const phonesOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.phone);

describe.each(MODES)('With %s', (_mode, settings) => {
	test.each([false, true])('each item leaves on its own branch, with its own fields (pinned: %s)', async (isPinned) => {
		const phones = [PICTURE, NO_CONTACT, NONE, NO_DOWNLOAD];
		const { success, failed } = await run({ phones, onError: 'continueErrorOutput', settings, isPinned });
		expect(phonesOf(success)).toEqual([PICTURE, NONE]);
		expect(phonesOf(failed)).toEqual([NO_CONTACT, NO_DOWNLOAD]);
		expect(failed.map(({ json }) => (json.error as IDataObject).reason)).toEqual([
			...['invalid-contact-id', 'download-failed'],
		]);
	});

	test('the picture is in its field, and no file of the lead is there without it', async () => {
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
			const { success } = await run({ phones: [PICTURE, NONE], onError, settings });
			expect(success.map(namesOf)).toEqual([{ data: '15551234567.jpg', sheet: 'sheet.txt' }, { sheet: 'sheet.txt' }]);
		}
	});

	test('no file is in the field of the picture where it failed, on the one output', async () => {
		const phones = [NO_CONTACT, NO_DOWNLOAD];
		const { success } = await run({ phones, onError: 'continueRegularOutput', settings });
		expect(phonesOf(success)).toEqual(phones);
		for (const item of success) expect(namesOf(item)).not.toHaveProperty('data');
	});

	test('files that are not the picture are left out without Include Input Fields', async () => {
		const given = { phones: [PICTURE, NONE], settings, includeInputFields: false };
		const { success } = await run({ ...given, onError: 'continueErrorOutput' });
		expect(success.map(namesOf)).toEqual([{ data: '15551234567.jpg' }, {}]);
	});

	test.each(['text', 7, ['list']])('a field _files of the lead that is %j ends nothing', async (_files) => {
		const given = { phones: [PICTURE, NO_CONTACT], settings, lead: { _files } };
		const { success, failed } = await run({ ...given, onError: 'continueErrorOutput' });
		expect(success.map(namesOf)).toEqual([{ data: '15551234567.jpg' }]);
		expect(phonesOf(failed)).toEqual([NO_CONTACT]);
	});
});
