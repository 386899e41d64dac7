import { HAS_HINTS } from './engine.mts';
import { startStandIn, type StandIn } from '../stand-in/standIn.mts';

/**
 * Starts a stand-in for a test file and leads n8n's request helper to it.
 *
 * `npm run jest` makes the certificates, and has Node trust them from the start.
 */
export async function startEnvironment(): Promise<StandIn> {
	const caFile = process.env.STAND_IN_CA;
	if (!caFile) throw new Error('Start these tests with "npm run jest", which makes the certificates');
	const standIn = await startStandIn(caFile, { tlsIsLeftToProxy: !HAS_HINTS });
	process.env.HTTPS_PROXY = standIn.proxyUrl;
	process.env.HTTP_PROXY = standIn.proxyUrl;
	return standIn;
}
