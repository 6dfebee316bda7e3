import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { DATABASE_OPTIONS, type DatabaseOptions } from './database.options';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** How long a notification to ourselves may take before we conclude that none arrive. */
const PROOF_TIMEOUT_MS = 2_000;
const PROOF_CHANNEL = 'webhooks_proof';

/**
 * PostgreSQL's NOTIFY, over one connection of its own. A notification can be missed while that connection is away, so
 * listeners are called at every (re)connect too. Whoever listens must also look by itself now and then.
 */
@Injectable()
export class DatabaseNotifications implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Notifications');
  private readonly listeners = new Map<string, (() => void)[]>();
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pauseMs = FIRST_PAUSE_MS;
  private isStarted = false;
  private isStopped = false;

  constructor(@Inject(DATABASE_OPTIONS) private readonly options: DatabaseOptions) {}

  /** Calls the listener when the channel is notified, and whenever notifications may have been missed. */
  listen(channel: string, listener: () => void): void {
    this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), listener]);
    if (this.isStarted && this.client === undefined && this.timer === undefined) this.connect();
  }

  onApplicationBootstrap(): void {
    this.isStarted = true;
    if (this.listeners.size > 0) this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private connect(): void {
    const client = new Client({
      connectionString: this.options.directUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'webhooks notifications',
    });
    this.client = client;
    client.on('error', () => this.reconnect(client));
    client.on('end', () => this.reconnect(client));
    client.on('notification', ({ channel }) => this.call(channel));
    this.subscribe(client).catch(() => this.reconnect(client));
  }

  private async subscribe(client: Client): Promise<void> {
    await client.connect();
    for (const channel of this.listeners.keys()) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    await this.prove(client);
    this.pauseMs = FIRST_PAUSE_MS;
    for (const channel of this.listeners.keys()) this.call(channel);
  }

  /** A proxy that pools by transaction takes LISTEN and delivers nothing: better said than found out. */
  private async prove(client: Client): Promise<void> {
    await client.query(`LISTEN ${PROOF_CHANNEL}`);
    const arrived = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), PROOF_TIMEOUT_MS);
      client.once('notification', () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
    await client.query(`SELECT pg_notify('${PROOF_CHANNEL}', '')`);
    if (await arrived) return;
    this.logger.warn(
      'PostgreSQL notifications do not arrive: is there a transaction-pooling proxy? Set DATABASE_DIRECT_URL to a ' +
        'connection around it. Until then, events of transactions are found by looking once a second.',
    );
  }

  private reconnect(client: Client): void {
    if (this.isStopped || this.client !== client) return;
    this.client = undefined;
    client.end().catch(() => undefined);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.connect();
    }, this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }

  private call(channel: string): void {
    for (const listener of this.listeners.get(channel) ?? []) listener();
  }
}
