import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { perform, send } from './answers.mts';
import { badCertificateOf, type Chaos, faultOf } from './chaos.mts';
import { type Books, hasPicture, isMixedUp, wayFor } from './books.mts';
import type { Behaviour } from './behaviours.mts';
import { behaviourOf, TROUBLES } from './contacts.mts';
import { ACCESS_TOKEN, INSTANCES } from './credentials.mts';
import { type Dialect, type DialectName, dialectOf } from './dialects.mts';
import { type BadCertificate, FAULTS, type FaultName } from './faults.mts';
import { type Outage, outageAt } from './outages.mts';
import { pictureBehaviour, STALE } from './pictureFaults.mts';
import { pictureOf, pictureUrl } from './pictures.mts';
import { type RateLimit, Throttle } from './throttle.mts';

/** The account that a working session belongs to. */
const ME = { id: '15550000000@c.us', pushName: 'Stand-in' };

const CACHE_MS = 24 * 60 * 60 * 1000;

/** What the stand-in was asked since it started, or since `reset`. */
export interface Counts {
	/** Look-ups received. */
	lookUps: number;
	/** Requests for the state of the session. */
	sessionInfos: number;
	/** Lookups without a contact. */
	controlLookups: number;
	/** Lookups whose answer can be about more than the contact: all but 200 and 429. */
	unclear: number;
	/** The same by what they said, without digits. */
	unclearTexts: Record<string, number>;
	/** Look-ups that were answered with what was another contact's. */
	mixedUp: number;
	/** Look-ups that met an outage, by what it was. */
	outages: Partial<Record<Outage['what'], number>>;
	/** Look-ups that did not come from the cache. */
	refreshed: number;
	/** The most lookups that were open at once. */
	mostOpen: number;
	/** Look-ups that were answered with 429 because of the rate limit. */
	refused: number;
	/** Those of them whose connection was made during a pause that had been asked for. */
	duringPause: number;
	/** The most connections that were open at once, from their making until the answer was sent or they broke. */
	mostConnections: number;
	/** Requests for a picture, by the digits in its address. */
	perPicture: Record<string, number>;
	/** Bytes that went out in answers to requests for a picture. */
	pictureBytes: number;
	/** The same for lookups. */
	lookUpBytes: number;
	/** Requests for a picture that carried something of the credential. */
	credentialLeaks: number;
	/** Other hosts that somebody wanted to be led to, and what was asked for in plain http. */
	strays: string[];
	/** When each lookup came in, in milliseconds since the process started. */
	startedAt: number[];
	/** How often each contact was looked up. */
	perContact: Record<string, number>;
	/** What each contact's lookups met with, in their order, where there is chaos. */
	metBy: Record<string, Array<FaultName | 'good'>>;
	/** TLS handshakes in which the server showed its certificates, and those that resumed an earlier session without them. */
	handshakes: { full: number; resumed: number };
	/** How many connections were met with each bad certificate. */
	badCertificates: Partial<Record<BadCertificate, number>>;
	/** Requests that came over such a connection. */
	sentDespiteCertificate: number;
}

/** The gateway's endpoints and the host of the pictures. */
export class Gateway {
	counts: Counts = noCounts();

	/** Look-ups that are open now. */
	open = 0;

	private readonly cache = new Map<string, { url: string; until: number; edition: number }>();

	/** When each connection that is open now was made, by the port that it comes from. */
	private readonly connections = new Map<number, number>();

	private connectionsMade = 0;

	/** Look-ups and requests for the state of the session. */
	private requests = 0;

	/** The good answer that a cache in front has kept last. */
	private kept?: Behaviour;

	/** How long each lookup takes, in milliseconds; a test may change it until `reset`. */
	latencyMs: number;

	/**
	 * What part of the lookups, from 0 to 1, is answered with 429 or 503 instead. Which ones depends on the contact and
	 * on how often it was asked for, so that every run of a list meets the same.
	 */
	trouble = 0;

	private throttle?: Throttle;

	/** How much of the lookups goes wrong in all the ways there are; until `reset`. */
	chaos?: Chaos;

	/** Whether the proxy takes connections and then says nothing. */
	proxyIsSilent = false;

	/** In which way it speaks. */
	dialect: DialectName = 'documented';

	/** What goes wrong in the middle of a list. */
	outages: Outage[] = [];

	/** Who has a picture, and which answers a cache mixes up. */
	books: Books = NO_BOOKS;

