// Writes the commands in docs/cli.md from the code. `npm run docs:cli` builds first.
import { readFile, writeFile } from 'node:fs/promises';
import commandDocs from '../../dist/cli/command-docs.js';
import commandTree from '../../dist/cli/command-tree.js';
import cli from '../../dist/cli/program.js';

const page = new URL('../../docs/cli.md', import.meta.url);
const root = commandTree.readTree(await cli.createProgram());
await writeFile(page, commandDocs.withCommands(await readFile(page, 'utf8'), root));
