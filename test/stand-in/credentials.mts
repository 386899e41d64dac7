/** The access token that the stand-in accepts. Tests search outputs, logs and databases for it. */
export const ACCESS_TOKEN = 'sekret-0123456789abcdef';

/** Instances of the stand-in by ID, with the status of their WhatsApp session. With ~ and a number behind it, each is another. */
export const INSTANCES: Record<string, string> = {
	'instance-working': 'WORKING',
	'instance-unpaired': 'SCAN_QR_CODE',
	'instance-starting': 'STARTING',
	'instance-stopped': 'STOPPED',
	'instance-failed': 'FAILED',
	// Its session/info breaks the connection.
	'instance-reset': 'RESET',
};

/** What a user would enter in n8n's credential dialog. */
export const GOOD_CREDENTIAL = { instance_id: 'instance-working', access_token: ACCESS_TOKEN };

/** The same with an access token that the stand-in refuses. */
export const REFUSED_CREDENTIAL = { ...GOOD_CREDENTIAL, access_token: 'wrong-token-000000' };
