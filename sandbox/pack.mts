import { program } from '../scripts/program.mjs';
import { buildAndPack } from '../scripts/package.mts';

await program(async () => console.log(buildAndPack()));
