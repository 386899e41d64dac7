import { jest } from './jest.mts';

process.exitCode = await jest(process.argv.slice(2));