	/** How the state of the session can be asked for: the other method, or both, are answered with this status. */
	sessionInfoBy: { method: 'POST' | 'GET' | 'none'; otherwise: number } = BY_POST;

	/** What is answered when the state of the session is asked for, one after the other, before it is as usual. */
	readonly sessionScript: Behaviour[] = [];

	/** The same for lookups without a contact. */
	readonly controlScript: Behaviour[] = [];

	/** What single contacts are answered, one after the other, before they are answered as usual; until `reset`. */
	readonly script = new Map<string, Behaviour[]>();

	/** The same for single pictures, by the digits in their addresses. */
	readonly pictureScript = new Map<string, Behaviour[]>();

	constructor(private readonly usualLatencyMs: number) {
		this.latencyMs = usualLatencyMs;
	}

	/** From now on, and until `reset`, only so many lookups are taken. */
	set rateLimit(limit: RateLimit | undefined) {
		this.throttle = limit && new Throttle(limit);
	}

	reset(): void {
		this.throttle = undefined;
		this.counts = noCounts();
		this.connectionsMade = 0;
		this.cache.clear();
		this.latencyMs = this.usualLatencyMs;
		this.trouble = 0;
		this.chaos = undefined;
		this.proxyIsSilent = false;
		this.dialect = 'documented';
		this.outages = [];
		this.books = NO_BOOKS;
		this.sessionInfoBy = BY_POST;
		this.requests = 0;
		this.kept = undefined;
		this.sessionScript.length = 0;
		this.controlScript.length = 0;
		this.script.clear();
		this.pictureScript.clear();
	}

	/** Connections whose answer has not been sent yet. */
	get connectionsOpen(): number {
		return this.connections.size;
	}

	/**
	 * To be told of every connection.
	 *
	 * @returns the certificate to show
	 */
	connected(socket: Socket): 'good' | BadCertificate {
		const port = socket.remotePort ?? 0;
		this.connections.set(port, performance.now());
		this.counts.mostConnections = Math.max(this.counts.mostConnections, this.connections.size);
		socket.once('close', () => this.connections.delete(port));
		this.connectionsMade += 1;
		const bad = this.chaos && badCertificateOf(this.chaos, this.connectionsMade);
		if (bad) this.counts.badCertificates[bad] = (this.counts.badCertificates[bad] ?? 0) + 1;
		return bad ?? 'good';
	}

	/** To be told of every TLS handshake that was completed. */
	secured(isResumed: boolean): void {
		this.counts.handshakes[isResumed ? 'resumed' : 'full'] += 1;
	}

