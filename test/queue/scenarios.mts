import { mostWithin } from '../mostWithin.mts';
import { until } from '../until.mts';
import { CONCURRENCY, type Worker } from './cluster.mts';
import { ended, listening } from './executions.mts';
import { Lists, PATIENCE_MS, type Phase, type Stage } from './phases.mts';
import { isPerson, LISTS, SINGLE_LEADS, workflowBehind } from './workflow.mts';

/** How long the gateway takes for a lookup where a worker is to be met at work. Its lists then take 7.5 seconds. */
const SLOW_MS = 150;

/** Its lists then take far longer than it is given below. */
const VERY_SLOW_MS = 2000;

const MINUTE_MS = 60_000;

/** Has n8n install at its start what is missing of the packages that were installed in the editor. */
const REINSTALL = { N8N_REINSTALL_MISSING_PACKAGES: 'true' };

/**
 * What can become of workers, one thing after the other.
 *
 * @param lists how many the first two workers get, and then how many single leads
 */
export async function* scenarios(stage: Stage, lists: number): AsyncGenerator<Phase> {
	const { cluster, api, main } = stage;
	const one = await cluster.worker('A');
	const two = await cluster.worker('B');
	await api.installPackage('n8n-nodes-wawp');
	// It is on disk a moment before it is in use.
	await until('both workers have the package', () => one.hasPackage() && two.hasPackage(), PATIENCE_MS);
	for (const webhook of [LISTS, SINGLE_LEADS]) {
		await api.activate(workflowBehind(webhook));
		await listening(main.url, webhook);
	}
	yield await twoWorkers(stage, lists, one, two);
	yield await webhookForEachLead(stage, lists, one, two);
	yield await killed(stage, one, two);
	await two.stop();

	const three = await cluster.worker('C', REINSTALL);
	const successor = async () => await cluster.worker('D', { ...REINSTALL, N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '3' });
	const { phase, next } = await stopped(stage, 'stopped (SIGTERM)', three, SLOW_MS, successor);
	if (phase.shownAsFailed > 0) phase.problems.push('it did not end what it was at');
	// No request of the one that ended was for nothing.
	phase.problems.push(...askedTwice(stage));
	yield phase;

	const last = async () => await cluster.worker('E', REINSTALL);
	const impatient = await stopped(stage, 'stopped, with 3 s left for lists of 100 s', next, VERY_SLOW_MS, last);
	yield impatient.phase;
	await impatient.next.stop();

	yield await withoutPackage(stage);
}

/** Both take part, and the gateway sees no more of them than their settings allow. */
async function twoWorkers(stage: Stage, count: number, one: Worker, two: Worker): Promise<Phase> {
	const phase = await (await Lists.post(stage, count)).outcome('two workers', [one, two]);
	const { mostConnections } = stage.gateway.counts;
	const most = 2 * LISTS.options.concurrency;
	if (mostConnections > most) phase.problems.push(`${mostConnections} connections, and ${most} are allowed`);
	phase.problems.push(...askedTwice(stage), ...idle(phase));
	if (!(await one.isReady()) || !(await two.isReady())) phase.problems.push('a worker is not ready by its own word');
	phase.seen.push(`connections to the gateway: at most ${mostConnections} of ${most} allowed`);
	return phase;
}

