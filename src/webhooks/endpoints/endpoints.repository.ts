import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { Prisma, WebhookEndpoint } from '../../generated/prisma/client';
import {
  securityColumns,
  toShownSecurity,
  type SecurityRow,
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
}

/** What matching needs to know of an endpoint. */
export interface MatchableEndpoint {
  id: string;
  url: string;
  events: string[];
  state: EndpointState;
}

const shown = {
  id: true,
  url: true,
  description: true,
  events: true,
  state: true,
  createdAt: true,
  ...securityColumns,
} as const;

/** `lastError` of the deliveries that waited when their endpoint was deleted. */
const DELETED = 'endpoint deleted';

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
      return toEndpoint(await tx.webhookEndpoint.create({ data: { customerId, ...endpoint }, select: shown }));
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

  /** Changes the endpoint; when it becomes active, what was held for it is due at once. */
  async update(customerId: string, id: string, changes: EndpointChanges): Promise<Endpoint | null> {
    return this.prisma.$transaction(async (tx) => {
      const where = { id, customerId, deletedAt: null };
      const { count } = await tx.webhookEndpoint.updateMany({ where, data: changes });
      if (count === 0) return null;
      if (changes.state === 'active') await this.release(tx, id);
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

  /** Deletes the endpoint; deliveries that still wait for it become FAILED. */
  async delete(customerId: string, id: string): Promise<boolean> {
    return this.prisma.$transaction(async (tx) => {
      const { count } = await tx.webhookEndpoint.updateMany({
        where: { id, customerId, deletedAt: null },
        data: { deletedAt: new Date() },
      });
      if (count === 0) return false;
      await tx.$executeRawUnsafe(
        `UPDATE ${this.prisma.tables.WebhookEvent}
            SET status = 'FAILED', "lastError" = $2, "processedAt" = now(), "nextAttemptAt" = NULL,
                "enqueueAfter" = NULL, "heldReason" = NULL
          WHERE "endpointId" = $1::uuid AND status = 'PENDING'`,
        id,
        DELETED,
      );
      return true;
    });
  }

  /** Stops an endpoint that says it is gone for good. */
  async disable(id: string): Promise<void> {
    await this.prisma.webhookEndpoint.updateMany({ where: { id, state: 'active' }, data: { state: 'disabled' } });
  }

  /**
   * The endpoints of each customer; a customer who is not in the answer does not exist.
   */
  async findMatchable(customerIds: readonly string[]): Promise<Map<string, MatchableEndpoint[]>> {
    const { Customer, WebhookEndpoint: Endpoint } = this.prisma.tables;
    const rows = await this.prisma.query<Partial<MatchableEndpoint> & { customerId: string }>(
      `SELECT c.id AS "customerId", e.id, e.url, e.events, e.state::text AS state
         FROM ${Customer} c LEFT JOIN ${Endpoint} e ON e."customerId" = c.id AND e."deletedAt" IS NULL
        WHERE c.id = ANY($1::text[]) AND c."erasingAt" IS NULL
        ORDER BY e."createdAt", e.id`,
      customerIds,
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

  /** A new round, so that a job left over from before the pause changes nothing. */
  private async release(tx: Prisma.TransactionClient, endpointId: string): Promise<void> {
    await tx.$executeRawUnsafe(
      `UPDATE ${this.prisma.tables.WebhookEvent}
          SET round = round + 1, "heldReason" = NULL, "nextAttemptAt" = now(), "enqueueAfter" = now()
        WHERE "endpointId" = $1::uuid AND status = 'PENDING' AND "enqueueAfter" IS NULL`,
      endpointId,
    );
  }
}

function toEndpoint(row: Omit<Endpoint, 'isActive' | keyof ShownSecurity> & SecurityRow): Endpoint {
  const { id, url, description, events, state, createdAt } = row;
  return { id, url, description, events, isActive: state === 'active', state, createdAt, ...toShownSecurity(row) };
}
