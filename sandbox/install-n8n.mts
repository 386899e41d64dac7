import { program } from '../scripts/program.mjs';
import { installN8n } from './install.mts';

await program(async () => {
	await installN8n('n8n-2');
	await installN8n('n8n-1');
});
