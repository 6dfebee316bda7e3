import { Inject, Injectable } from '@nestjs/common';
import { isForeignKeyViolation } from '../../database/database-errors';
import { PrismaService } from '../../database/prisma.service';
import type { SqlClient } from '../../database/sql-client';
import { notFound } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import type { Outcome } from './endpoint-matching';
import { timeOf } from '../ids';
import { INSERT_MESSAGES } from './insert-messages.sql';
import { idPage } from '../id-page';

/** One emit, ready to be written. */
export interface NewMessage {
  id: string;
  customerId: string;
  event: string;
  createdAt: Date;
  /** The complete body, as it will be sent. */
  body: string;
  idempotencyKey: string | null;
  /** SHA-256 of event and data, in hexadecimal; null without an idempotency key. */
  bodyHash: string | null;
  orderingKey: string | null;
  traceparent: string | null;
  outcomes: readonly Outcome[];
  deliveries: readonly NewDelivery[];
}

/** One delivery of it. */
export interface NewDelivery {
  id: string;
  endpointId: string;
  url: string;
  /** Only where the endpoint keeps the order. */
  orderingKey: string | null;
  /** Null = due at once, unless the endpoint has enough in the queue. */
  heldReason: string | null;
}

/** A delivery that was written, and whether it is due at once. */
export interface WrittenDelivery {
  id: string;
  endpointId: string;
  isDue: boolean;
}

/** What an earlier emit with the same idempotency key was. */
export interface EarlierMessage {
  messageId: string;
  bodyHash: string | null;
  eventIds: string[];
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
  /** `error` for programs: `timeout`, `connection-refused`, `http-status`, … */
  errorCode: string | null;
  responseBody: string | null;
  /** The answer's headers that explain it; none of them is a credential. */
  responseHeaders: unknown;
  /** The process that made the attempt. */
  worker: string | null;
  url: string;
}

/** A delivery with its body and its attempts. */
export interface EventDetail extends EventSummary {
  /** The body; null when retention has emptied it. */
  payload: unknown;
  payloadErasedAt: Date | null;
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

interface InsertedRow {
  messageId: string;
  /** Null for a message without deliveries. */
  id: string | null;
  endpointId: string;
  isDue: boolean;
}

const SUMMARY = `id, "messageId", "endpointId", url, event, status::text AS status, attempts, "lastError", "createdAt",
  "processedAt", "nextAttemptAt", "heldReason"`;

const WAKE_WORKERS = `SELECT pg_notify('webhooks_emit', '')`;

const ATTEMPT = {
  attempt: true,
  startedAt: true,
  durationMs: true,
  statusCode: true,
  error: true,
  responseBody: true,
  url: true,
  errorCode: true,
  responseHeaders: true,
  worker: true,
} as const;

/** Messages and their deliveries, from the emitter's and the reader's side. */
@Injectable()
export class EventsRepository {
  private readonly leaseMs: number;
  private readonly window: number;

  constructor(
    private readonly prisma: PrismaService,
    @Inject(WEBHOOKS_OPTIONS) options: ResolvedOptions,
  ) {
    // A publisher adds no jobs: its rows have no lease, so that the next sweep takes them.
    this.leaseMs = options.role === 'publisher' ? 0 : options.delivery.leaseMs;
    this.window = options.delivery.window;
  }

  /** Runs work in a transaction of this module's own connection. */
  async transaction<Result>(work: (tx: SqlClient) => Promise<Result>): Promise<Result> {
    return this.prisma.$transaction(work);
  }

  /**
   * Writes messages and their deliveries in one statement: all of them or none.
   *
   * @param tx the caller's transaction: then no row has a lease, and workers are told to look when it commits
   * @returns the deliveries of each message that was written; a message that is not there has an idempotency key that
   * is taken
   * @throws WebhooksError `not_found` when a customer was erased a moment ago
   */
  async insert(messages: readonly NewMessage[], tx?: SqlClient): Promise<Map<string, WrittenDelivery[]>> {
    try {
      return await this.insertAll(messages, tx);
    } catch (error) {
      if (isForeignKeyViolation(error)) throw notFound('customer');
      throw error;
    }
  }

  private async insertAll(messages: readonly NewMessage[], tx?: SqlClient): Promise<Map<string, WrittenDelivery[]>> {
    const client = tx ?? this.prisma;
    await this.freeOldKeys(messages, client);
    const values = [
      ...messageColumns(messages),
      ...deliveryColumns(messages),
      orderingLocks(messages),
      tx === undefined ? this.leaseMs : 0,
      this.window,
      messages.map(({ traceparent }) => traceparent),
    ];
    const rows = await (tx === undefined
      ? this.prisma.rows<InsertedRow>('insert-messages', INSERT_MESSAGES(this.prisma.tables), ...values)
      : tx.$queryRawUnsafe<InsertedRow[]>(INSERT_MESSAGES(this.prisma.tables), ...values));
    if (tx !== undefined) await tx.$executeRawUnsafe(WAKE_WORKERS);
    // What is written is committed, and is not to fail for this: a sweep looks by itself every second.
    else if (this.leaseMs === 0) await client.$executeRawUnsafe(WAKE_WORKERS).catch(() => 0);
    const written = new Map<string, WrittenDelivery[]>();
    for (const { messageId, id, endpointId, isDue } of rows) {
      const deliveries = written.get(messageId) ?? [];
      written.set(messageId, deliveries);
      // The outer join gives one row of nulls for a message without deliveries.
      if (id !== null) deliveries.push({ id, endpointId, isDue });
    }
    return written;
  }

