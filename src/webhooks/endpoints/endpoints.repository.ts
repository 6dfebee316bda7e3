import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { SqlClient } from '../../database/sql-client';
import { Prisma, type WebhookEndpoint } from '../../generated/prisma/client';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '../delivery/retry-policy';
import type { PayloadFilter } from '../events/payload-filter';
import {
  securityColumns,
  toShownSecurity,
  type SealedHeaders,
  type ShownSecurity,
  type SigningColumns,
  type TlsColumns,
} from './endpoint-security.types';

/** An endpoint as the API shows it, without its secret. */
export interface Endpoint extends ShownSecurity {
  id: string;
  url: string;
  description: string | null;
  /** The event names it receives; empty = all. */
  events: string[];
  isActive: boolean;
  state: EndpointState;
  /** Why it is disabled: `gone` (HTTP 410) or `failing`; null unless it is. */
  disabledReason: string | null;
  retryPolicy: RetryPolicy;
  /** Null = the service's default. */
  timeoutMs: number | null;
  ratePerSecond: number | null;
  concurrency: number | null;
  ordered: boolean;
  /** Names of the customer's own headers; their values are not shown. */
  headers: string[];
  filter: PayloadFilter | null;
  createdAt: Date;
}

/** `active` delivers, `paused` holds what comes, `disabled` takes nothing new and holds what waits. */
export type EndpointState = WebhookEndpoint['state'];

/** What can be changed of an endpoint. */
export interface EndpointChanges extends Partial<TlsColumns> {
  url?: string;
  description?: string | null;
  events?: string[];
  state?: EndpointState;
  retryPolicy?: RetryPolicy | null;
  timeoutMs?: number | null;
  ratePerSecond?: number | null;
  concurrency?: number | null;
  ordered?: boolean;
  headers?: SealedHeaders | null;
  filter?: PayloadFilter | null;
}

/** What matching needs to know of an endpoint. */
export interface MatchableEndpoint {
  id: string;
  url: string;
  events: string[];
  state: EndpointState;
  filter: PayloadFilter | null;
  /** Whether events with the same ordering key go one after another. */
  ordered: boolean;
  /** Whether it has a rate or a concurrency limit of its own. */
  isLimited: boolean;
  /** Attempts in one round. */
  attempts: number;
}

const shown = {
  id: true,
  url: true,
  description: true,
  events: true,
  state: true,
  disabledReason: true,
  retryPolicy: true,
  timeoutMs: true,
  ratePerSecond: true,
  concurrency: true,
  ordered: true,
  headers: true,
  filter: true,
  createdAt: true,
  ...securityColumns,
} as const;

/** `lastError` of the deliveries that waited when their endpoint was deleted. */
const DELETED = 'endpoint deleted';
/** Deliveries that one statement gives up. */
const FAIL_BATCH = 1_000;

/**
 * Endpoints, and what a change of their state means for the deliveries that wait. Every query names the customer.
 * A deleted endpoint keeps its row, for the log of its deliveries, and is otherwise not there.
 */
