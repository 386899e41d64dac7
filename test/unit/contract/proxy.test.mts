import { proxyFor } from '../../../scripts/contract/proxy.mts';

const PROXY = 'http://proxy.example.com:3128';

test.each<[environment: Record<string, string>, isUsed: boolean]>([
	[{}, false],
	[{ HTTP_PROXY: PROXY }, false],
	[{ HTTPS_PROXY: PROXY }, true],
	[{ https_proxy: PROXY }, true],
	[{ ALL_PROXY: PROXY }, true],
	[{ HTTPS_PROXY: PROXY, NO_PROXY: 'localhost, wawp.com' }, true],
	[{ HTTPS_PROXY: PROXY, NO_PROXY: 'localhost, api.wawp.net' }, false],
	[{ HTTPS_PROXY: PROXY, no_proxy: '.wawp.net' }, false],
	[{ HTTPS_PROXY: PROXY, NO_PROXY: '*' }, false],
])('With %j the proxy is used: %j', (environment, isUsed) => {
	expect(proxyFor('api.wawp.net', environment)?.host).toBe(isUsed ? 'proxy.example.com:3128' : undefined);
});
