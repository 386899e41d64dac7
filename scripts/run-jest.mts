import { jest } from '../test/jest/jest.mts';
import { program } from './program.mjs';

await program(async () => await jest(process.argv.slice(2)));