@Injectable()
export class EndpointsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** @returns null when the customer has `limit` endpoints already; `undefined` when there is no such customer */
  async create(
    customerId: string,
    endpoint: Pick<WebhookEndpoint, 'id' | 'url' | 'description' | 'events' | 'signatureScheme'> &
      SigningColumns &
      Partial<TlsColumns>,
    policy: EndpointChanges,
    limit: number,
  ): Promise<Endpoint | null | undefined> {
    return this.prisma.$transaction(async (tx) => {
      // Creates of one customer take turns, so that the limit holds.
      const locked = await tx.$queryRawUnsafe<unknown[]>(
        `SELECT id FROM ${this.prisma.tables.Customer} WHERE id = $1 AND "erasingAt" IS NULL FOR NO KEY UPDATE`,
        customerId,
      );
      if (locked.length === 0) return undefined;
      if ((await tx.webhookEndpoint.count({ where: { customerId, deletedAt: null } })) >= limit) return null;
      const data = { customerId, ...endpoint, ...toColumns(policy) };
      return toEndpoint(await tx.webhookEndpoint.create({ data, select: shown }));
    });
  }

  async list(customerId: string): Promise<Endpoint[]> {
    const endpoints = await this.prisma.webhookEndpoint.findMany({
      where: { customerId, deletedAt: null },
      select: shown,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return endpoints.map(toEndpoint);
  }

  async find(customerId: string, id: string): Promise<Endpoint | null> {
    const endpoint = await this.prisma.webhookEndpoint.findFirst({
      where: { id, customerId, deletedAt: null },
      select: shown,
    });
    return endpoint === null ? null : toEndpoint(endpoint);
  }

  /** Changes the endpoint; when it becomes active, workers are told to look at what was held for it. */
  async update(customerId: string, id: string, changes: EndpointChanges): Promise<Endpoint | null> {
    return this.prisma.$transaction(async (tx) => {
      const where = { id, customerId, deletedAt: null };
      const follows = {
        ...(changes.state === undefined ? {} : { disabledReason: null }),
        ...(changes.state === 'active' ? { failingSince: null } : {}),
        // The next slot was planned for the rate of before.
        ...(changes.ratePerSecond === undefined ? {} : { nextSlotAt: null }),
      };
      const { count } = await tx.webhookEndpoint.updateMany({ where, data: { ...toColumns(changes), ...follows } });
      if (count === 0) return null;
      await tx.$executeRawUnsafe(`SELECT pg_notify('webhooks_emit', '')`);
      return toEndpoint(await tx.webhookEndpoint.findFirstOrThrow({ where, select: shown }));
    });
  }

  /**
   * Replaces the signing secret. One statement: rotations of one endpoint take turns, each keeps the secret it found
   * until the overlap ends, and drops the one before that.
   */
  async rotateSecret(
    customerId: string,
    id: string,
    { secret, secretKeyId, publicKey }: SigningColumns,
    overlapSeconds: number,
  ): Promise<Endpoint | null> {
    return this.prisma.$transaction(async (tx) => {
      const count = await tx.$executeRawUnsafe(
        `UPDATE ${this.prisma.tables.WebhookEndpoint}
            SET secret = $3, "secretKeyId" = $4, "publicKey" = $5, "updatedAt" = clock_timestamp(),
                "previousSecret" = CASE WHEN $6::int > 0 THEN secret END,
                "previousSecretKeyId" = CASE WHEN $6::int > 0 THEN "secretKeyId" END,
                "previousPublicKey" = CASE WHEN $6::int > 0 THEN "publicKey" END,
                "previousSecretUntil" = CASE WHEN $6::int > 0 THEN clock_timestamp() + $6::int * interval '1 s' END
          WHERE id = $1::uuid AND "customerId" = $2 AND "deletedAt" IS NULL`,
        ...[id, customerId, secret, secretKeyId, publicKey, overlapSeconds],
      );
      if (count === 0) return null;
      return toEndpoint(await tx.webhookEndpoint.findFirstOrThrow({ where: { id, customerId }, select: shown }));
    });
  }

  /**
   * Deletes the endpoint.
   * @param pending `fail`: deliveries that still wait for it become FAILED; `deliver`: they are still made
   */
  async delete(customerId: string, id: string, pending: 'fail' | 'deliver'): Promise<boolean> {
    const delivers = pending === 'deliver';
    const { count } = await this.prisma.webhookEndpoint.updateMany({
      where: { id, customerId, deletedAt: null },
      data: { deletedAt: new Date(), deliversPending: delivers, ...(delivers ? { state: 'active' } : {}) },
    });
    if (count === 0) return false;
    if (!delivers) await this.failPending(customerId, id);
    return true;
  }

  /**
   * Gives up what waits for a deleted endpoint, in batches: a backlog may be larger than one transaction can be. A row
   * that a worker holds is left to it, because the two would wait for each other's locks; workers fail what they find
   * waiting for a deleted endpoint, and so finish this, should it be cut off.
   */
  private async failPending(customerId: string, id: string): Promise<void> {
    const { WebhookEvent } = this.prisma.tables;
    for (let count = FAIL_BATCH; count === FAIL_BATCH;) {
      count = await this.prisma.$executeRawUnsafe(
        `WITH batch AS (
           SELECT id FROM ${WebhookEvent} WHERE "endpointId" = $1::uuid AND "customerId" = $2 AND status = 'PENDING'
            LIMIT $4 FOR UPDATE SKIP LOCKED
         )
         UPDATE ${WebhookEvent} e
            SET status = 'FAILED', "lastError" = $3, "processedAt" = clock_timestamp(), "nextAttemptAt" = NULL,
                "enqueueAfter" = NULL, "heldReason" = NULL, "reservedUntil" = NULL
           FROM batch WHERE e.id = batch.id`,
        id,
        customerId,
        DELETED,
        FAIL_BATCH,
      );
    }
  }

  /**
   * Disables an active endpoint, and does in the same transaction what follows from it.
   * @returns whether it was active
   */
  async disable(id: string, reason: string, then: (tx: SqlClient) => Promise<void>): Promise<boolean> {
    return this.prisma.$transaction(async (tx) => {
      const { count } = await tx.webhookEndpoint.updateMany({
        where: { id, state: 'active', deletedAt: null },
        data: { state: 'disabled', disabledReason: reason },
      });
      if (count > 0) await then(tx);
      return count > 0;
    });
  }

  /**
   * The endpoints of each customer; a customer who is not in the answer does not exist.
   */
  async findMatchable(customerIds: readonly string[], client?: SqlClient): Promise<Map<string, MatchableEndpoint[]>> {
    const { Customer, WebhookEndpoint: Endpoint } = this.prisma.tables;
    const rows = await (client ?? this.prisma).$queryRawUnsafe<(Partial<MatchableEndpoint> & { customerId: string })[]>(
      `SELECT c.id AS "customerId", e.id, e.url, e.events, e.state::text AS state, e.filter, e.ordered,
              (e."ratePerSecond" IS NOT NULL OR e.concurrency IS NOT NULL) AS "isLimited",
              coalesce((e."retryPolicy"->>'attempts')::int, $2::int) AS attempts
         FROM ${Customer} c LEFT JOIN ${Endpoint} e ON e."customerId" = c.id AND e."deletedAt" IS NULL
        WHERE c.id = ANY($1::text[]) AND c."erasingAt" IS NULL
        ORDER BY e."createdAt", e.id`,
      customerIds,
      DEFAULT_RETRY_POLICY.attempts,
    );
    const found = new Map<string, MatchableEndpoint[]>();
    for (const { customerId, ...endpoint } of rows) {
      const endpoints = found.get(customerId) ?? [];
      found.set(customerId, endpoints);
      // The outer join gives one row of nulls for a customer without endpoints.
      if (typeof endpoint.id === 'string') endpoints.push(endpoint as MatchableEndpoint);
    }
    return found;
  }
}

/** Prisma tells a JSON null from SQL's: a policy that is not there is SQL's. */
function toColumns({ retryPolicy, headers, filter, ...columns }: EndpointChanges) {
  const json = (value: object | null): Prisma.InputJsonValue | typeof Prisma.DbNull => value ?? Prisma.DbNull;
  return {
    ...columns,
    ...(retryPolicy === undefined ? {} : { retryPolicy: json(retryPolicy) }),
    ...(headers === undefined ? {} : { headers: json(headers) }),
    ...(filter === undefined ? {} : { filter: json(filter) }),
  };
}

function toEndpoint(row: Prisma.WebhookEndpointGetPayload<{ select: typeof shown }>): Endpoint {
  const { id, url, description, events, state, createdAt, disabledReason } = row;
  const { timeoutMs, ratePerSecond, concurrency, ordered } = row;
  return {
    id,
    url,
    description,
    events,
    isActive: state === 'active',
    state,
    disabledReason,
    retryPolicy: (row.retryPolicy as RetryPolicy | null) ?? DEFAULT_RETRY_POLICY,
    timeoutMs,
    ratePerSecond,
    concurrency,
    ordered,
    headers: (row.headers as SealedHeaders | null)?.names ?? [],
    filter: row.filter as PayloadFilter | null,
    createdAt,
    ...toShownSecurity(row),
  };
}
