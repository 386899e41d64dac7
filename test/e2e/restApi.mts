import { parse } from 'flatted';

import type { RunData } from '../../sandbox/execution.mts';
import { OWNER, setUpOwner } from '../../sandbox/owner.mts';
import { until } from '../until.mts';
import { type ImportedWorkflow, START } from './workflows.mts';

/** The longest of the workflows takes three quarters of a minute on a quiet machine. */
const ENDS_WITHIN_MS = 180_000;

/** An execution in n8n's list. */
export interface Listed {
	id: string;
	status: string;
}

/** What n8n stores of an execution. */
export interface StoredExecution {
	resultData: { runData: RunData; lastNodeExecuted?: string; error?: { message: string } };
}

/** n8n's REST API, as the editor uses it for a user who has signed in. */
export class RestApi {
	private constructor(
		private readonly url: string,
		private readonly cookie: string,
	) {}

	/** Makes the first user, and signs in. */
	static async signIn(url: string): Promise<RestApi> {
		await setUpOwner(url);
		const response = await fetch(`${url}/rest/login`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ emailOrLdapLoginId: OWNER.email, password: OWNER.password }),
		});
		const cookie = response.headers
			.getSetCookie()
			.map((set) => set.split(';')[0])
			.join('; ');
		if (!response.ok || cookie === '') throw new Error(`n8n does not let the owner in: ${await response.text()}`);
		return new RestApi(url, cookie);
	}

	/** Saves a credential in its dialog, which tests it. */
	async testCredential(data: Record<string, string>): Promise<{ status: string; message: string }> {
		const credential = { name: 'Wawp', type: 'wawpApi', data };
		const { id } = (await this.post('/rest/credentials', credential)) as { id: string };
		const result = await this.post('/rest/credentials/test', { credentials: { ...credential, id } });
		return result as { status: string; message: string };
	}

	/**
	 * Runs a workflow as the editor's button does.
	 *
	 * @returns the execution's ID, as soon as it runs
	 */
	async execute(workflow: ImportedWorkflow): Promise<string> {
		const { id } = (await this.post('/rest/workflows', workflow)) as ImportedWorkflow;
		return await this.start(id, { name: START });
	}

	/** Stops an execution as the editor's button does. */
	async stop(executionId: string): Promise<void> {
		await this.post(`/rest/executions/${executionId}/stop`, {});
	}

	/**
	 * Says something in the chat of a stored workflow, as the editor's chat does.
	 *
	 * @returns the runs of all nodes, once the workflow has ended
	 */
	async chat(workflowId: string, text: string): Promise<RunData> {
		const said = { sessionId: 'e2e', action: 'sendMessage', chatInput: text };
		const data = {
			startTime: Date.now(),
			executionTime: 0,
			executionStatus: 'success',
			source: [null],
			data: { main: [[{ json: said }]] },
		};
		return await this.run(workflowId, { name: 'When chat message received', data });
	}

	/**
	 * Starts a stored workflow as the editor does.
	 *
	 * @param trigger the node to begin with, and what it gives, where that is not for the node itself to say
	 * @returns the execution's ID, as soon as it runs
	 */
	async start(workflowId: string, trigger: { name: string; data?: object }): Promise<string> {
		const workflowData = await this.get(`/rest/workflows/${workflowId}`);
		const run = { workflowData, triggerToStartFrom: trigger, startNodes: [], runData: {} };
		return ((await this.post(`/rest/workflows/${workflowId}/run`, run)) as { executionId: string }).executionId;
	}

	/**
	 * Runs a stored workflow as the editor does.
	 *
	 * @param trigger as `start` has it
	 * @returns the runs of all nodes, once the workflow has ended
	 * @throws where it ended with an error
	 */
	async run(workflowId: string, trigger: { name: string; data?: object }): Promise<RunData> {
		const { runData, error } = await this.resultOf(workflowId, trigger);
		if (error) throw new Error(`The workflow ended with an error: ${error.message}`);
		return runData;
	}

	/** As `run`, with the error that ended the workflow where one did. */
	async resultOf(workflowId: string, trigger: { name: string; data?: object }): Promise<StoredExecution['resultData']> {
		const executionId = await this.start(workflowId, trigger);
		const result = async () => {
			// n8n 1 says that it has ended before the data is there.
			const execution = (await this.execution(executionId)) as StoredExecution | undefined;
			return execution?.resultData.lastNodeExecuted === undefined ? undefined : execution.resultData;
		};
		return await until(
			async () => `the execution ends, which is ${await this.statusOf(executionId)}`,
			result,
			ENDS_WITHIN_MS,
		);
	}

	/** Stores a workflow and activates it. */
	async activate(workflow: ImportedWorkflow): Promise<void> {
		const { id, versionId } = (await this.post('/rest/workflows', workflow)) as { id: string; versionId: string };
		await this.post(`/rest/workflows/${id}/activate`, { versionId });
	}

	/** Activates a stored workflow. */
	async activateStored(workflowId: string): Promise<void> {
		const { versionId } = (await this.get(`/rest/workflows/${workflowId}`)) as { versionId: string };
		await this.post(`/rest/workflows/${workflowId}/activate`, { versionId });
	}

	/**
	 * Makes one of n8n's data tables, in the owner's personal project.
	 *
	 * @param columns their types, by their names
	 * @returns the path of the table in n8n's REST API
	 */
	async makeTable(name: string, columns: Record<string, string>): Promise<string> {
		const { id: project } = (await this.get('/rest/projects/personal')) as { id: string };
		const tables = `/rest/projects/${project}/data-tables`;
		const list = Object.entries(columns).map(([column, type]) => ({ name: column, type }));
		const { id } = (await this.post(tables, { name, columns: list })) as { id: string };
		return `${tables}/${id}`;
	}

	/** Puts rows into a data table. */
	async insertRows(table: string, data: object[]): Promise<void> {
		await this.post(`${table}/insert`, { data, returnType: 'count' });
	}

	/** All rows of a small data table, in the order in which they were put in. */
	async rowsOf<Row>(table: string): Promise<Row[]> {
		return ((await this.get(`${table}/rows?take=250&sortBy=id:asc`)) as { data: Row[] }).data;
	}

	/** Changes the rows of a data table that have a value in a column, as somebody does by hand. */
	async changeRows(table: string, columnName: string, value: string, data: object): Promise<void> {
		const filter = { type: 'and', filters: [{ columnName, condition: 'eq', value }] };
		await this.request(`${table}/rows`, { method: 'PATCH', body: JSON.stringify({ filter, data }) });
	}

	/** Removes a data table. */
	async removeTable(table: string): Promise<void> {
		await this.request(table, { method: 'DELETE' });
	}

	/** The executions that are under way, and the newest of those that have ended: a hundred of each at most. */
	async newestExecutions(): Promise<Listed[]> {
		const { results } = (await this.get('/rest/executions?limit=100')) as { results: Listed[] };
		return results;
	}

	/** The ID of the newest execution; 0 where there is none. */
	async newestExecution(): Promise<number> {
		// n8n lists them by when they began, which in queue mode is not the order of their IDs.
		return Math.max(0, ...(await this.newestExecutions()).map(({ id }) => Number(id)));
	}

	/** What n8n has stored of an execution. */
	async execution(id: string): Promise<StoredExecution> {
		const { data } = (await this.get(`/rest/executions/${id}`)) as { data: string };
		return parse(data) as StoredExecution;
	}

	/**
	 * Retries an execution that has failed, as the editor's list of executions does.
	 *
	 * @returns once the new execution has ended
	 */
	async retry(executionId: string): Promise<void> {
		await this.post(`/rest/executions/${executionId}/retry`, { loadWorkflow: false });
	}

	/** Installs a package with n8n's own installer, as the settings page does. */
	async installPackage(name: string): Promise<void> {
		await this.post('/rest/community-packages', { name });
	}

	/** The status that n8n has stored for an execution. */
	async statusOf(executionId: string): Promise<string> {
		const { status } = (await this.get(`/rest/executions/${executionId}`)) as { status: string };
		return status;
	}

	/** The descriptions of all node types, as the editor loads them. */
	async nodeTypes(): Promise<Array<{ name: string; [field: string]: unknown }>> {
		const response = await this.request('/types/nodes.json');
		return (await response.json()) as Array<{ name: string }>;
	}

	private async get(path: string): Promise<unknown> {
		return ((await (await this.request(path)).json()) as { data: unknown }).data;
	}

	private async post(path: string, body: object): Promise<unknown> {
		const response = await this.request(path, { method: 'POST', body: JSON.stringify(body) });
		return ((await response.json()) as { data: unknown }).data;
	}

	private async request(path: string, init: RequestInit = {}): Promise<Response> {
		const headers = { 'content-type': 'application/json', cookie: this.cookie };
		const response = await fetch(`${this.url}${path}`, { ...init, headers });
		if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`);
		return response;
	}
}
