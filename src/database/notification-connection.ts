import { Socket } from 'node:net';
import { Client } from 'pg';

const CONNECT_TIMEOUT_MS = 5_000;
/** How long a notification to ourselves may take before we conclude that none arrive. */
const PROOF_TIMEOUT_MS = 2_000;
const PROOF_CHANNEL = 'webhooks_proof';
/** How long any other answer may take: of a connection that has fallen silent, none comes. */
const ANSWER_TIMEOUT_MS = 5_000;
/** How long the other side may take to say goodbye. */
const CLOSE_TIMEOUT_MS = 1_000;
const HEARTBEAT_MS = 250;
/** A connection that has not answered for this long is dead, whatever the network says. */
const DEAD_MS = 750;

/** What one connection tells. */
export interface NotificationHandlers {
  notified(channel: string, payload: string): void;
  /** It is over, for whatever reason. Called once. */
  lost(): void;
}

/**
 * One connection that listens. Its heartbeat tells up to when everything that was committed has been heard: PostgreSQL
 * hands out notifications before the answer to a query that came later, so an answer is proof of what lay before it.
 */
export class NotificationConnection {
  private readonly socket = new Socket();
  private readonly client: Client;
  private heardUpTo = Number.NEGATIVE_INFINITY;
  private heartbeat: NodeJS.Timeout | undefined;
  private isOver = false;

  constructor(
    private readonly url: string,
    private readonly handlers: NotificationHandlers,
  ) {
    // A socket of our own: when the other side is silent, the client can only wait for it, and we do not want to.
    this.client = this.newClient('webhooks notifications', () => this.socket);
    this.client.on('error', () => this.end());
    this.client.on('end', () => this.end());
    this.client.on('notification', ({ channel, payload = '' }) => handlers.notified(channel, payload));
  }

  /**
   * A time of `performance.now()`: what was committed before it has been heard. It lies in the past for good when the
   * connection is away, or when notifications do not get through.
   */
  get currentAt(): number {
    return this.heardUpTo;
  }

  /** @returns whether notifications get through @throws Error when the database cannot be reached */
  async open(channels: Iterable<string>): Promise<boolean> {
    await this.client.connect();
    for (const channel of channels) await this.listen(channel);
    return this.prove();
  }

  async listen(channel: string): Promise<void> {
    await this.client.query(`LISTEN ${this.client.escapeIdentifier(channel)}`);
  }

  /** Begins to ask, again and again, whether the connection is alive. */
  startHeartbeat(): void {
    if (this.isOver || this.heartbeat !== undefined) return;
    let askedAt: number | undefined;
    const beat = (): void => {
      const now = performance.now();
      if (askedAt !== undefined) {
        const awaited = askedAt;
        // A process that was busy itself finds the answer before this comes to its turn.
        if (now - awaited >= DEAD_MS) setImmediate(() => awaited === askedAt && this.end());
        return;
      }
      askedAt = now;
      this.client.query('SELECT 1').then(
        () => {
          if (!this.isOver) this.heardUpTo = now;
          askedAt = undefined;
        },
        () => this.end(),
      );
    };
    this.heartbeat = setInterval(beat, HEARTBEAT_MS).unref();
    beat();
  }

  /** Closes it in an orderly way, unless the other side does not answer. */
  async close(): Promise<void> {
    this.isOver = true;
    this.forget();
    const timer = setTimeout(() => this.socket.destroy(), CLOSE_TIMEOUT_MS);
    await this.client.end().catch(() => undefined);
    clearTimeout(timer);
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.forget();
    this.socket.destroy();
    this.handlers.lost();
  }

  private forget(): void {
    clearInterval(this.heartbeat);
    this.heardUpTo = Number.NEGATIVE_INFINITY;
  }

  /**
   * A proxy that pools by transaction takes LISTEN and delivers nothing. So the proof comes from another connection:
   * through such a proxy, one's own would be answered while it still holds the right server connection.
   */
  private async prove(): Promise<boolean> {
    await this.client.query(`LISTEN ${PROOF_CHANNEL}`);
    const arrived = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), PROOF_TIMEOUT_MS);
      this.client.on('notification', ({ payload }) => {
        if (payload !== proof) return;
        clearTimeout(timer);
        resolve(true);
      });
    });
    const proof = String(process.hrtime.bigint());
    const other = this.newClient('webhooks notifications: proof');
    other.on('error', () => undefined);
    try {
      await other.connect();
      await other.query('SELECT pg_notify($1, $2)', [PROOF_CHANNEL, proof]);
    } finally {
      await other.end().catch(() => undefined);
    }
    const isProven = await arrived;
    await this.client.query(`UNLISTEN ${PROOF_CHANNEL}`);
    return isProven;
  }

  private newClient(name: string, stream?: () => Socket): Client {
    return new Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
      keepAlive: true,
      application_name: name,
      ...(stream === undefined ? {} : { stream }),
    });
  }
}
