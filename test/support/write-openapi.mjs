// Writes openapi.json and the types of the client from the code. `npm run openapi` builds first.
import { writeFile } from 'node:fs/promises';
import description from '../../dist/service/describe-service.js';
import { generatedFiles } from './generated-client.mjs';

const files = await generatedFiles(await description.describeService());
for (const [name, content] of Object.entries(files)) {
  await writeFile(new URL(`../../${name}`, import.meta.url), content);
}
// Some providers hold timers from the start.
process.exit(0);
