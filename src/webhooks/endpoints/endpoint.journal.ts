import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import type { Actor, AuditAction, AuditTransaction } from '../audit/audit.types';
import { PLATFORM } from '../identity.types';
import type { Endpoint } from './endpoints.types';

/** One change of an endpoint, and who made it. */
export interface EndpointChange {
  customerId: string;
  actor: Actor;
  /** The endpoint before and after; one is missing where it was made or is gone. */
  before?: Endpoint;
  after?: Endpoint;
}

/**
 * Writes down what becomes of endpoints, in the transaction in which it happens. Never a secret: of the customer's own
 * headers the names, of certificates that there are any and when they expire.
 */
@Injectable()
export class EndpointJournal {
  constructor(private readonly audit: AuditService) {}

  async created(tx: AuditTransaction, change: EndpointChange & { after: Endpoint }): Promise<void> {
    await this.record(tx, 'endpoint.created', change);
  }

  /** @param hidden fields whose content has changed, though what is shown of it has not */
  async updated(tx: AuditTransaction, change: Required<EndpointChange>, hidden: readonly string[]): Promise<void> {
    const { before, after } = change;
    const action = after.isActive ? 'endpoint.activated' : 'endpoint.paused';
    await this.record(tx, before.state === after.state ? 'endpoint.updated' : action, change, hidden);
  }

  async secretRotated(
    tx: AuditTransaction,
    { customerId, actor, before, after }: Required<EndpointChange>,
    overlapSeconds: number,
  ): Promise<void> {
    const target = { type: 'endpoint', id: after.id } as const;
    await this.audit.record(tx, {
      customerId,
      actor,
      action: 'endpoint.secret-rotated',
      target,
      before: { publicKey: before.publicKey },
      after: { publicKey: after.publicKey, overlapSeconds },
    });
  }

  async deleted(
    tx: AuditTransaction,
    { customerId, actor, before }: EndpointChange & { before: Endpoint },
    pending: 'fail' | 'deliver',
  ): Promise<void> {
    const target = { type: 'endpoint', id: before.id } as const;
    const states = { before: chosenOf(before), after: { pending } };
    await this.audit.record(tx, { customerId, actor, action: 'endpoint.deleted', target, ...states });
  }

  /** The service itself took an active endpoint out of service. */
  async disabled(tx: AuditTransaction, customerId: string, id: string, disabledReason: string): Promise<void> {
    await this.audit.record(tx, {
      customerId,
      actor: PLATFORM.actor,
      action: 'endpoint.disabled',
      target: { type: 'endpoint', id },
      before: { state: 'active', disabledReason: null },
      after: { state: 'disabled', disabledReason },
    });
  }

  private async record(
    tx: AuditTransaction,
    action: AuditAction,
    { customerId, actor, before, after }: EndpointChange,
    hidden: readonly string[] = [],
  ): Promise<void> {
    await this.audit.record(tx, {
      customerId,
      actor,
      action,
      target: { type: 'endpoint', id: (after ?? before)?.id ?? '' },
      hidden,
      ...(before && { before: chosenOf(before) }),
      ...(after && { after: chosenOf(after) }),
    });
  }
}

/** What somebody decided about the endpoint: `isActive` says the same as `state`, and an overlap ends by itself. */
function chosenOf(endpoint: Endpoint): object {
  const {
    id: _,
    isActive: _is,
    createdAt: _at,
    previousPublicKey: _key,
    previousSecretExpiresAt: _until,
    ...chosen
  } = endpoint;
  return chosen;
}
