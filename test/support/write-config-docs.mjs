// Writes .env.example, README's table of settings and docs/metrics.md's table of metrics from the code. `npm run docs:config` builds first.
import { readFile, writeFile } from 'node:fs/promises';
import settingsDocs from '../../dist/config/settings-docs.js';
import metricsDocs from '../../dist/metrics/metrics-docs.js';

const file = (name) => new URL(`../../${name}`, import.meta.url);

await writeFile(file('.env.example'), settingsDocs.renderEnvExample());
const readme = await readFile(file('README.md'), 'utf8').catch(() => undefined);
if (readme !== undefined) await writeFile(file('README.md'), settingsDocs.withSettingsTable(readme));
const metrics = await readFile(file('docs/metrics.md'), 'utf8');
await writeFile(file('docs/metrics.md'), metricsDocs.withMetricsTable(metrics));
