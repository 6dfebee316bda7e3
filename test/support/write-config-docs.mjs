// Writes .env.example and README's table of settings from the code. `npm run docs:config` builds first.
import { readFile, writeFile } from 'node:fs/promises';
import settingsDocs from '../../dist/config/settings-docs.js';

const file = (name) => new URL(`../../${name}`, import.meta.url);

await writeFile(file('.env.example'), settingsDocs.renderEnvExample());
const readme = await readFile(file('README.md'), 'utf8').catch(() => undefined);
if (readme !== undefined) await writeFile(file('README.md'), settingsDocs.withSettingsTable(readme));