	/** Answers one request. Never rejects: what goes wrong in here becomes a 500 that says so. */
	async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', `https://${request.headers.host}`);
		try {
			if (url.hostname.endsWith('.whatsapp.net')) await this.servePicture(request, url, response);
			else if (url.pathname === '/v2/contacts/profile-picture') await this.lookUp(request, url, response);
			else if (url.pathname === '/v2/session/info') this.sessionInfo(request.method ?? '', url, response);
			else if (url.pathname === '/v2/session/me') this.sessionMe(url, response);
			else send(response, 404, { code: 'not_found', message: `No endpoint ${url.pathname}` });
		} catch (error) {
			send(response, 500, { code: 'stand_in_error', message: String(error) });
		}
	}

	private async lookUp(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
		const contactId = url.searchParams.get('contactId') ?? '';
		const number = ++this.requests;
		const now = performance.now();
		this.counts.startedAt.push(now);
		if (contactId === '') {
			this.counts.controlLookups += 1;
		} else {
			this.counts.lookUps += 1;
			this.counts.perContact[contactId] = (this.counts.perContact[contactId] ?? 0) + 1;
		}
		this.open += 1;
		this.counts.mostOpen = Math.max(this.counts.mostOpen, this.open);
		const { counts } = this;
		response.once('close', () => {
			this.open -= 1;
			counts.lookUpBytes += request.socket.bytesWritten;
		});
		const connectedAt = this.connections.get(request.socket.remotePort ?? 0) ?? 0;
		this.freesConnection(request, response);
		const isDuringPause = this.throttle?.isDuringPause(connectedAt);
		const refusal = this.throttle?.refuse(now);
		if (refusal) {
			this.counts.refused += 1;
			if (isDuringPause) this.counts.duringPause += 1;
			this.perform(refusal, response);
			return;
		}
		if (this.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, this.latencyMs));

		const scriptedControl = contactId === '' ? this.controlScript.shift() : undefined;
		if (scriptedControl) {
			perform(scriptedControl, response);
			return;
		}
		const status = authenticate(url, response);
		if (status === undefined) return;
		if (status !== 'WORKING') {
			refuseSession(response);
			return;
		}
		const outage = outageAt(this.outages, number);
		if (outage) {
			this.counts.outages[outage.what] = (this.counts.outages[outage.what] ?? 0) + 1;
			this.perform(outage.says ?? this.during(outage, contactId), response);
			return;
		}
		if (contactId === '') {
			perform(this.speaks.noContact, response);
			return;
		}
		if (!/^[\d-]+@(?:c\.us|g\.us|lid)$/.test(contactId)) {
			send(response, 400, { code: 'bad_request', message: 'Invalid Parameter Format' });
			return;
		}
		const scripted = this.script.get(contactId)?.shift();
		const behaviour = scripted ?? this.troubleFor(contactId) ?? behaviourOf(contactId);
		if (behaviour) {
			this.perform(behaviour, response);
			return;
		}
		if (isMixedUp(this.books, contactId, this.counts.perContact[contactId] ?? 0) && this.kept) {
			this.counts.mixedUp += 1;
			this.perform(this.kept, response);
			return;
		}
		const good = this.goodAnswer(contactId, url.searchParams.get('refresh') === 'true');
		const fault = this.faultFor(contactId);
		if (fault && 'body' in good) this.perform(FAULTS[fault].does(String(good.body)), response);
		else this.perform(good, response);
	}

	private goodAnswer(contactId: string, refresh: boolean): Behaviour {
		const dialect = this.speaks;
		const good = hasPicture(this.books, contactId)
			? dialect.picture(contactId, this.urlOf(contactId, refresh))
			: wayFor(this.books, contactId, dialect.none(contactId));
		if ('status' in good && good.status === 200) this.kept ??= good;
		return good;
	}

	private get speaks(): Dialect {
		return dialectOf(this.dialect, this.books.seed);
	}

	/** What lookups are answered during an outage. */
	private during({ what }: Outage, contactId: string): Behaviour {
		const dialect = this.speaks;
		switch (what) {
			case 'token':
				return wayFor(this.books, contactId, dialect.tokenRevoked);
			case 'instance':
				return wayFor(this.books, contactId, dialect.instanceDeleted);
			case 'session':
				return dialect.session('STOPPED');
			case 'starting':
				return dialect.session('STARTING');
			case 'route':
				return wayFor(this.books, contactId, dialect.noRoute);
		}
	}

	private perform(behaviour: Behaviour, response: ServerResponse): void {
		if ('status' in behaviour && behaviour.status !== 200 && behaviour.status !== 429) {
			this.counts.unclear += 1;
			const text = `${behaviour.status} ${String(behaviour.body).replace(/\d+/g, '')}`;
			this.counts.unclearTexts[text] = (this.counts.unclearTexts[text] ?? 0) + 1;
		}
		perform(behaviour, response);
	}

	private faultFor(contactId: string): FaultName | undefined {
		if (!this.chaos) return undefined;
		const fault = faultOf(this.chaos, contactId, this.counts.perContact[contactId] ?? 0);
		(this.counts.metBy[contactId] ??= []).push(fault ?? 'good');
		return fault;
	}

	private troubleFor(contactId: string): Behaviour | undefined {
		if (this.trouble === 0) return undefined;
		const hash = createHash('sha256').update(`${contactId} ${this.counts.perContact[contactId]}`).digest();
		const isHit = hash.readUInt32BE(0) / 2 ** 32 < this.trouble;
		return isHit ? TROUBLES[hash.readUInt8(4) % TROUBLES.length] : undefined;
	}

	private urlOf(contactId: string, refresh: boolean): string {
		const now = Date.now();
		const cached = this.cache.get(contactId);
		if (cached && !refresh && cached.until > now) return cached.url;
		this.counts.refreshed += 1;
		const edition = (cached?.edition ?? 0) + 1;
		// Signed so long ago that it has expired, as an address from the cache can be.
		const signedAt = edition === 1 && contactId === STALE ? now - 3 * CACHE_MS : now;
		const fresh = { url: pictureUrl(contactId, edition, signedAt), until: now + CACHE_MS, edition };
		this.cache.set(contactId, fresh);
		return fresh.url;
	}

	private async servePicture(request: IncomingMessage, url: URL, response: ServerResponse): Promise<void> {
		this.freesConnection(request, response);
		const { counts } = this;
		response.once('close', () => (counts.pictureBytes += request.socket.bytesWritten));
		const asked = `${request.url} ${JSON.stringify(request.headers)}`;
		const secrets = [ACCESS_TOKEN, 'access_token', 'instance_id', ...Object.keys(INSTANCES)];
		if (secrets.some((secret) => asked.includes(secret))) this.counts.credentialLeaks += 1;
		const [, seed, edition] = /(\d+)_(\d+)_n\.jpg$/.exec(url.pathname) ?? [];
		if (seed !== undefined) this.counts.perPicture[seed] = (this.counts.perPicture[seed] ?? 0) + 1;
		const expiry = Number.parseInt(url.searchParams.get('oe') ?? '0', 16) * 1000;
		if (seed === undefined || expiry < Date.now()) {
			response.writeHead(seed === undefined ? 404 : 403).end();
			return;
		}
		const jpeg = await pictureOf(seed);
		const scripted = this.pictureScript.get(seed)?.shift();
		const behaviour = scripted ?? pictureBehaviour(seed, Number(edition), url, jpeg);
		perform(behaviour ?? { status: 200, type: 'image/jpeg', body: jpeg }, response);
	}

	private freesConnection(request: IncomingMessage, response: ServerResponse): void {
		const port = request.socket.remotePort ?? 0;
		response.once('close', () => this.connections.delete(port));
	}

	private sessionInfo(method: string, url: URL, response: ServerResponse): void {
		const number = ++this.requests;
		this.counts.sessionInfos += 1;
		const scripted = this.sessionScript.shift();
		if (scripted) {
			perform(scripted, response);
			return;
		}
		if (method !== this.sessionInfoBy.method) {
			response.writeHead(this.sessionInfoBy.otherwise).end();
			return;
		}
		const status = authenticate(url, response);
		if (status === undefined) return;
		if (status === 'RESET') {
			response.socket?.destroy();
			return;
		}
		const dialect = this.speaks;
		const what = outageAt(this.outages, number)?.what;
		if (what === 'token' || what === 'instance') {
			perform((what === 'token' ? dialect.tokenRevoked[0] : dialect.instanceDeleted[0]) as Behaviour, response);
			return;
		}
		const now = what === 'session' ? 'STOPPED' : what === 'starting' ? 'STARTING' : status;
		const instance = url.searchParams.get('instance_id') ?? '';
		perform(dialect.sessionInfo(instance, now, now === 'WORKING' ? ME : null), response);
	}

	private sessionMe(url: URL, response: ServerResponse): void {
		const status = authenticate(url, response);
		if (status === undefined) return;
		if (status === 'WORKING') send(response, 200, ME);
		else refuseSession(response);
	}
}

