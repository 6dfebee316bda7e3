import { Injectable } from '@nestjs/common';
import { isForeignKeyViolation } from '../../database/database-errors';
import { PrismaService } from '../../database/prisma.service';
import type { SqlClient } from '../../database/sql-client';
import { AuditService } from '../audit/audit.service';
import type { Actor, AuditAction } from '../audit/audit.types';
import type { AuthenticatedCustomer, AuthenticatedUser } from '../identity.types';

/** A customer's own limits, in days; null = the service's default. */
export interface RetentionOverride {
  payloadDays: number | null;
  eventDays: number | null;
}

/** What `ensure` is told of a customer. */
export interface CustomerToEnsure {
  id: string;
  userId: string;
  name: string;
}

/** Since when a customer has no access, and why. */
export interface Suspension {
  at: Date;
  reason: string | null;
}

/** A customer, the user whom it belongs to, and whether it has access. */
export interface OwnedCustomer {
  user: AuthenticatedUser;
  customer: AuthenticatedCustomer;
  suspension: Suspension | null;
}

/** A customer with all that decides what it may do and how long its events are kept. */
export interface CustomerRow extends AuthenticatedCustomer, RetentionOverride {
  suspendedAt: Date | null;
  suspendedReason: string | null;
  erasingAt: Date | null;
}

interface SuspensionColumns {
  suspendedAt: Date | null;
  suspendedReason: string | null;
}

/** A customer as `ensure` found or made it. */
export type EnsuredCustomer = AuthenticatedCustomer & { isErasing: boolean };

/** What is told of a customer; how it is kept is not part of it. */
const shown = { id: true, userId: true, name: true, createdAt: true } as const;

const described = {
  ...shown,
  suspendedAt: true,
  suspendedReason: true,
  erasingAt: true,
  payloadRetentionDays: true,
  eventRetentionDays: true,
} as const;

