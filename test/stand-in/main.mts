// The stand-in as a process of its own; see process.mts. It ends with the process that started it.
import type { Order } from './process.mts';
import { startStandIn } from './standIn.mts';

const { gateway, proxyUrl } = await startStandIn(process.argv[2] ?? '');
process.on('message', (order: Order) => {
	if (order === 'counts') {
		process.send?.(gateway.counts);
		return;
	}
	gateway.reset();
	Object.assign(gateway, order.reset);
	process.send?.('done');
});
process.once('disconnect', () => process.exit());
process.send?.(proxyUrl);
