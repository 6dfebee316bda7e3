import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';

/** Rows whose job is meant to be in the queue: the operator's queries, over all customers. */
@Injectable()
export class QueueRebuildRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** How many rows the queue is trusted to hold a job for. */
  async countLeased(): Promise<number> {
    const [row] = await this.prisma.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${this.prisma.tables.WebhookEvent}
        WHERE status = 'PENDING' AND "enqueueAfter" > statement_timestamp()`,
    );
    return row?.count ?? 0;
  }

  /** Ends the lease of the next of these rows, by id, and wakes the workers. @returns their ids */
  async endNextLeases(afterId: string, limit: number): Promise<string[]> {
    const { WebhookEvent } = this.prisma.tables;
    const rows = await this.prisma.query<{ id: string }>(
      `WITH next AS (
         SELECT id FROM ${WebhookEvent}
          WHERE status = 'PENDING' AND "enqueueAfter" > statement_timestamp() AND id > $1::uuid
          ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
       ), ended AS (
         UPDATE ${WebhookEvent} e SET "enqueueAfter" = clock_timestamp() FROM next WHERE e.id = next.id RETURNING e.id
       )
       SELECT id FROM ended ORDER BY id`,
      afterId,
      limit,
    );
    if (rows.length > 0) await this.prisma.query(`SELECT pg_notify('webhooks_emit', '')::text`);
    return rows.map(({ id }) => id);
  }
}
