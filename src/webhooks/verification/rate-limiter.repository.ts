import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { KeyDemand, RateWindow } from './rate-limiter.types';

/** Every window is over after this: the longest that a key may have. */
const LONGEST_WINDOW = '1 day';
const MAX_SWEPT_AT_ONCE = 1_000;

/** Counts the requests of keys, for all nodes together, by the database's clock. */
@Injectable()
export class RateLimiterRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Counts what is asked for, in one statement; at most one demand per key. A window that is over, or none, begins now.
   *
   * A key that was given to another customer takes its window with it.
   *
   * `used` stays exact while it is within the limit. Beyond, it says no more than that: of what was refused, only the
   * last demand is in it, so that a limit that is raised within a window frees about what it should.
   */
  async count(demands: readonly KeyDemand[]): Promise<RateWindow[]> {
    const { APIKeyRateWindow } = this.prisma.tables;
    return this.prisma.query<RateWindow>(
      `WITH asked AS (
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::int[])
             AS asked("keyId", "customerId", "limit", seconds, demand))
       INSERT INTO ${APIKeyRateWindow} AS w ("keyId", "customerId", "startedAt", used)
       SELECT "keyId", "customerId", now(), demand FROM asked
        -- In one order on every node: statements that wait for each other's rows would be a deadlock.
        ORDER BY "keyId"
           ON CONFLICT ("keyId") DO UPDATE SET ("customerId", "startedAt", used) = (
              SELECT a."customerId",
                     CASE WHEN over THEN now() ELSE w."startedAt" END,
                     CASE WHEN over THEN a.demand ELSE greatest(w.used, least(w.used, a."limit") + a.demand) END
                FROM asked a, LATERAL (SELECT w."startedAt" <= now() - make_interval(secs => a.seconds)
                     -- A clock that was set back must not keep a window open.
                     OR w."startedAt" > now() + interval '1 minute' AS over) AS judged
               WHERE a."keyId" = w."keyId")
       RETURNING "keyId", used, (extract(epoch FROM now() - "startedAt") * 1000)::float8 AS "ageMs"`,
      demands.map(({ keyId }) => keyId),
      demands.map(({ customerId }) => customerId),
      demands.map(({ limit }) => limit),
      demands.map(({ windowSeconds }) => windowSeconds),
      demands.map(({ demand }) => demand),
    );
  }

  /** Removes some windows that are over, whosever they are. @returns how many */
  async sweep(): Promise<number> {
    const { APIKeyRateWindow } = this.prisma.tables;
    return this.prisma.$executeRawUnsafe(
      `DELETE FROM ${APIKeyRateWindow} WHERE "keyId" IN (
         SELECT "keyId" FROM ${APIKeyRateWindow} WHERE "startedAt" < now() - interval '${LONGEST_WINDOW}'
          ORDER BY "startedAt" LIMIT ${MAX_SWEPT_AT_ONCE} FOR UPDATE SKIP LOCKED)`,
    );
  }
}
