import { namingOf } from '../gateway/sameContact';
import type { Outcome } from '../gateway/verdict';

type Picture = Extract<Outcome, { kind: 'picture' }>;

/** The contact that a URL was returned for, and the ID in that answer. */
interface Sighting {
	contactId: string;
	id: string;
}

/** Finds pictures without an ID whose URL another contact got, too, because some cache mixes answers up. */
export class UnnamedPictures {
	private readonly sightings = new Map<string, Sighting[]>();

	private readonly shared = new Set<string>();

	add({ url, id }: Picture, contactId: string): void {
		// A URL that every contact of a long list gets is remembered once.
		if (this.shared.has(url)) return;
		const earlier = this.sightings.get(url) ?? [];
		this.sightings.set(url, [...earlier, { contactId, id }]);
		if (!earlier.every((other) => isSamePerson(other, { contactId, id }))) this.shared.add(url);
	}

	isDoubtful(picture: Picture): boolean {
		return !picture.isNamed && this.shared.has(picture.url);
	}
}

/** A person can be looked up by two forms of a number or by `@lid`, and the answer can have the `@lid` only. */
function isSamePerson(one: Sighting, other: Sighting): boolean {
	const isSame = (id: string, contactId: string) => namingOf(id, contactId) === 'same';
	return isSame(one.contactId, other.contactId) || isSame(one.id, other.contactId) || isSame(other.id, one.contactId);
}
