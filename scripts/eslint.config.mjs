// n8n's own config covers what is published. It bars Node's modules and globals, which tests and tools cannot do without.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ ignores: ['**/node_modules/'] },
	js.configs.recommended,
	...tseslint.configs.recommended,
	{
		languageOptions: {
			globals: {
				process: 'readonly',
				console: 'readonly',
				module: 'writable',
				exports: 'writable',
				require: 'readonly',
				URL: 'readonly',
				setInterval: 'readonly',
				clearInterval: 'readonly',
			},
		},
	},
	{
		// The package's entry is CommonJS, as n8n loads it, and so is gulp's file.
		files: ['*.js'],
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
);
