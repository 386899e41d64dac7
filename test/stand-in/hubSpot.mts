import type { IncomingMessage, ServerResponse } from 'node:http';

/** The host of HubSpot's API. */
export const HUBSPOT_HOST = 'api.hubapi.com';

/** The service key that the stand-in takes. */
export const SERVICE_KEY = 'pat-stand-in-8f3a1c';

/** The credential that examples/hubspot-round-trip.json names, as n8n imports it. */
export const HUBSPOT_ACCOUNT = {
	id: 'hubSpotAccount',
	name: 'HubSpot account',
	type: 'hubspotAppToken',
	data: { appToken: SERVICE_KEY },
};

/** A contact's properties, by their names. HubSpot has no empty ones. */
export type Properties = Record<string, string>;

interface Filter {
	propertyName: string;
	operator: string;
}

interface Search {
	filterGroups?: Array<{ filters: Filter[] }>;
	properties?: string[];
	limit?: number;
}

/** What HubSpot returns of each contact that was searched, whatever was asked for. */
const ALWAYS = ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'];

/** The most filters that HubSpot takes in a group, and the most results on a page. */
const MAX_FILTERS = 6;
const MAX_LIMIT = 200;

/**
 * A stand-in for the two endpoints of HubSpot that n8n's own node calls to search contacts and to write to one. It
 * answers as HubSpot's public reference says: developers.hubspot.com/docs/api-reference/crm-contacts-v3/search and
 * legacydocs.hubspot.com/docs/methods/contacts/create_or_update.
 */
export class HubSpot {
	/** What was asked for, as method and path. */
	readonly requests: string[] = [];

	/** @param contacts by their IDs, each with an e-mail address if it is to be written to */
	constructor(
		readonly contacts: Map<string, Properties>,
		private readonly propertyNames: string[],
	) {}

	/** To be handed to a server. */
	readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
		this.answer(request)
			.catch((error: unknown) => refusal(500, String(error)))
			.then(({ status, body }) => {
				response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' });
				response.end(JSON.stringify(body));
			})
			.catch(() => response.destroy());
	};

	private async answer(request: IncomingMessage): Promise<Answer> {
		const path = new URL(request.url ?? '', `https://${HUBSPOT_HOST}`).pathname;
		this.requests.push(`${request.method} ${path}`);
		if (request.headers.authorization !== `Bearer ${SERVICE_KEY}`) {
			return refusal(401, 'Authentication credentials not found.', 'INVALID_AUTHENTICATION');
		}
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || '{}');
		const email = /^\/contacts\/v1\/contact\/createOrUpdate\/email\/([^/]+)$/.exec(path)?.[1];
		if (request.method === 'POST' && path === '/crm/v3/objects/contacts/search') return this.search(body as Search);
		if (request.method === 'POST' && email !== undefined) {
			return this.write(decodeURIComponent(email), (body as { properties: Written[] }).properties);
		}
		return refusal(404, `No endpoint ${request.method} ${path}`);
	}

	private search({ filterGroups = [], properties = [], limit = 10 }: Search): Answer {
		const filters = filterGroups.flatMap((group) => group.filters);
		const unknown = filters.find(({ propertyName }) => !this.propertyNames.includes(propertyName));
		if (unknown) return refusal(400, `Property "${unknown.propertyName}" does not exist`);
		if (filterGroups.some((group) => group.filters.length > MAX_FILTERS)) return refusal(400, 'too many filters');
		if (limit > MAX_LIMIT) return refusal(400, `limit ${limit} exceeds ${MAX_LIMIT}`);
		const passes = (contact: Properties) =>
			filterGroups.length === 0 ||
			filterGroups.some((group) => group.filters.every((filter) => passesOne(contact, filter)));
		const found = [...this.contacts].filter(([, contact]) => passes(contact));
		const results = found.slice(0, limit).map(([id, contact]) => ({
			id,
			properties: Object.fromEntries([...ALWAYS, ...properties].map((name) => [name, contact[name] ?? null])),
			createdAt: '2026-11-01T08:00:00.000Z',
			updatedAt: '2026-11-01T08:00:00.000Z',
			archived: false,
		}));
		const paging = found.length > limit ? { paging: { next: { after: String(limit) } } } : {};
		return { status: 200, body: { total: found.length, results, ...paging } };
	}

	private write(email: string, properties: Written[]): Answer {
		const unknown = properties.find(({ property }) => !this.propertyNames.includes(property));
		if (unknown) return refusal(400, `Property "${unknown.property}" does not exist`);
		const known = [...this.contacts].find(([, contact]) => contact.email === email);
		const [id, contact] = known ?? [String(this.contacts.size + 1), { email }];
		for (const { property, value } of properties) contact[property] = value;
		this.contacts.set(id, contact);
		return { status: 200, body: { vid: Number(id), isNew: !known } };
	}
}

interface Written {
	property: string;
	value: string;
}

interface Answer {
	status: number;
	body: object;
}

function passesOne(contact: Properties, { propertyName, operator }: Filter): boolean {
	if (operator === 'HAS_PROPERTY') return propertyName in contact;
	if (operator === 'NOT_HAS_PROPERTY') return !(propertyName in contact);
	throw new Error(`The stand-in has no operator ${operator}`);
}

function refusal(status: number, message: string, category = 'VALIDATION_ERROR'): Answer {
	return {
		status,
		body: { status: 'error', message, correlationId: '00000000-0000-4000-8000-000000000000', category },
	};
}
