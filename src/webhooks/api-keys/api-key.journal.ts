import { Injectable } from '@nestjs/common';
import type { SqlClient } from '../../database/sql-client';
import { AuditService } from '../audit/audit.service';
import type { Actor, AuditAction, AuditEntry } from '../audit/audit.types';
import { EventsService } from '../events/events.service';
import type { AuthenticatedApiKey } from '../identity.types';
import type { Leak } from './api-keys.types';

/** One change of a key, and who made it. */
export interface ApiKeyChange {
  customerId: string;
  actor: Actor;
  /** The key before and after; one is missing where it was made or is gone. */
  before?: AuthenticatedApiKey;
  after?: AuthenticatedApiKey;
}

/**
 * Writes down what becomes of keys, in the transaction in which it happens: into the audit log, and, where somebody
 * outside should know, as an event for the customer's endpoints. Neither holds a key or a digest.
 */
@Injectable()
export class ApiKeyJournal {
  constructor(
    private readonly audit: AuditService,
    private readonly events: EventsService,
  ) {}

  async created(tx: SqlClient, change: ApiKeyChange & { after: AuthenticatedApiKey }): Promise<void> {
    await this.record(tx, 'api-key.created', change);
    await this.events.announce(tx, change.customerId, 'api_key.created', summaryOf(change.after));
  }

  /** Many at once. Nobody outside is told: their holders have them already. */
  async imported(tx: SqlClient, changes: readonly (ApiKeyChange & { after: AuthenticatedApiKey })[]): Promise<void> {
    const entries = changes.map((change) => entryOf('api-key.imported', change));
    await this.audit.recordAll(tx, entries);
  }

  async updated(tx: SqlClient, change: Required<ApiKeyChange>): Promise<void> {
    const { before, after } = change;
    if (before.isActive && !after.isActive) return this.revoked(tx, 'api-key.deactivated', change);
    await this.record(tx, before.isActive === after.isActive ? 'api-key.updated' : 'api-key.reactivated', change);
  }

  async deleted(tx: SqlClient, change: ApiKeyChange & { before: AuthenticatedApiKey }): Promise<void> {
    await this.record(tx, 'api-key.deleted', change);
    const data = { ...summaryOf(change.before), reason: 'deleted' };
    await this.events.announce(tx, change.customerId, 'api_key.revoked', data);
  }

  async restored(tx: SqlClient, change: ApiKeyChange & { after: AuthenticatedApiKey }): Promise<void> {
    await this.record(tx, 'api-key.restored', change);
  }

  /** What was deleted is gone for good. */
  async purged(tx: SqlClient, change: ApiKeyChange & { before: AuthenticatedApiKey }): Promise<void> {
    await this.record(tx, 'api-key.purged', change);
  }

  async rotated(
    tx: SqlClient,
    change: Required<ApiKeyChange>,
    successor: { id: string; graceEndsAt: Date },
  ): Promise<void> {
    await this.record(tx, 'api-key.rotated', change);
    const data = { ...summaryOf(change.before), successorId: successor.id, graceEndsAt: successor.graceEndsAt };
    await this.events.announce(tx, change.customerId, 'api_key.rotated', data);
  }

  /** Somebody has it who should not; it is not accepted any more, unless it was a decoy, which never is. */
  async leaked(tx: SqlClient, change: Required<ApiKeyChange>, leak: Leak): Promise<void> {
    const { customerId, actor, before, after } = change;
    const target = { type: 'api-key', id: before.id } as const;
    const found = {
      source: leak.source,
      url: leak.url ?? null,
      ip: leak.ip ?? null,
      userAgent: leak.userAgent ?? null,
    };
    await this.audit.record(tx, { customerId, actor, action: 'api-key.leaked', target, after: found });
    const { source, url, ip, userAgent } = leak;
    await this.events.announce(tx, customerId, 'api_key.leaked', {
      ...summaryOf(before),
      source,
      ...(url === undefined ? {} : { url }),
      ...(ip === undefined ? {} : { ip }),
      ...(userAgent === undefined ? {} : { userAgent }),
    });
    if (before.isActive && !after.isActive) await this.revoked(tx, 'api-key.deactivated', change);
  }

  private async revoked(tx: SqlClient, action: AuditAction, change: Required<ApiKeyChange>): Promise<void> {
    await this.record(tx, action, change);
    const data = { ...summaryOf(change.before), reason: change.after.deactivatedReason ?? 'deactivated' };
    await this.events.announce(tx, change.customerId, 'api_key.revoked', data);
  }

  private async record(tx: SqlClient, action: AuditAction, change: ApiKeyChange): Promise<void> {
    await this.audit.record(tx, entryOf(action, change));
  }
}

const entryOf = (action: AuditAction, { customerId, actor, before, after }: ApiKeyChange): AuditEntry => ({
  customerId,
  actor,
  action,
  target: { type: 'api-key', id: (after ?? before)?.id ?? '' },
  ...(before && { before: chosenOf(before) }),
  ...(after && { after: chosenOf(after) }),
});

const summaryOf = ({
  id,
  name,
  preview,
}: AuthenticatedApiKey): { apiKeyId: string; name: string; preview: string | null } => ({
  apiKeyId: id,
  name,
  preview,
});

/** What somebody decided about the key; when and from where it was used is no decision. */
function chosenOf(key: AuthenticatedApiKey): Record<string, unknown> {
  const { id: _, lastUsedAt: _at, lastUsedIp: _ip, lastUsedUserAgent: _agent, createdAt: _created, ...chosen } = key;
  return chosen;
}
