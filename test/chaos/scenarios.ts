import { workerKilled } from './01-worker-killed';
import { apiKilled } from './02-api-killed';
import { redisFlushed } from './03-redis-flushed';
import { redisDown } from './04-redis-down';
import { postgresRestarted } from './05-postgres-restarted';
import { sigterm } from './07-sigterm';
import { twoOfEach } from './08-two-of-each';
import { clockJumps } from './09-clock-jumps';
import { poison } from './12-poison';
import { flood } from './14-flood';
import type { Scenario } from './support/scenario';

/** In the order of the checklist. */
export const SCENARIOS: readonly Scenario[] = [
  workerKilled,
  apiKilled,
  redisFlushed,
  redisDown,
  postgresRestarted,
  sigterm,
  twoOfEach,
  clockJumps,
  poison,
  flood,
];
