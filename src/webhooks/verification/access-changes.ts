import { Inject, Injectable } from '@nestjs/common';
import { DATABASE_OPTIONS, type DatabaseOptions } from '../../database/database.options';
import { DatabaseNotifications } from '../../database/database-notifications';

/** Notified by triggers of the database, see the migration `api_keys_lifecycle`. */
const CHANNEL = 'webhooks_access';
/** What was heard is relied on for this long after it was known to be complete; a heartbeat renews it. */
const TRUST_MS = 900;

/** What changes about access, whoever changes it. */
export interface AccessListener {
  keyChanged(keyId: string): void;
  customerChanged(customerId: string): void;
  anythingChanged(): void;
}

/** Hears of every change that decides who has access, in this process and elsewhere, by whatever means it is made. */
@Injectable()
export class AccessChanges {
  private listener: AccessListener | undefined;

  constructor(
    private readonly notifications: DatabaseNotifications,
    @Inject(DATABASE_OPTIONS) private readonly options: DatabaseOptions,
  ) {}

  /**
   * Whether everything has been heard that was committed more than a second ago. False while the connection to the
   * database is away or silent.
   */
  get isCurrent(): boolean {
    return performance.now() - this.notifications.currentAt < TRUST_MS;
  }

  get isListening(): boolean {
    return this.listener !== undefined;
  }

  /** Begins to listen. To be called once. */
  listen(listener: AccessListener): void {
    this.listener = listener;
    this.notifications.keepCurrent();
    this.notifications.listen(CHANNEL, (payload) => this.hear(payload, listener));
  }

  private hear(payload: string | undefined, listener: AccessListener): void {
    const change = payload === undefined ? undefined : parse(payload);
    // Another installation in the same database has its own schema.
    if (change !== undefined && change.schema !== this.options.schema) return;
    if (typeof change?.id !== 'string') listener.anythingChanged();
    else if (change.table === 'APIKey') listener.keyChanged(change.id);
    else listener.customerChanged(change.id);
  }
}

interface Change {
  schema?: unknown;
  table?: unknown;
  id?: unknown;
}

/** Anybody who is in the database may notify: what cannot be read counts as a change of everything. */
function parse(payload: string): Change | undefined {
  try {
    const change: unknown = JSON.parse(payload);
    return typeof change === 'object' && change !== null ? change : undefined;
  } catch {
    return undefined;
  }
}
