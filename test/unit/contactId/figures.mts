import fc from 'fast-check';
import { Metadata, type MetadataJson } from 'libphonenumber-js/core';
import json from 'libphonenumber-js/metadata.max.json';
import google from 'google-libphonenumber';
import { readContactId } from '../../../nodes/Wawp/contactId/readContactId';
import { oracle } from './numbers.mts';

const { PhoneNumberFormat, PhoneNumberType } = google;
const metadata = new Metadata(json as unknown as MetadataJson);

export interface RandomNumber { region: string; id: string; code: string; national: string; local: string; abroad: string }

export function randomNumbers(type: 'MOBILE' | 'FIXED_LINE', perRegion: number, seed: number): RandomNumber[] {
	const types: number[] = [PhoneNumberType[type], PhoneNumberType.FIXED_LINE_OR_MOBILE];
	return oracle.getSupportedRegions().flatMap((region) => {
		metadata.selectNumberingPlan(region as never);
		const pattern = (metadata.numberingPlan as any)?.type(type)?.pattern();
		if (!pattern) return [];
		const code = String(oracle.getCountryCodeForRegion(region));
		const found = new Map<string, RandomNumber>();
		for (const national of fc.sample(fc.stringMatching(new RegExp(`^(?:${pattern})$`)), { seed, numRuns: perRegion * 2 })) {
			const number = oracle.parse(`+${code}${national}`);
			if (!oracle.isValidNumberForRegion(number, region) || !types.includes(oracle.getNumberType(number))) continue;
			if (oracle.getNationalSignificantNumber(number) !== national) continue;
			found.set(national, {
				region, code, national, id: code + national,
				local: oracle.format(number, PhoneNumberFormat.NATIONAL),
				abroad: oracle.format(number, PhoneNumberFormat.INTERNATIONAL).slice(code.length + 1).trim(),
			});
			if (found.size === perRegion) break;
		}
		return [...found.values()];
	});
}

export interface Tally { right: number; refused: string[]; wrong: string[] }
export function tally(tries: Iterable<[text: string, country: string, id: string]>): Tally {
	const result: Tally = { right: 0, refused: [], wrong: [] };
	for (const [text, country, id] of tries) {
		const read = readContactId(text, country);
		if (!read.ok) result.refused.push(`${country}: ${text} (${id}) -> ${read.message}`);
		else if (read.id === `${id}@c.us`) result.right += 1;
		else result.wrong.push(`${country}: ${text} (${id}) -> ${read.id}`);
	}
	return result;
}
