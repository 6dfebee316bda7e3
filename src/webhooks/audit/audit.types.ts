/** Kinds of those who make changes. */
export const ACTOR_TYPES = ['user', 'api-key', 'operator', 'cli', 'system'] as const;

/** Kinds of what is changed. */
export const AUDIT_TARGETS = ['customer', 'api-key', 'endpoint', 'event', 'replay'] as const;

/** Everything that is written down: what was changed, and how. docs/audit-log.md says when. */
export const AUDIT_ACTIONS = [
  'customer.created',
  'customer.renamed',
  'customer.retention-changed',
  'customer.suspended',
  'customer.resumed',
  'customer.secrets-resealed',
  'customer.erasure-started',
  'customer.erased',
  'api-key.created',
  'api-key.imported',
  'api-key.updated',
  'api-key.deactivated',
  'api-key.reactivated',
  'api-key.rotated',
  'api-key.leaked',
  'api-key.deleted',
  'api-key.restored',
  'api-key.purged',
  'endpoint.created',
  'endpoint.updated',
  'endpoint.paused',
  'endpoint.activated',
  'endpoint.disabled',
  'endpoint.secret-rotated',
  'endpoint.deleted',
  'event.resent',
  'replay.created',
  'replay.cancelled',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
export type AuditTarget = (typeof AUDIT_TARGETS)[number];

/** Who makes a change. */
export interface Actor {
  type: (typeof ACTOR_TYPES)[number];
  /** Which one, where there are several. */
  id?: string;
}

/** One change, to be written down. It must hold no key, digest or secret. */
export interface AuditEntry {
  customerId: string;
  actor: Actor;
  action: AuditAction;
  target: { type: AuditTarget; id: string };
  /** Of a change from one to the other, only the fields that differ are kept. */
  before?: object;
  after?: object;
  /** Fields that have changed though what is shown of them has not: they are kept in any case. */
  hidden?: readonly string[];
}

/** One change, as it is read. */
export interface AuditLogEntry {
  id: string;
  actor: { type: string; id: string | null };
  action: string;
  target: { type: string; id: string };
  before: object | null;
  after: object | null;
  createdAt: Date;
}

/** Which changes to list. */
export interface AuditFilter {
  actorType?: Actor['type'] | undefined;
  actorId?: string | undefined;
  action?: AuditAction | undefined;
  targetType?: AuditTarget | undefined;
  targetId?: string | undefined;
  /** Made at this time or later. */
  from?: Date | undefined;
  /** Made before this time. */
  to?: Date | undefined;
}

/** The transaction that a change is made in, by its shape. */
export interface AuditTransaction {
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
}