  /** What was emitted before under an idempotency key. */
  async findByIdempotencyKey(customerId: string, key: string, client?: SqlClient): Promise<EarlierMessage | undefined> {
    const { WebhookMessage, WebhookEvent } = this.prisma.tables;
    const [found] = await (client ?? this.prisma).$queryRawUnsafe<EarlierMessage[]>(
      `SELECT m.id AS "messageId", encode(m."bodyHash", 'hex') AS "bodyHash",
              ARRAY(SELECT e.id::text FROM ${WebhookEvent} e WHERE e."messageId" = m.id ORDER BY e.id) AS "eventIds"
         FROM ${WebhookMessage} m WHERE m."customerId" = $1 AND m."idempotencyKey" = $2`,
      customerId,
      key,
    );
    return found;
  }

  /** Newest first, after the given id. */
  async list(customerId: string, filter: EventFilter, after: string | null, limit: number): Promise<EventSummary[]> {
    const { status, event, endpointId, messageId, from, to } = filter;
    const { clause, values } = idPage(
      customerId,
      [
        [`status = ?::"${this.prisma.schema}"."WebhookStatus"`, status],
        ['event = ?', event],
        ['"endpointId" = ?::uuid', endpointId],
        ['"messageId" = ?::uuid', messageId],
      ],
      { from, to, after, limit },
    );
    return this.prisma.rows<EventSummary>(
      null,
      `SELECT ${SUMMARY} FROM ${this.prisma.tables.WebhookEvent} ${clause}`,
      ...values,
    );
  }

  /** As lists show it. */
  async findSummary(customerId: string, id: string): Promise<EventSummary | null> {
    const [found] = await this.prisma.query<EventSummary>(
      `SELECT ${SUMMARY} FROM ${this.prisma.tables.WebhookEvent} WHERE id = $1::uuid AND "customerId" = $2`,
      id,
      customerId,
    );
    return found ?? null;
  }

  async find(customerId: string, id: string): Promise<EventDetail | null> {
    const { WebhookEvent } = this.prisma.tables;
    const [found] = await this.prisma.query<EventSummary & { body: string; payloadErasedAt: Date | null }>(
      `SELECT ${SUMMARY}, payload::text AS body, "payloadErasedAt" FROM ${WebhookEvent} WHERE id = $1::uuid AND "customerId" = $2`,
      id,
      customerId,
    );
    if (found === undefined) return null;
    const attemptLog = await this.prisma.webhookAttempt.findMany({
      where: { eventId: id, customerId },
      orderBy: { attempt: 'asc' },
      select: ATTEMPT,
    });
    const { body, payloadErasedAt, ...summary } = found;
    const payload = payloadErasedAt === null ? (JSON.parse(body) as unknown) : null;
    return { ...summary, payload, payloadErasedAt, attemptLog };
  }

  /** A key is kept for 24 hours; after that it can be used for another event. */
  private async freeOldKeys(messages: readonly NewMessage[], client: SqlClient): Promise<void> {
    const keyed = messages.filter(({ idempotencyKey }) => idempotencyKey !== null);
    if (keyed.length === 0) return;
    await client.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookMessage} m SET "idempotencyKey" = NULL, "bodyHash" = NULL
         FROM unnest($1::text[], $2::text[]) AS k("customerId", key)
        WHERE m."customerId" = k."customerId" AND m."idempotencyKey" = k.key AND m."createdAt" < now() - interval '24 hours'`,
      keyed.map(({ customerId }) => customerId),
      keyed.map(({ idempotencyKey }) => idempotencyKey),
    );
  }
}

function messageColumns(messages: readonly NewMessage[]): unknown[][] {
  return [
    messages.map(({ id }) => id),
    messages.map(({ customerId }) => customerId),
    messages.map(({ event }) => event),
    messages.map(({ createdAt }) => createdAt.toISOString()),
    messages.map(({ body }) => body),
    messages.map(({ outcomes }) => JSON.stringify(outcomes)),
    messages.map(({ idempotencyKey }) => idempotencyKey),
    messages.map(({ bodyHash }) => bodyHash),
  ];
}

function deliveryColumns(messages: readonly NewMessage[]): unknown[][] {
  const deliveries = messages.flatMap((message) => message.deliveries.map((delivery) => ({ message, ...delivery })));
  return [
    deliveries.map(({ id }) => id),
    deliveries.map(({ message }) => message.id),
    deliveries.map(({ endpointId }) => endpointId),
    deliveries.map(({ url }) => url),
    deliveries.map(({ heldReason }) => heldReason),
    deliveries.map(({ orderingKey }) => orderingKey),
    // Not the message's time: lists are cut by the time in the id, which is a little later.
    deliveries.map(({ id }) => timeOf(id).toISOString()),
  ];
}

/** One lock per ordering key that counts, in an order that everybody takes them in. */
function orderingLocks(messages: readonly NewMessage[]): string[] {
  const locks = messages.flatMap(({ customerId, deliveries }) =>
    deliveries.flatMap(({ orderingKey }) =>
      orderingKey === null ? [] : [`webhooks:order:${customerId}:${orderingKey}`],
    ),
  );
  return [...new Set(locks)].sort();
}