/** Users and customers. A customer that is being erased is not there any more, but for `ensure`. */
@Injectable()
export class CustomersRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Creates the user and the customer where they are missing, and takes over the name. Safe to call at the same time
   * from several places.
   * @returns the customer as it is now; nothing was changed when its `userId` differs from the given one, because it
   * belongs to somebody else, or when it is being erased
   */
  async ensure(customer: CustomerToEnsure, actor: Actor): Promise<EnsuredCustomer> {
    for (;;) {
      try {
        const ensured = await this.tryToEnsure(customer, actor);
        if (ensured !== undefined) return ensured;
      } catch (error) {
        if (!isForeignKeyViolation(error)) throw error;
      }
      // The customer, or its user with another one, was erased between two statements: the next try makes it again.
    }
  }

  private async tryToEnsure(customer: CustomerToEnsure, actor: Actor): Promise<EnsuredCustomer | undefined> {
    return this.prisma.$transaction(async (tx) => {
      const { id, userId, name } = customer;
      const current =
        (await this.lock(tx, id)) ?? (await this.create(tx, customer, actor)) ?? (await this.lock(tx, id));
      if (current?.userId !== userId || current.isErasing || current.name === name) return current;
      await tx.customer.update({ where: { id }, data: { name } });
      await this.record(tx, id, actor, 'customer.renamed', { before: { name: current.name }, after: { name } });
      return { ...current, name };
    });
  }

  /** The customer as it is; nobody changes or erases it until the transaction ends. */
  private async lock(tx: SqlClient, id: string): Promise<EnsuredCustomer | undefined> {
    const [found] = await tx.$queryRawUnsafe<EnsuredCustomer[]>(
      `SELECT id, "userId", name, "createdAt", "erasingAt" IS NOT NULL AS "isErasing"
         FROM ${this.prisma.tables.Customer} WHERE id = $1 FOR NO KEY UPDATE`,
      id,
    );
    return found;
  }

  /** @returns undefined when somebody else has made it in the same moment */
  private async create(
    tx: SqlClient,
    { id, userId, name }: CustomerToEnsure,
    actor: Actor,
  ): Promise<EnsuredCustomer | undefined> {
    const { User, Customer } = this.prisma.tables;
    await tx.$executeRawUnsafe(`INSERT INTO ${User} (id) VALUES ($1) ON CONFLICT DO NOTHING`, userId);
    const [created] = await tx.$queryRawUnsafe<EnsuredCustomer[]>(
      `INSERT INTO ${Customer} (id, "userId", name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
       RETURNING id, "userId", name, "createdAt", false AS "isErasing"`,
      ...[id, userId, name],
    );
    if (created !== undefined) await this.record(tx, id, actor, 'customer.created', { after: { userId, name } });
    return created;
  }

  private async record(
    tx: SqlClient,
    customerId: string,
    actor: Actor,
    action: AuditAction,
    states: { before?: object; after?: object },
  ): Promise<void> {
    const target = { type: 'customer', id: customerId } as const;
    await this.audit.record(tx, { customerId, actor, action, target, ...states });
  }

  /** The customer and its user, when the customer belongs to that user. */
  async findOwned(userId: string, customerId: string): Promise<OwnedCustomer | null> {
    const found = await this.prisma.customer.findFirst({
      where: { id: customerId, userId, erasingAt: null },
      select: { ...shown, user: true, suspendedAt: true, suspendedReason: true },
    });
    if (found === null) return null;
    const { user, suspendedAt, suspendedReason, ...customer } = found;
    return { user, customer, suspension: suspendedAt === null ? null : { at: suspendedAt, reason: suspendedReason } };
  }

  /** Takes the customer's access away. Doing so again changes the reason at most. @returns null when there is none */
  async suspend(id: string, reason: string | null, actor: Actor): Promise<Suspension | null> {
    return this.changeSuspension(id, actor, 'customer.suspended', (before) => ({
      suspendedAt: before.suspendedAt ?? new Date(),
      suspendedReason: reason,
    }));
  }

  /** Gives the customer its access back. @returns false when there is none */
  async resume(id: string, actor: Actor): Promise<boolean> {
    const lifted = { suspendedAt: null, suspendedReason: null };
    return (await this.changeSuspension(id, actor, 'customer.resumed', () => lifted)) !== null;
  }

  private async changeSuspension(
    id: string,
    actor: Actor,
    action: AuditAction,
    decide: (before: SuspensionColumns) => SuspensionColumns,
  ): Promise<Suspension | null> {
    return this.prisma.$transaction(async (tx) => {
      const [before] = await tx.$queryRawUnsafe<SuspensionColumns[]>(
        `SELECT "suspendedAt", "suspendedReason" FROM ${this.prisma.tables.Customer}
          WHERE id = $1 AND "erasingAt" IS NULL FOR NO KEY UPDATE`,
        id,
      );
      if (before === undefined) return null;
      const after = decide(before);
      await tx.customer.update({ where: { id }, data: after });
      await this.record(tx, id, actor, action, { before, after });
      return { at: after.suspendedAt ?? new Date(), reason: after.suspendedReason };
    });
  }

  /** Whose the customers are, of those ids that there are. */
  async ownersOf(ids: readonly string[]): Promise<Map<string, string>> {
    const where = { id: { in: [...ids] }, erasingAt: null };
    const found = await this.prisma.customer.findMany({ where, select: { id: true, userId: true } });
    return new Map(found.map(({ id, userId }) => [id, userId]));
  }

  /** Also one that is being erased. */
  async findDescribed(id: string): Promise<CustomerRow | null> {
    const found = await this.prisma.customer.findUnique({ where: { id }, select: described });
    return found && toRow(found);
  }

  /** All customers by id, after the given one; also those that are being erased. */
  async list(after: string | null, limit: number): Promise<CustomerRow[]> {
    const where = after === null ? {} : { id: { gt: after } };
    const found = await this.prisma.customer.findMany({
      where,
      select: described,
      orderBy: { id: 'asc' },
      take: limit,
    });
    return found.map(toRow);
  }

  async find(id: string): Promise<AuthenticatedCustomer | null> {
    return this.prisma.customer.findUnique({ where: { id, erasingAt: null }, select: shown });
  }

  /** Changes what is given. @returns what counts now; null when there is no such customer */
  async setRetention(id: string, changes: Partial<RetentionOverride>, actor: Actor): Promise<RetentionOverride | null> {
    const { Customer } = this.prisma.tables;
    return this.prisma.$transaction(async (tx) => {
      const [before] = await tx.$queryRawUnsafe<RetentionOverride[]>(
        `SELECT "payloadRetentionDays" AS "payloadDays", "eventRetentionDays" AS "eventDays" FROM ${Customer}
          WHERE id = $1 AND "erasingAt" IS NULL FOR NO KEY UPDATE`,
        id,
      );
      if (before === undefined) return null;
      const after = { ...before, ...changes };
      if (after.payloadDays === before.payloadDays && after.eventDays === before.eventDays) return before;
      const data = { payloadRetentionDays: after.payloadDays, eventRetentionDays: after.eventDays };
      await tx.customer.update({ where: { id }, data });
      await this.record(tx, id, actor, 'customer.retention-changed', { before, after });
      return after;
    });
  }
}

type DescribedCustomer = Omit<CustomerRow, keyof RetentionOverride> & {
  payloadRetentionDays: number | null;
  eventRetentionDays: number | null;
};

const toRow = ({ payloadRetentionDays, eventRetentionDays, ...customer }: DescribedCustomer): CustomerRow => ({
  ...customer,
  payloadDays: payloadRetentionDays,
  eventDays: eventRetentionDays,
});
