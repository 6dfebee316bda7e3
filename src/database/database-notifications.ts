import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DATABASE_OPTIONS, type DatabaseOptions } from './database.options';
import { NotificationConnection } from './notification-connection';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** Called with what a notification says; with undefined whenever some may have been missed. */
export type NotificationListener = (payload: string | undefined) => void;

/**
 * PostgreSQL's NOTIFY, over one connection of its own. A notification can be missed while that connection is away, so
 * listeners are called at every (re)connect too. Whoever listens must also look by itself now and then, or ask
 * {@link currentAt} how far it can rely on what it heard.
 */
@Injectable()
export class DatabaseNotifications implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Notifications');
  private readonly listeners = new Map<string, NotificationListener[]>();
  private connection: NotificationConnection | undefined;
  /** The connection, once it listens and notifications have been seen to get through. */
  private proven: NotificationConnection | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pauseMs = FIRST_PAUSE_MS;
  private isStarted = false;
  private isStopped = false;
  private needsHeartbeat = false;

  constructor(@Inject(DATABASE_OPTIONS) private readonly options: DatabaseOptions) {}

  /** Calls the listener when the channel is notified, and whenever notifications may have been missed. */
  listen(channel: string, listener: NotificationListener): void {
    const isNew = !this.listeners.has(channel);
    this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), listener]);
    // One more channel on a connection that is there: it begins anew, so that there is one way to begin.
    if (this.isStarted && isNew) this.restart();
  }

  /** From now on, {@link currentAt} tells something. */
  keepCurrent(): void {
    this.needsHeartbeat = true;
    this.proven?.startHeartbeat();
  }

  /**
   * A time of `performance.now()`: listeners have been told of everything that was committed before it. It goes on by
   * itself a few times a second, and stands still while the connection is away or does not answer.
   */
  get currentAt(): number {
    return this.proven?.currentAt ?? Number.NEGATIVE_INFINITY;
  }

  onApplicationBootstrap(): void {
    this.isStarted = true;
    if (this.listeners.size > 0) this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.proven = undefined;
    await this.connection?.close();
  }

  private restart(): void {
    const { connection } = this;
    clearTimeout(this.timer);
    this.proven = undefined;
    this.connection = undefined;
    void connection?.close();
    this.connect();
  }

  private connect(): void {
    if (this.isStopped) return;
    this.timer = undefined;
    const connection = new NotificationConnection(this.options.directUrl, {
      notified: (channel, payload) => this.call(channel, payload),
      lost: () => this.reconnect(connection),
    });
    this.connection = connection;
    this.subscribe(connection).catch(() => this.reconnect(connection));
  }

  private async subscribe(connection: NotificationConnection): Promise<void> {
    const getsThrough = await connection.open([...this.listeners.keys()]);
    if (this.connection !== connection) return;
    this.pauseMs = FIRST_PAUSE_MS;
    for (const channel of this.listeners.keys()) this.call(channel, undefined);
    if (getsThrough) {
      this.proven = connection;
      if (this.needsHeartbeat) connection.startHeartbeat();
      return;
    }
    this.logger.warn(
      'PostgreSQL notifications do not arrive: is there a transaction-pooling proxy? Set DATABASE_DIRECT_URL to a ' +
        'connection around it. Until then, events of transactions are found by looking once a second, and API keys ' +
        'are looked up with every request.',
    );
  }

  private reconnect(connection: NotificationConnection): void {
    if (this.isStopped || this.connection !== connection) return;
    this.connection = undefined;
    this.proven = undefined;
    void connection.close();
    this.timer = setTimeout(() => this.connect(), this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }

  private call(channel: string, payload: string | undefined): void {
    for (const listener of this.listeners.get(channel) ?? []) listener(payload);
  }
}
