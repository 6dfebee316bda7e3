import type { CompleteConfig } from '../config/config.types';
import type { OpenDatabase } from '../database/open-database';

/** What a person who has just started the service wants to know, with commands to paste. */
export function banner(config: CompleteConfig, database: OpenDatabase, url: string): string {
  const storage = database.isEmbedded ? `embedded PostgreSQL in ${config.dataDir}` : 'PostgreSQL at DATABASE_URL';
  const queue = config.queue.redisUrl === undefined ? 'queue in PostgreSQL' : 'queue in Redis';
  const firstSteps =
    config.role === 'worker'
      ? []
      : [
          '',
          '  Make a customer and its first API key:',
          '    npm run --silent cli -- customer create --name Acme',
          '  Then try the key:',
          `    curl -H "X-API-Key: sk_…" ${url}/me`,
        ];
  return [
    '',
    `  Webhooks Module (${config.role}) is ready at ${url}`,
    `  ${storage}, ${queue}`,
    ...firstSteps,
    '',
  ].join('\n');
}
