import type { Outcome } from '../gateway/verdict';

type Picture = Extract<Outcome, { kind: 'picture' }>;

/** What a URL came for, and the ID that came with it. */
interface Sighting {
	contactId: string;
	id: string;
}

/**
 * The pictures of a run that came without an ID to hold against the contact's. Where the URL of one came for another contact
 * as well, with an ID or without, some cache mixes up its answers, and the picture could be of either.
 */
export class UnnamedPictures {
	private readonly sightings = new Map<string, Sighting[]>();

	private readonly shared = new Set<string>();

	/** Remembers a picture of any contact. */
	add({ url, id }: Picture, contactId: string): void {
		// One avatar can stand for every contact of a long list.
		if (this.shared.has(url)) return;
		const earlier = this.sightings.get(url) ?? [];
		this.sightings.set(url, [...earlier, { contactId, id }]);
		if (!earlier.every((other) => isSamePerson(other, { contactId, id }))) this.shared.add(url);
	}

	/** Whether the picture may be that of another contact. */
	isDoubtful(picture: Picture): boolean {
		return !picture.isNamed && this.shared.has(picture.url);
	}
}

/** A person can be asked for by number and by `@lid`, and answered for by the `@lid` alone. */
function isSamePerson(one: Sighting, other: Sighting): boolean {
	return one.contactId === other.contactId || one.contactId === other.id || one.id === other.contactId;
}
