import { workerKilled } from './01-worker-killed';
import { apiKilled } from './02-api-killed';
import { redisFlushed } from './03-redis-flushed';
import { redisDown } from './04-redis-down';
import { postgresRestarted } from './05-postgres-restarted';
import { hostileReceivers } from './06-hostile-receivers';
import { sigterm } from './07-sigterm';
import { twoOfEach } from './08-two-of-each';
import { clockJumps } from './09-clock-jumps';
import { readOnlyAndFull } from './10-read-only-and-full';
import { migratedAtOnce } from './11-migrated-at-once';
import { poison } from './12-poison';
import { upgrade } from './13-upgrade';
import { flood } from './14-flood';
import type { Scenario } from './support/scenario';

/** In the order of the checklist. */
export const SCENARIOS: readonly Scenario[] = [
  workerKilled,
  apiKilled,
  redisFlushed,
  redisDown,
  postgresRestarted,
  hostileReceivers,
  sigterm,
  twoOfEach,
  clockJumps,
  readOnlyAndFull,
  migratedAtOnce,
  poison,
  upgrade,
  flood,
];
