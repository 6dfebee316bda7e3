/** Who makes a change. */
export interface Actor {
  type: 'user' | 'api-key' | 'operator' | 'cli' | 'system';
  /** Which one, where there are several. */
  id?: string;
}

/** One change, as the audit log keeps it. It must hold no key, digest or secret. */
export interface AuditEntry {
  customerId: string;
  actor: Actor;
  /** `customer.retention-changed`, … */
  action: string;
  target: { type: string; id: string };
  before?: object;
  after?: object;
}

/** The transaction that a change is made in, by its shape. */
export interface AuditTransaction {
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
}
