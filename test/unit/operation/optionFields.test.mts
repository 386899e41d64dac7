import { OPTION_FIELDS } from '../../../nodes/Wawp/operation/optionFields';

test('What is for lists and files is hidden from the tool of an AI agent', () => {
	const hidden = OPTION_FIELDS.filter(({ displayOptions }) => displayOptions?.hide);
	expect(hidden.map(({ name, displayOptions }) => [name, displayOptions?.hide])).toEqual(
		['downloadPicture', 'includeInputFields', 'concurrency', 'binaryPropertyName', 'requestsPerMinute'].map((name) => [
			name,
			{ '@tool': [true] },
		]),
	);
});
