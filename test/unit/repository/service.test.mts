import { type ChildProcess, spawn } from 'node:child_process';

import { serviceOf } from '../../../sandbox/service.mts';

const program = (code: string): ChildProcess =>
	spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'pipe'] });

const STAYS = 'setInterval(() => {}, 1000);';

describe('a process that is waited for', () => {
	it('is up once it says so, however much it says in the same breath', async () => {
		const loud = program(`process.stdout.write('is ready' + '.'.repeat(10_000)); ${STAYS}`);
		const service = await serviceOf(loud, 'It', 'is ready', 10_000);
		await service.stop();
		expect(await service.ended).toBeNull();
	});

	it('that ends before it is up fails, with the end of its output', async () => {
		const broken = program("console.log('no such port'); process.exit(1);");
		await expect(serviceOf(broken, 'It', 'is ready', 10_000)).rejects.toThrow(
			/^It ended before it was up:\nno such port\n$/,
		);
	});

	it('that cannot be started fails at once, and says why', async () => {
		const none = spawn('./no-such-program', { stdio: ['ignore', 'pipe', 'pipe'] });
		await expect(serviceOf(none, 'It', 'is ready', 10_000)).rejects.toThrow(/ENOENT/);
	});

	it('that is not up in time fails, and is ended', async () => {
		const slow = program(`console.log('starting'); ${STAYS}`);
		const failed = serviceOf(slow, 'It', 'is ready', 2000);
		await expect(failed).rejects.toThrow(/^It was not up after 2 s:\nstarting\n$/);
		await new Promise((resolve) => slow.once('close', resolve));
		expect(slow.signalCode).toBe('SIGKILL');
	});
});
