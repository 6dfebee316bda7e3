import { Inject, Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { Outcome } from './endpoint-matching';
import { firstIdAt, timeOf } from './event-id';

/** One emit, ready to be written. */
export interface NewMessage {
  id: string;
  customerId: string;
  event: string;
  createdAt: Date;
  /** The complete body, as it will be sent. */
  body: string;
  outcomes: readonly Outcome[];
  deliveries: readonly NewDelivery[];
}

/** One delivery of it. */
export interface NewDelivery {
  id: string;
  endpointId: string;
  url: string;
  /** Null = due at once. */
  heldReason: string | null;
}

/** What of a delivery is shown in lists. */
export interface EventSummary {
  id: string;
  messageId: string;
  endpointId: string;
  url: string;
  event: string;
  status: 'PENDING' | 'SENT' | 'FAILED';
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  processedAt: Date | null;
  nextAttemptAt: Date | null;
  heldReason: string | null;
}

/** One HTTP try, as the API shows it. */
export interface AttemptLogEntry {
  attempt: number;
  startedAt: Date;
  durationMs: number;
  statusCode: number | null;
  error: string | null;
  responseBody: string | null;
  url: string;
}

/** A delivery with its body and its attempts. */
export interface EventDetail extends EventSummary {
  payload: unknown;
  attemptLog: AttemptLogEntry[];
}

/** Which deliveries to list. */
export interface EventFilter {
  status?: EventSummary['status'] | undefined;
  event?: string | undefined;
  endpointId?: string | undefined;
  messageId?: string | undefined;
  /** Created at this time or later. */
  from?: Date | undefined;
  /** Created before this time. */
  to?: Date | undefined;
}

const SUMMARY = `id, "messageId", "endpointId", url, event, status::text AS status, attempts, "lastError", "createdAt",
  "processedAt", "nextAttemptAt", "heldReason"`;

const ATTEMPT = {
  attempt: true,
  startedAt: true,
  durationMs: true,
  statusCode: true,
  error: true,
  responseBody: true,
  url: true,
} as const;

/** Messages and their deliveries, from the emitter's and the reader's side. */
@Injectable()
export class EventsRepository {
  private readonly leaseMs: number;

  constructor(
    private readonly prisma: PrismaService,
    @Inject(WEBHOOKS_OPTIONS) options: ResolvedOptions,
  ) {
    // A publisher adds no jobs: its rows have no lease, so that the next sweep takes them.
    this.leaseMs = options.role === 'publisher' ? 0 : options.delivery.leaseMs;
  }

  /** Writes messages and their deliveries in one statement: all of them or none. */
  async insert(messages: readonly NewMessage[]): Promise<void> {
    const { WebhookMessage, WebhookEvent } = this.prisma.tables;
    const deliveries = messages.flatMap((message) => message.deliveries.map((delivery) => ({ message, ...delivery })));
    await this.prisma.$executeRawUnsafe(
      `WITH input AS (
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[])
           AS m(id, "customerId", event, "createdAt", body, outcomes)
       ), messages AS (
         INSERT INTO ${WebhookMessage} (id, "customerId", event, "createdAt", outcomes)
         SELECT id, "customerId", event, "createdAt", outcomes::jsonb FROM input
       )
       INSERT INTO ${WebhookEvent} (id, "customerId", "endpointId", "messageId", url, event, payload, "createdAt",
                                    "nextAttemptAt", "enqueueAfter", "heldReason")
       SELECT d.id, m."customerId", d."endpointId", m.id, d.url, m.event, m.body::json, d."createdAt",
              CASE WHEN d."heldReason" IS NULL THEN clock_timestamp() END,
              CASE WHEN d."heldReason" IS NULL THEN clock_timestamp() + $12::float8 * interval '1 ms' END,
              d."heldReason"
         FROM unnest($7::uuid[], $8::uuid[], $9::uuid[], $10::text[], $11::text[], $13::timestamptz[])
           AS d(id, "messageId", "endpointId", url, "heldReason", "createdAt")
         JOIN input m ON m.id = d."messageId"
        ORDER BY d.id`,
      messages.map(({ id }) => id),
      messages.map(({ customerId }) => customerId),
      messages.map(({ event }) => event),
      messages.map(({ createdAt }) => createdAt.toISOString()),
      messages.map(({ body }) => body),
      messages.map(({ outcomes }) => JSON.stringify(outcomes)),
      deliveries.map(({ id }) => id),
      deliveries.map(({ message }) => message.id),
      deliveries.map(({ endpointId }) => endpointId),
      deliveries.map(({ url }) => url),
      deliveries.map(({ heldReason }) => heldReason),
      this.leaseMs,
      // Not the message's time: lists are cut by the time in the id, which is a little later.
      deliveries.map(({ id }) => timeOf(id).toISOString()),
    );
  }

  /** Newest first, after the given id. */
  async list(customerId: string, filter: EventFilter, after: string | null, limit: number): Promise<EventSummary[]> {
    const values: unknown[] = [customerId];
    const conditions = ['"customerId" = $1'];
    const where = (condition: string, value: unknown): void => {
      if (value === undefined || value === null) return;
      values.push(value);
      conditions.push(condition.replace('?', `$${values.length}`));
    };
    where(`status = ?::"${this.prisma.schema}"."WebhookStatus"`, filter.status);
    where('event = ?', filter.event);
    where('"endpointId" = ?::uuid', filter.endpointId);
    where('"messageId" = ?::uuid', filter.messageId);
    // An id holds its row's time, so time is cut by the column that every index ends with.
    where('id >= ?::uuid', filter.from && firstIdAt(filter.from));
    where('id < ?::uuid', filter.to && firstIdAt(filter.to));
    where('id < ?::uuid', after);
    values.push(limit);
    return this.prisma.query<EventSummary>(
      `SELECT ${SUMMARY} FROM ${this.prisma.tables.WebhookEvent}
        WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $${values.length}`,
      ...values,
    );
  }

  async find(customerId: string, id: string): Promise<EventDetail | null> {
    const { WebhookEvent } = this.prisma.tables;
    const [found] = await this.prisma.query<EventSummary & { body: string }>(
      `SELECT ${SUMMARY}, payload::text AS body FROM ${WebhookEvent} WHERE id = $1::uuid AND "customerId" = $2`,
      id,
      customerId,
    );
    if (found === undefined) return null;
    const attemptLog = await this.prisma.webhookAttempt.findMany({
      where: { eventId: id, customerId },
      orderBy: { attempt: 'asc' },
      select: ATTEMPT,
    });
    const { body, ...summary } = found;
    return { ...summary, payload: JSON.parse(body) as unknown, attemptLog };
  }
}
