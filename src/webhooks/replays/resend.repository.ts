import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';
import type { SqlClient } from '../../database/sql-client';
import { AuditService } from '../audit/audit.service';
import type { Actor } from '../audit/audit.types';
import { RESEND, RESENDABLE } from './resend.sql';

/** What became of a wish to send a delivery again. */
export interface ResendOutcome {
  /** As it was before. */
  status: 'PENDING' | 'SENT' | 'FAILED';
  isErased: boolean;
  isDeleted: boolean;
  isResent: boolean;
  endpointId: string;
}

/** Makes one delivery PENDING again. */
@Injectable()
export class ResendRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Of several calls at once one wins; the others find the delivery PENDING.
   * @returns null when the customer has no such delivery
   */
  async resend(customerId: string, id: string, actor: Actor): Promise<ResendOutcome | null> {
    return this.prisma.$transaction(async (tx) => {
      const outcome = await this.tryToResend(tx, customerId, id);
      if (outcome?.isResent === true) {
        const states = { before: { status: outcome.status }, after: { status: 'PENDING' } };
        const target = { type: 'event', id } as const;
        await this.audit.record(tx, { customerId, actor, action: 'event.resent', target, ...states });
      }
      return outcome;
    });
  }

  private async tryToResend(tx: SqlClient, customerId: string, id: string): Promise<ResendOutcome | null> {
    const { WebhookEvent, WebhookEndpoint } = this.prisma.tables;
    const [outcome] = await tx.$queryRawUnsafe<ResendOutcome[]>(
      // The lock comes first, and PostgreSQL reads the row again after waiting for it.
      `WITH found AS MATERIALIZED (
         SELECT e.id, e.status::text AS status, e."endpointId", e."payloadErasedAt" IS NOT NULL AS "isErased"
           FROM ${WebhookEvent} e WHERE e.id = $1::uuid AND e."customerId" = $2 FOR UPDATE
       ), resent AS (
         UPDATE ${WebhookEvent} e SET ${RESEND}
           FROM found f JOIN ${WebhookEndpoint} p ON p.id = f."endpointId"
          WHERE e.id = f.id AND f.status <> 'PENDING' AND ${RESENDABLE}
         RETURNING e.id
       )
       SELECT f.status, f."isErased", p."deletedAt" IS NOT NULL AS "isDeleted", r.id IS NOT NULL AS "isResent",
              f."endpointId"
         FROM found f JOIN ${WebhookEndpoint} p ON p.id = f."endpointId" LEFT JOIN resent r ON r.id = f.id`,
      id,
      customerId,
    );
    return outcome ?? null;
  }
}
