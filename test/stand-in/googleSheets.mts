import type { IncomingMessage, ServerResponse } from 'node:http';

/** The host of Google's Sheets API. */
export const SHEETS_HOST = 'sheets.googleapis.com';

const ACCESS_TOKEN = 'ya29.stand-in-4c1d7e';

const SPREADSHEET_ID = 'stand-in-spreadsheet';

const SHEET_NAME = 'Leads';

/** The document that the stand-in has, as n8n's own node names it. */
export const LEADS_DOCUMENT = { __rl: true, mode: 'id', value: SPREADSHEET_ID };

/** The credential that examples/google-sheets.json names, as n8n imports it after "Sign in with Google". */
export const GOOGLE_ACCOUNT = {
	id: 'googleSheetsAccount',
	name: 'Google Sheets account',
	type: 'googleSheetsOAuth2Api',
	data: {
		clientId: 'stand-in.apps.googleusercontent.com',
		clientSecret: 'GOCSPX-stand-in',
		oauthTokenData: {
			access_token: ACCESS_TOKEN,
			refresh_token: '1//stand-in',
			token_type: 'Bearer',
			expires_in: 3599,
			scope: 'https://www.googleapis.com/auth/drive.file https://www.googleapis.com/auth/spreadsheets',
		},
	},
};

/** A row of the sheet, by the headings. A cell without a value is an empty one. */
export type Row = Record<string, string | number>;

/**
 * A stand-in for the three endpoints of Google Sheets that n8n's own node calls to read a sheet and to write cells, for
 * a document with one sheet. It answers as Google's public reference says:
 * developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values.
 */
export class GoogleSheets {
	/** Below the headings, in their order. */
	rows: Row[] = [];

	/** How many of the next requests are answered with 429, as after too many in a minute. */
	refusals = 0;

	constructor(private readonly headings: string[]) {}

	/** To be handed to a server. */
	readonly handle = (request: IncomingMessage, response: ServerResponse): void => {
		this.answer(request)
			.catch((error: unknown) => refusal(500, 'INTERNAL', String(error)))
			.then(({ status, body }) => {
				response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
				response.end(JSON.stringify(body));
			})
			.catch(() => response.destroy());
	};

	private async answer(request: IncomingMessage): Promise<Answer> {
		const { pathname } = new URL(request.url ?? '', `https://${SHEETS_HOST}`);
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		if (request.headers.authorization !== `Bearer ${ACCESS_TOKEN}`) {
			return refusal(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
		}
		if (this.refusals > 0) {
			this.refusals -= 1;
			return refusal(429, 'RESOURCE_EXHAUSTED', "Quota exceeded for quota metric 'Read requests'.");
		}
		const document = `/v4/spreadsheets/${SPREADSHEET_ID}`;
		const what = `${request.method} ${decodeURIComponent(pathname)}`;
		if (what === `GET ${document}`) return { status: 200, body: { sheets: [{ properties: PROPERTIES }] } };
		if (what === `GET ${document}/values/'${SHEET_NAME}'`) return { status: 200, body: this.values() };
		if (what === `POST ${document}/values:batchUpdate`) {
			return this.write(JSON.parse(Buffer.concat(chunks).toString()) as Update);
		}
		return refusal(404, 'NOT_FOUND', `The stand-in has no ${what}`);
	}

	/** Google leaves out the empty cells at the end of a row. */
	private values(): object {
		const cells = this.rows.map((row) => {
			const all = this.headings.map((heading) => row[heading] ?? '');
			return all.slice(0, all.findLastIndex((cell) => cell !== '') + 1);
		});
		return { range: `${SHEET_NAME}!A1:Z1000`, majorDimension: 'ROWS', values: [this.headings, ...cells] };
	}

	private write({ valueInputOption, data }: Update): Answer {
		// With USER_ENTERED Google would make its own date of an ISO time, and a number of a phone number.
		if (valueInputOption !== 'RAW') throw new Error(`The stand-in does not know ${valueInputOption}`);
		for (const { range, values } of data) {
			const [, column = '', line = ''] = new RegExp(`^${SHEET_NAME}!([A-Z])(\\d+)$`).exec(range) ?? [];
			const heading = this.headings[column.charCodeAt(0) - 'A'.charCodeAt(0)];
			const row = this.rows[Number(line) - 2];
			if (heading === undefined || row === undefined) return refusal(400, 'INVALID_ARGUMENT', `Bad range ${range}`);
			row[heading] = values[0]?.[0] ?? '';
		}
		return { status: 200, body: { spreadsheetId: SPREADSHEET_ID, totalUpdatedCells: data.length } };
	}
}

const PROPERTIES = {
	sheetId: 0,
	title: SHEET_NAME,
	index: 0,
	sheetType: 'GRID',
	gridProperties: { rowCount: 1000, columnCount: 26 },
};

interface Update {
	valueInputOption: string;
	data: Array<{ range: string; values: Array<Array<string | number>> }>;
}

interface Answer {
	status: number;
	body: object;
}

function refusal(code: number, status: string, message: string): Answer {
	return { status: code, body: { error: { code, message, status } } };
}
