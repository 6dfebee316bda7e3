import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { SqlClient } from '../../database/sql-client';
import { AuditService } from '../audit/audit.service';
import type { Actor, AuditAction } from '../audit/audit.types';
import { firstIdAt } from '../ids';
import type { ReplayFilter, ReplayRow } from './replay.types';
import { RESEND, RESENDABLE } from './resend.sql';

/** A row as PostgreSQL gives it: the times in the filter are text there. */
type StoredReplay = Omit<ReplayRow, 'filter'> & {
  filter: Omit<ReplayFilter, 'from' | 'to'> & { from: string; to: string };
};

/** What one batch did. */
export interface BatchResult {
  resent: number;
  status: ReplayRow['status'];
}

const COLUMNS = `id, "customerId", status::text AS status, filter, position, matched, resent, "createdAt", "finishedAt"`;

/** Counting what a replay means may take a while, and so may the batch that a cancel waits for. */
const PATIENCE = { timeout: 60_000 };

/** Values of a statement, and their placeholders. */
class Values {
  readonly list: unknown[] = [];

  add(value: unknown): string {
    return `$${this.list.push(value)}`;
  }
}

/** Replays, and the deliveries that they make PENDING again. Every query names the customer, but for the runner's list. */
@Injectable()
export class ReplaysRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /** @returns null when the customer has `limit` running replays already */
  async create(
    customerId: string,
    id: string,
    filter: ReplayFilter,
    { limit, actor }: { limit: number; actor: Actor },
  ): Promise<ReplayRow | null> {
    return this.prisma.$transaction(async (tx) => {
      const created = await this.insert(tx, customerId, id, filter, limit);
      if (created === null) return null;
      const after = { ...filter, matched: created.matched };
      await this.record(tx, customerId, actor, 'replay.created', id, { after });
      return created;
    }, PATIENCE);
  }

  private async insert(
    tx: SqlClient,
    customerId: string,
    id: string,
    filter: ReplayFilter,
    limit: number,
  ): Promise<ReplayRow | null> {
    const { WebhookReplay } = this.prisma.tables;
    const values = new Values();
    const [replayId, owner, json] = [values.add(id), values.add(customerId), values.add(JSON.stringify(filter))];
    const [row] = await tx.$queryRawUnsafe<StoredReplay[]>(
      `INSERT INTO ${WebhookReplay} (id, "customerId", filter, matched)
       SELECT ${replayId}::uuid, ${owner}, ${json}::jsonb, (SELECT count(*) ${this.matching(customerId, filter, values)})
        WHERE (SELECT count(*) FROM ${WebhookReplay} WHERE "customerId" = ${owner} AND status = 'RUNNING')
              < ${values.add(limit)}::int
       RETURNING ${COLUMNS}`,
      ...values.list,
    );
    return row === undefined ? null : toReplay(row);
  }

  /** Newest first, after the given id. */
  async list(customerId: string, after: string | null, limit: number): Promise<ReplayRow[]> {
    const rows = await this.prisma.query<StoredReplay>(
      `SELECT ${COLUMNS} FROM ${this.prisma.tables.WebhookReplay}
        WHERE "customerId" = $1 AND ($2::uuid IS NULL OR id < $2::uuid) ORDER BY id DESC LIMIT $3`,
      customerId,
      after,
      limit,
    );
    return rows.map(toReplay);
  }

  async find(customerId: string, id: string): Promise<ReplayRow | null> {
    const [row] = await this.prisma.query<StoredReplay>(
      `SELECT ${COLUMNS} FROM ${this.prisma.tables.WebhookReplay} WHERE id = $1::uuid AND "customerId" = $2`,
      id,
      customerId,
    );
    return row === undefined ? null : toReplay(row);
  }

  /** Waits for the batch under way, which holds the row, and stops what would follow. */
  async cancel(customerId: string, id: string, actor: Actor): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const [cancelled] = await tx.$queryRawUnsafe<{ resent: number }[]>(
        `UPDATE ${this.prisma.tables.WebhookReplay}
            SET status = 'CANCELLED', "updatedAt" = clock_timestamp(), "finishedAt" = clock_timestamp()
          WHERE id = $1::uuid AND "customerId" = $2 AND status = 'RUNNING' RETURNING resent`,
        id,
        customerId,
      );
      if (cancelled === undefined) return;
      const states = { before: { status: 'RUNNING' }, after: { status: 'CANCELLED', ...cancelled } };
      await this.record(tx, customerId, actor, 'replay.cancelled', id, states);
    }, PATIENCE);
  }

  private async record(
    tx: SqlClient,
    customerId: string,
    actor: Actor,
    action: AuditAction,
    id: string,
    states: { before?: object; after: object },
  ): Promise<void> {
    await this.audit.record(tx, { customerId, actor, action, target: { type: 'replay', id }, ...states });
  }

  /** Running replays of all customers, the one that waited longest first, so that all of them get on. */
  async running(limit: number): Promise<ReplayRow[]> {
    const rows = await this.prisma.query<StoredReplay>(
      `SELECT ${COLUMNS} FROM ${this.prisma.tables.WebhookReplay}
        WHERE status = 'RUNNING' ORDER BY "updatedAt" LIMIT $1`,
      limit,
    );
    return rows.map(toReplay);
  }

  /** How many deliveries are due, or wait for their turn, where the replay sends to; counted up to `limit`. */
  async countDue({ customerId, filter }: ReplayRow, limit: number): Promise<number> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    const [row] = await this.prisma.query<{ due: number }>(
      `SELECT count(*)::int AS due FROM (
         SELECT 1 FROM ${WebhookEndpoint} p
           JOIN ${WebhookEvent} e ON e."endpointId" = p.id AND e.status = 'PENDING'
                AND (e."nextAttemptAt" IS NULL OR e."nextAttemptAt" <= now())
          WHERE p."customerId" = $1 AND p.state = 'active' AND ($2::uuid IS NULL OR p.id = $2::uuid) LIMIT $3) AS waiting`,
      customerId,
      filter.endpointId ?? null,
      limit,
    );
    return row?.due ?? 0;
  }

  /** Puts a replay that has to wait behind the others. */
  async postpone({ id, customerId }: ReplayRow): Promise<void> {
    await this.prisma.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookReplay} SET "updatedAt" = clock_timestamp()
        WHERE id = $1::uuid AND "customerId" = $2 AND status = 'RUNNING'`,
      id,
      customerId,
    );
  }

  /**
   * The next batch, in one statement: the deliveries and the replay's position are written together or not at all, so
   * a crash repeats nothing and leaves nothing out, and no worker that stands still can hold the replay.
   *
   * The deliveries wait for their turn: the next sweep admits them, under whatever limits their endpoints have.
   * @returns null when the replay is no more as it was read: another worker has it, or it was cancelled
   */
  async resendBatch(replay: ReplayRow, size: number): Promise<BatchResult | null> {
    const { WebhookReplay, WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    const values = new Values();
    const [id, owner, position] = [values.add(replay.id), values.add(replay.customerId), values.add(replay.position)];
    const limit = values.add(size);
    const [result] = await this.prisma.query<BatchResult>(
      `WITH replay AS MATERIALIZED (
         SELECT id FROM ${WebhookReplay}
          WHERE id = ${id}::uuid AND "customerId" = ${owner} AND status = 'RUNNING'
            AND position IS NOT DISTINCT FROM ${position}::uuid
            FOR UPDATE SKIP LOCKED
       ), looked AS MATERIALIZED (
         SELECT e.id ${this.matching(replay.customerId, replay.filter, values)}
            AND e.id > ${values.add(replay.position ?? firstIdAt(new Date(0)))}::uuid AND EXISTS (SELECT 1 FROM replay)
          ORDER BY e.id LIMIT ${limit}::int
       ), locked AS MATERIALIZED (
         -- In one order, so that two replays of the same deliveries do not wait for each other in a circle.
         SELECT e.id FROM ${WebhookEvent} e
          WHERE e.id IN (SELECT id FROM looked) AND e.status <> 'PENDING' ORDER BY e.id FOR UPDATE
       ), resent AS (
         UPDATE ${WebhookEvent} e SET ${RESEND}
           FROM locked l, ${WebhookEndpoint} p
          WHERE e.id = l.id AND p.id = e."endpointId" AND ${RESENDABLE}
         RETURNING e.id
       )
       UPDATE ${WebhookReplay} r
          SET position = coalesce((SELECT id FROM looked ORDER BY id DESC LIMIT 1), r.position),
              resent = r.resent + (SELECT count(*) FROM resent), "updatedAt" = clock_timestamp(),
              status = CASE WHEN (SELECT count(*) FROM looked) < ${limit}::int THEN 'DONE'
                            ELSE 'RUNNING' END::"${this.prisma.schema}"."ReplayStatus",
              "finishedAt" = CASE WHEN (SELECT count(*) FROM looked) < ${limit}::int THEN clock_timestamp() END
         FROM replay WHERE r.id = replay.id
       RETURNING (SELECT count(*)::int FROM resent) AS resent, r.status::text AS status`,
      ...values.list,
    );
    return result ?? null;
  }

  /** FROM and WHERE of the deliveries that a filter means. Test sends are not among them. */
  private matching(customerId: string, filter: ReplayFilter, values: Values): string {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    const conditions = [
      `e."customerId" = ${values.add(customerId)}`,
      // An id holds its row's time, and every index ends with it.
      `e.id >= ${values.add(firstIdAt(filter.from))}::uuid`,
      `e.id < ${values.add(firstIdAt(filter.to))}::uuid`,
      `e.status = ANY(${values.add(filter.statuses)}::"${this.prisma.schema}"."WebhookStatus"[])`,
      ...(filter.endpointId === undefined ? [] : [`e."endpointId" = ${values.add(filter.endpointId)}::uuid`]),
      ...(filter.event === undefined ? [] : [`e.event = ${values.add(filter.event)}`]),
    ];
    return `FROM ${WebhookEvent} e JOIN ${WebhookEndpoint} p ON p.id = e."endpointId"
            WHERE ${conditions.join(' AND ')} AND NOT e."isTest" AND ${RESENDABLE}`;
  }
}

const toReplay = ({ filter, ...row }: StoredReplay): ReplayRow => ({
  ...row,
  filter: { ...filter, from: new Date(filter.from), to: new Date(filter.to) },
});
