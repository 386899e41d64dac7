import { program } from '../scripts/program.mjs';
import { buildAndPack } from './package.mts';

await program(async () => console.log(buildAndPack()));
