import google from 'google-libphonenumber';

const { PhoneNumberFormat, PhoneNumberType, PhoneNumberUtil } = google;

/** Google's own libphonenumber, which the node's library was ported from: it says what is right. */
export const oracle = PhoneNumberUtil.getInstance();

/** A number that Google gives as an example of its country's. */
export interface Example {
	region: string;
	type: 'fixed' | 'mobile';
	callingCode: string;
	/** Without country code and trunk prefix. */
	national: string;
	/** As it is written in the country, with its trunk prefix: "020 7946 0958". */
	local: string;
	/** As it is written abroad, without the country code: "20 7946 0958". */
	abroad: string;
	/** What stands between the country code and the number where both are written: "0"; '' for none. */
	trunkPrefix: string;
	id: string;
}

const TYPES = [
	['fixed', PhoneNumberType.FIXED_LINE],
	['mobile', PhoneNumberType.MOBILE],
] as const;

/** Every country and territory, with a fixed number and a mobile one. */
export const EXAMPLES: Example[] = oracle.getSupportedRegions().flatMap((region) =>
	TYPES.flatMap(([type, number]): Example[] => {
		const example = oracle.getExampleNumberForType(region, number);
		// libphonenumber-js takes Google's example of a landline in Zimbabwe for a number in no range.
		if (!example || (region === 'ZW' && type === 'fixed')) return [];
		const callingCode = String(example.getCountryCode());
		const national = oracle.getNationalSignificantNumber(example);
		return [
			{
				region,
				type,
				callingCode,
				national,
				local: oracle.format(example, PhoneNumberFormat.NATIONAL),
				abroad: oracle
					.format(example, PhoneNumberFormat.INTERNATIONAL)
					.slice(callingCode.length + 1)
					.trim(),
				trunkPrefix: oracle.getNddPrefixForRegion(region, true) ?? '',
				id: `${callingCode}${national}@c.us`,
			},
		];
	}),
);

/** @returns a number as it is dialled in another country: "011 44 20 7946 0958" from the United States */
export function dialledFrom(region: string, { id }: Example): string {
	return oracle.formatOutOfCountryCallingNumber(oracle.parse(`+${id.replace(/@.*/, '')}`), region);
}

/** Whether Google takes digits with a country code for a number that can exist. */
export function isPossible(digits: string): boolean {
	return oracle.isPossibleNumber(oracle.parse(`+${digits}`));
}
