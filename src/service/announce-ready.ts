import { join, relative } from 'node:path';
import type { CompleteConfig } from '../config/config.types';
import type { OpenDatabase } from '../database/open-database';
import type { ServiceLogger } from './service-logger';

const CONTEXT = 'Service';

/** What whoever started the service wants to know. */
interface Ready {
  role: string;
  url: string;
  database: string;
  queue: string;
  /** The command line, to be typed where the service was started: the container image has no npm. */
  cli: string;
}

/** Says that the service is ready: for people with commands to paste; where lines are JSON, as one of them. */
export function announceReady(
  config: CompleteConfig,
  database: OpenDatabase,
  url: string,
  logger: ServiceLogger,
): void {
  const ready: Ready = {
    role: config.role,
    url,
    database: database.isEmbedded ? `embedded PostgreSQL in ${config.dataDir}` : 'PostgreSQL at DATABASE_URL',
    queue: config.queue.redisUrl === undefined ? 'queue in PostgreSQL' : 'queue in Redis',
    cli: `node ${relative(process.cwd(), join(__dirname, '../cli/main.js'))}`,
  };
  if (config.log.format === 'json') logger.log(titleOf(ready), ready, CONTEXT);
  else process.stdout.write(`${banner(ready)}\n`);
}

const titleOf = ({ role, url }: Ready): string => `Webhooks Module (${role}) is ready at ${url}`;

function banner(ready: Ready): string {
  const { role, url, database, queue, cli } = ready;
  const firstSteps =
    role === 'worker'
      ? []
      : [
          '',
          '  Make a customer and its first API key:',
          `    ${cli} customer create --name Acme`,
          '  Then try the key:',
          `    curl -H "X-API-Key: sk_…" ${url}/me`,
        ];
  return ['', `  ${titleOf(ready)}`, `  ${database}, ${queue}`, ...firstSteps, ''].join('\n');
}