/** Everybody has a picture, and no cache mixes anything up. */
const NO_BOOKS: Books = { seed: '', without: 0, mixedUp: 0 };

const BY_POST = { method: 'POST', otherwise: 405 } as const;

/** The status of the session, or `undefined` after an answer that refuses the credential. */
function authenticate(url: URL, response: ServerResponse): string | undefined {
	const instance = url.searchParams.get('instance_id');
	const token = url.searchParams.get('access_token');
	if (!instance || !token) {
		send(response, 400, { code: 'missing_param', message: 'instance_id and access_token are required' });
		return undefined;
	}
	const status = INSTANCES[instance.replace(/~\d+$/, '')];
	if (token !== ACCESS_TOKEN || status === undefined) {
		send(response, 401, { code: 'unauthorized', message: `Invalid or Missing Access Token: ${token}` });
		return undefined;
	}
	return status;
}

function refuseSession(response: ServerResponse): void {
	send(response, 404, { code: 'invalid_session', message: 'Scan the QR code of this instance' });
}

function noCounts(): Counts {
	return {
		lookUps: 0,
		sessionInfos: 0,
		controlLookups: 0,
		unclear: 0,
		unclearTexts: {},
		mixedUp: 0,
		outages: {},
		refreshed: 0,
		mostOpen: 0,
		refused: 0,
		duringPause: 0,
		mostConnections: 0,
		perPicture: {},
		pictureBytes: 0,
		lookUpBytes: 0,
		credentialLeaks: 0,
		strays: [],
		startedAt: [],
		perContact: {},
		metBy: {},
		handshakes: { full: 0, resumed: 0 },
		badCertificates: {},
		sentDespiteCertificate: 0,
	};
}
