import type { INodePropertyOptions } from 'n8n-workflow';

import { nameOf } from '../contactId/country';
import { callingCodeOfCountry, COUNTRIES } from '../contactId/numberingPlans';

/** The countries as the editor lists them, by name: "Germany (+49)". Typing finds one by its name or its code. */
export const COUNTRY_CHOICES: INodePropertyOptions[] = [
	{ name: 'None', value: '' },
	...COUNTRIES.map((value) => ({ name: `${nameOf(value)} (+${callingCodeOfCountry(value)})`, value })).sort(
		({ name: one }, { name: other }) => (one < other ? -1 : 1),
	),
];
