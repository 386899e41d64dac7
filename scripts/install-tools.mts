import { installEngines } from '../test/jest/jest.mts';
import { program } from './program.mjs';

// What comes before them, `run.mjs` has installed.
await program(installEngines);
