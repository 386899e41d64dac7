import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { importCredentials } from '../../sandbox/credentials.mts';
import { n8nServer, n8nWorker, type Server, type Setup } from '../../sandbox/n8n.mts';
import { freePort } from '../../sandbox/ports.mts';
import type { Service } from '../../sandbox/service.mts';
import { CREDENTIAL } from '../e2e/workflows.mts';
import { passable, type Running, startPostgres, startRedis } from './servers.mts';

/** How many executions a worker runs at a time: the least that n8n does not warn of. */
export const CONCURRENCY = 5;

/** A worker. */
export interface Worker extends Service {
	name: string;
	/** The executions that it has begun, by its log. */
	begun(): string[];
	/** Whether it has installed and loaded the package while it was running, by its log. */
	hasPackage(): boolean;
	/** Whether it says so where a container engine asks. */
	isReady(): Promise<boolean>;
}

/** n8n in queue mode: Redis, PostgreSQL, and the processes that share them, each with a user folder of its own. */
export class Cluster {
	private readonly running: Array<Running | Service> = [];

	private constructor(
		private readonly folder: string,
		private readonly env: Record<string, string>,
	) {}

	/**
	 * Starts Redis and PostgreSQL.
	 *
	 * @param folder for all data and logs, empty
	 * @param env leads n8n to the gateway and to a registry
	 */
	static async start(folder: string, env: Record<string, string>): Promise<Cluster> {
		const redis = await startRedis(passable(folder));
		const postgres = await startPostgres(join(folder, 'postgres')).catch(async (error: unknown) => {
			await redis.stop();
			throw error;
		});
		const cluster = new Cluster(folder, {
			...env,
			EXECUTIONS_MODE: 'queue',
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: 'n8n',
			DB_POSTGRESDB_USER: 'n8n',
			N8N_ENCRYPTION_KEY: 'of-this-test-only',
			// A worker that is gone is noticed within seconds, not within the minute and a half that n8n takes by default.
			QUEUE_WORKER_LOCK_DURATION: '10000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
			QUEUE_WORKER_STALLED_INTERVAL: '5000',
		});
		cluster.running.push(postgres, redis);
		return cluster;
	}

	/** Starts the main process, with the credential imported. */
	async main(): Promise<Server> {
		const setup = this.setup('main');
		await importCredentials(setup, [CREDENTIAL]);
		const server = await n8nServer(setup);
		this.running.push(server);
		return server;
	}

	/** Starts a worker, with an empty user folder. */
	async worker(name: string, env: Record<string, string> = {}): Promise<Worker> {
		const health = await freePort();
		const setup = this.setup(name, { QUEUE_HEALTH_CHECK_PORT: String(health), ...env });
		const service = await n8nWorker(setup, CONCURRENCY);
		this.running.push(service);
		const log = () => readFileSync(setup.logFile, 'utf8');
		const begun = () => [...log().matchAll(/Worker started execution (\d+)/g)].map(([, id = '']) => id);
		const hasPackage = () => log().includes('Community package installed: n8n-nodes-wawp');
		const isReady = async () => (await fetch(`http://localhost:${health}/healthz/readiness`)).ok;
		return { ...service, name, begun, hasPackage, isReady };
	}

	/** Ends all of it. */
	async stop(): Promise<void> {
		for (const service of this.running.splice(0).reverse()) await service.stop();
	}

	private setup(name: string, env: Record<string, string> = {}): Setup {
		const userFolder = join(this.folder, name);
		mkdirSync(userFolder, { recursive: true });
		writeFileSync(join(this.folder, `${name}.log`), '');
		return { line: 'n8n-2', userFolder, logFile: join(this.folder, `${name}.log`), env: { ...this.env, ...env } };
	}
}