/** The limits are each worker's own, so each is set to its part of what the number may have. */
async function webhookForEachLead(stage: Stage, leads: number, one: Worker, two: Worker): Promise<Phase> {
	const { concurrency, requestsPerMinute } = SINGLE_LEADS.options;
	const posted = await Lists.post(stage, leads, SLOW_MS, SINGLE_LEADS);
	const phase = await posted.outcome('two workers, a webhook for each lead', [one, two]);
	const { mostConnections, startedAt } = stage.gateway.counts;
	const inAnyMinute = mostWithin(startedAt, MINUTE_MS);
	const [connections, perMinute] = [2 * concurrency, 2 * requestsPerMinute];
	if (mostConnections > connections) {
		phase.problems.push(`${mostConnections} connections, and ${connections} are allowed`);
	}
	if (inAnyMinute > perMinute) phase.problems.push(`${inAnyMinute} requests in a minute, and ${perMinute} are allowed`);
	phase.problems.push(...askedTwice(stage), ...idle(phase));
	phase.seen.push(
		`set in both to Max Concurrent Requests ${concurrency} and Requests per Minute ${requestsPerMinute}`,
		`connections to the gateway: at most ${mostConnections} of ${connections} allowed`,
		`requests to the gateway in any minute: at most ${inAnyMinute} of ${perMinute} allowed`,
	);
	return phase;
}

function idle({ workers }: Phase): string[] {
	return Object.values(workers).includes(0) ? ['a worker took no part'] : [];
}

function askedTwice({ gateway }: Stage): string[] {
	const twice = Object.entries(gateway.counts.perContact).filter(([id, asked]) => isPerson(id) && asked > 1);
	return twice.length > 0 ? [`${twice.length} contacts were asked for twice`] : [];
}

/** n8n shows what it was at as failed. */
async function killed(stage: Stage, victim: Worker, other: Worker): Promise<Phase> {
	const { api, gateway } = stage;
	const before = victim.begun().length;
	const lists = await Lists.post(stage, 20, SLOW_MS);
	const isAtWork = () => victim.begun().length > before && gateway.open > LISTS.options.concurrency;
	await until('it is at work', isAtWork, PATIENCE_MS);
	victim.kill('SIGKILL');
	await victim.ended;
	const phase = await lists.outcome('one of two killed (SIGKILL)', [victim, other]);

	const failed = (await lists.ended()).find(({ status }) => status !== 'success');
	if (!failed) {
		phase.problems.push('nothing was interrupted');
		return phase;
	}
	const behind = await api.newestExecution();
	await api.retry(failed.id);
	const [retried] = await ended(api, behind, 1, PATIENCE_MS);
	phase.seen.push(`Retry in n8n's list of executions: ${retried?.status}, with ${retried?.delivered.length} items`);
	return phase;
}

/** The worker is told to end while it is at work, and another one takes its place. */
async function stopped(
	stage: Stage,
	what: string,
	worker: Worker,
	latencyMs: number,
	successor: () => Promise<Worker>,
): Promise<{ phase: Phase; next: Worker }> {
	const { gateway } = stage;
	const before = worker.begun().length;
	const lists = await Lists.post(stage, CONCURRENCY + 2, latencyMs);
	// With all that it may have, or it could rightly begin one more before it hears the signal.
	const isAtWork = () => worker.begun().length >= before + CONCURRENCY && gateway.open > 0;
	await until('it is at work', isAtWork, PATIENCE_MS);
	const started = performance.now();
	const atWork = worker.begun().length;
	worker.kill('SIGTERM');
	const code = await worker.ended;
	const begunLater = worker.begun().length - atWork;
	const seconds = Math.round((performance.now() - started) / 1000);
	gateway.latencyMs = 0;
	const next = await successor();
	const phase = await lists.outcome(what, [worker, next]);
	phase.seen.push(`it ended after ${seconds} s with code ${code}`);
	if (begunLater > 0) phase.problems.push(`${begunLater} lists were begun by a worker that was told to end`);
	return { phase, next };
}

/** n8n says which node it lacks, and the list can be sent again once a worker has it. */
async function withoutPackage(stage: Stage): Promise<Phase> {
	const bare = await stage.cluster.worker('F');
	const lists = await Lists.post(stage, 1);
	await lists.ended();
	await bare.stop();
	const next = await stage.cluster.worker('G', REINSTALL);
	const phase = await lists.outcome('without the package', [bare, next]);
	if (phase.shownAsFailed === 0) phase.problems.push('a worker without the package did not fail');
	return phase;
}
