import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { SqlClient } from '../../database/sql-client';
import { Prisma, type WebhookEndpoint } from '../../generated/prisma/client';
import type { Actor } from '../audit/audit.types';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from '../delivery/retry-policy';
import type { PayloadFilter } from '../events/payload-filter';
import { EndpointJournal } from './endpoint.journal';
import {
  securityColumns,
  toShownSecurity,
  type SealedHeaders,
  type SigningColumns,
  type TlsColumns,
} from './endpoint-security.types';
import type { Endpoint, EndpointChanges, MatchableEndpoint } from './endpoints.types';

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

type EndpointRow = Prisma.WebhookEndpointGetPayload<{ select: typeof shown }>;

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
  constructor(
    private readonly prisma: PrismaService,
    private readonly journal: EndpointJournal,
  ) {}

  /** @returns null when the customer has `limit` endpoints already; `undefined` when there is no such customer */
  async create(
    customerId: string,
    endpoint: Pick<WebhookEndpoint, 'id' | 'url' | 'description' | 'events' | 'signatureScheme'> &
      SigningColumns &
      Partial<TlsColumns>,
    policy: EndpointChanges,
    limit: number,
    actor: Actor,
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
      const after = toEndpoint(await tx.webhookEndpoint.create({ data, select: shown }));
      await this.journal.created(tx, { customerId, actor, after });
      return after;
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
  async update(customerId: string, id: string, changes: EndpointChanges, actor: Actor): Promise<Endpoint | null> {
    return this.prisma.$transaction(async (tx) => {
      const old = await this.lock(tx, customerId, id);
      if (old === null) return null;
      const follows = {
        ...(changes.state === undefined ? {} : { disabledReason: null }),
        ...(changes.state === 'active' ? { failingSince: null } : {}),
        // The next slot was planned for the rate of before.
        ...(changes.ratePerSecond === undefined ? {} : { nextSlotAt: null }),
      };
      const data = { ...toColumns(changes), ...follows };
      const now = await tx.webhookEndpoint.update({ where: { id, customerId }, data, select: shown });
      await tx.$executeRawUnsafe(`SELECT pg_notify('webhooks_emit', '')`);
      const [before, after] = [toEndpoint(old), toEndpoint(now)];
      await this.journal.updated(tx, { customerId, actor, before, after }, hiddenChanges(changes, old, now));
      return after;
    });
  }

  /** The endpoint as it is now; nobody else changes it until the transaction ends. */
  private async lock(tx: Prisma.TransactionClient, customerId: string, id: string): Promise<EndpointRow | null> {
    const { WebhookEndpoint: Table } = this.prisma.tables;
    await tx.$queryRawUnsafe(
      `SELECT id FROM ${Table} WHERE id = $1::uuid AND "customerId" = $2 FOR NO KEY UPDATE`,
      id,
      customerId,
    );
    return tx.webhookEndpoint.findFirst({ where: { id, customerId, deletedAt: null }, select: shown });
  }

  /**
   * Replaces the signing secret. Rotations of one endpoint take turns: each keeps the secret it found until the overlap
   * ends, and drops the one before that.
   */
  async rotateSecret(
    customerId: string,
    id: string,
    { secret, secretKeyId, publicKey }: SigningColumns,
    overlapSeconds: number,
    actor: Actor,
  ): Promise<Endpoint | null> {
    return this.prisma.$transaction(async (tx) => {
      const old = await this.lock(tx, customerId, id);
      if (old === null) return null;
      await tx.$executeRawUnsafe(
        `UPDATE ${this.prisma.tables.WebhookEndpoint}
            SET secret = $3, "secretKeyId" = $4, "publicKey" = $5, "updatedAt" = clock_timestamp(),
                "previousSecret" = CASE WHEN $6::int > 0 THEN secret END,
                "previousSecretKeyId" = CASE WHEN $6::int > 0 THEN "secretKeyId" END,
                "previousPublicKey" = CASE WHEN $6::int > 0 THEN "publicKey" END,
                "previousSecretUntil" = CASE WHEN $6::int > 0 THEN clock_timestamp() + $6::int * interval '1 s' END
          WHERE id = $1::uuid AND "customerId" = $2`,
        ...[id, customerId, secret, secretKeyId, publicKey, overlapSeconds],
      );
      const now = await tx.webhookEndpoint.findUniqueOrThrow({ where: { id, customerId }, select: shown });
      const [before, after] = [toEndpoint(old), toEndpoint(now)];
      await this.journal.secretRotated(tx, { customerId, actor, before, after }, overlapSeconds);
      return after;
    });
  }

  /**
   * Deletes the endpoint.
   * @param pending `fail`: deliveries that still wait for it become FAILED; `deliver`: they are still made
   */
  async delete(customerId: string, id: string, pending: 'fail' | 'deliver', actor: Actor): Promise<boolean> {
    const delivers = pending === 'deliver';
    const isDeleted = await this.prisma.$transaction(async (tx) => {
      const old = await this.lock(tx, customerId, id);
      if (old === null) return false;
      await tx.webhookEndpoint.update({
        where: { id, customerId },
        data: { deletedAt: new Date(), deliversPending: delivers, ...(delivers ? { state: 'active' } : {}) },
      });
      await this.journal.deleted(tx, { customerId, actor, before: toEndpoint(old) }, pending);
      return true;
    });
    if (isDeleted && !delivers) await this.failPending(customerId, id);
    return isDeleted;
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
      const [disabled] = await tx.webhookEndpoint.updateManyAndReturn({
        where: { id, state: 'active', deletedAt: null },
        data: { state: 'disabled', disabledReason: reason },
        select: { customerId: true },
      });
      if (disabled === undefined) return false;
      await this.journal.disabled(tx, disabled.customerId, id, reason);
      await then(tx);
      return true;
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

/** What a request changed that is not shown: other values under the same names, another certificate of the same kind. */
function hiddenChanges({ headers }: EndpointChanges, old: EndpointRow, now: EndpointRow): string[] {
  const isOtherTls = old.clientCertificate !== now.clientCertificate || old.caCertificate !== now.caCertificate;
  // Sealed values are not compared: what was given anew counts as changed.
  return [...(headers?.names.length ? ['headers'] : []), ...(isOtherTls ? ['tls'] : [])];
}

function toEndpoint(row: EndpointRow): Endpoint {
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
