import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { call, PLATFORM, putCustomer, succeed } from '../../support/process-client';
import { launch, makeDataDir, stop, whenReady, type Program, type Service } from '../../support/process-service';
import { until } from '../../support/process-until';
import { startRedis, type TestRedis } from '../../support/redis';
import type { EmitterOrders } from './emitter.program';
import { HOSTILE_PATHS, Ledger, type Entry } from './ledger';
import { startPostgres, type ChaosPostgres } from './postgres';
import { seededRandom } from './random';
import { isShort, type Form, type QueueBackend } from './scenario';

const REGISTER = join(__dirname, '../../support/register-typescript.js');

/** Attempts that one worker makes at once. With the receiver's delay it makes 300 a second. */
const CONCURRENCY = 60;
/** Deliveries that a worker has in its hands at most, waiting for a slot or to be written down included. */
export const IN_HAND = 4 * CONCURRENCY;
const ANSWER_DELAY_MS = 200;
/** A fault strikes only when so many are on their way. */
const MIN_IN_FLIGHT = 100;
const POLL_MS = 50;
/** Crowds come in few requests, or a slow machine would deliver them as fast as it takes them in. */
const CROWD_BATCH = 50;
const LOAD_MS = 60_000;

/** A process of the service. */
export interface Node extends Service {
  readonly role: Role;
}
type Role = 'api' | 'worker' | 'all';

/** A node's start. */
export interface NodeOptions {
  env?: Record<string, string>;
  /** A file it loads first. */
  preload?: string;
  /** Another build than the scenario's. */
  dist?: string;
}

/** A customer of the scenario. */
export interface Customer {
  id: string;
  key: string;
  userId: string;
}

interface Receiver {
  program: Program;
  url: string;
}

/** Emits under way. */
export interface Emission {
  /** Resolves when all are accepted. */
  done: Promise<void>;
}

/** The real processes of one scenario, the load on them, and the files in which receiver and emitters write. */
export class Stage {
  readonly ledger = new Ledger();
  readonly random: () => number;
  readonly problems: string[] = [];
  readonly delays: string[] = [];
  readonly notes: string[] = [];
  readonly strikes: { inFlight: number; held: Entry[]; mendedAt: number }[] = [];
  readonly nodes = new Set<Node>();
  /** Endpoints whose deliveries end FAILED. */
  readonly failing = new Set<string>();
  /** Only a crash allows any, and then no more than what was under way. */
  duplicatesAllowed = 0;
  private opened: { postgres: ChaosPostgres; answerDelayMs: number } | undefined;
  private readonly receivers = new Map<string, Receiver>();
  redis: TestRedis | undefined;
  redisPort = 0;
  /** For files; removed at the end. */
  folder = '';
  private readonly emitters: { program: Program; done: Promise<void> }[] = [];
  private files = 0;
  private readonly endings: (() => void)[] = [];

  /** What limits on times are multiplied with: a CI machine does many other things at the same time. */
  get tolerance(): number {
    return isShort(this.form) ? 3 : 1;
  }

  constructor(
    readonly form: Form,
    readonly queue: QueueBackend,
    salt: number,
  ) {
    this.random = seededRandom(form.seed * 1_000 + salt);
  }

  /** PostgreSQL, and Redis if the queue is there. */
  async open({ dataDir, answerDelayMs = ANSWER_DELAY_MS }: { dataDir?: string; answerDelayMs?: number } = {}) {
    this.folder = await makeDataDir();
    const [postgres, redis] = await Promise.all([
      startPostgres(dataDir ?? this.folder),
      this.queue === 'redis' ? startRedis() : undefined,
    ]);
    if (redis === null) throw new Error('There is no redis-server program');
    this.redis = redis;
    this.redisPort = redis === undefined ? 0 : Number(new URL(redis.url).port);
    this.opened = { postgres, answerDelayMs };
  }

  /** Starts a node of the service and waits until it is ready. */
  async node(role: Role, options: NodeOptions = {}): Promise<Node> {
    const { dist = this.form.dist, env = {} } = options;
    const preloads = [options.preload, this.form.preload].filter((path) => path !== undefined);
    const program = launch([join(dist, 'main.js')], {
      ...this.environment(),
      ROLE: role,
      PORT: '0',
      CHAOS_DIST: dist,
      ...(preloads.length === 0 ? {} : { NODE_OPTIONS: preloads.map((path) => `--require ${path}`).join(' ') }),
      ...env,
    });
    const node = Object.assign(await whenReady(program), { role });
    this.nodes.add(node);
    void node.exited.then(() => this.nodes.delete(node));
    return node;
  }

  /** Starts several at the same time. */
  async start(...roles: Role[]): Promise<Node[]> {
    return Promise.all(roles.map((role) => this.node(role)));
  }

  /** The settings that all processes of the service share. */
  environment(): Record<string, string> {
    return {
      DATABASE_URL: this.postgres.url,
      ...(this.redis === undefined ? {} : { REDIS_URL: this.redis.url }),
      DATA_DIR: this.folder,
      SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
      ...PLATFORM,
      LOG_LEVEL: 'warn',
      WEBHOOK_CONCURRENCY: String(CONCURRENCY),
    };
  }

  /** A new customer, made over the REST API of any node. */
  async customer(name: string): Promise<Customer> {
    const { customerId: id, userId, apiKey } = await putCustomer(this.api().url, name);
    return { id, key: apiKey.key, userId };
  }

  /** Registers a path of the receiver. */
  async endpoint({ key }: Customer, path: string, more: object = {}): Promise<{ id: string }> {
    const receiver = await this.receiver(HOSTILE_PATHS.includes(path) ? 'hostile' : 'proper');
    const body = { url: `${receiver.url}${path}`, ...more };
    const answer = call('POST', `${this.api().url}/webhook-endpoints`, key, body);
    const id = String((await succeed(answer, 201))['id']);
    if (path === '/dead' || HOSTILE_PATHS.includes(path)) this.failing.add(id);
    return { id };
  }

  /** Starts an emitter. */
  emit(customer: Customer, orders: Partial<EmitterOrders> = {}): Emission {
    const file = this.newFile('emitter');
    const urls = [...this.nodes].filter(({ role }) => role !== 'worker').map(({ url }) => url);
    const complete: EmitterOrders = {
      file,
      urls,
      key: customer.key,
      names: ['message.received'],
      events: this.form.events,
      batch: CROWD_BATCH,
      requests: 4,
      perSecond: 0,
      run: `${customer.id}-${this.files}`,
      ...orders,
    };
    const args = ['-r', REGISTER, join(__dirname, 'emitter.program.ts'), JSON.stringify(complete)];
    const program = launch(args, {});
    const done = program.exited.then(({ code }) => {
      if (code !== 0) throw new Error(`The emitter ended with ${code}: ${program.output.stderr}`);
    });
    // A scenario that fails before it waits for it says why by itself.
    done.catch(() => undefined);
    this.emitters.push({ program, done });
    return { done };
  }

  /** Emits a part at once, so that many are in flight, and the rest evenly over a time. */
  emitOver(customer: Customer, seconds: number, orders: Partial<EmitterOrders> = {}): void {
    const burst = Math.ceil(0.4 * this.form.events);
    const rest = this.form.events - burst;
    this.emit(customer, { ...orders, events: burst });
    this.emit(customer, { ...orders, events: rest, perSecond: Math.ceil(rest / seconds), batch: 10 });
  }

  /** Waits for the load that a fault needs, at a moment that the seed gives. */
  async underLoad({ events = this.form.events, minInFlight = MIN_IN_FLIGHT } = {}): Promise<Entry[]> {
    const share = 0.2 + 0.15 * this.random();
    return until(`${minInFlight} deliveries are in flight`, LOAD_MS, async () => {
      const { promised, inFlight } = await this.ledger.read();
      return promised.length >= share * events && inFlight.length >= minInFlight && inFlight;
    });
  }

  /** Strikes under load. The fault is over when `fault` resolves; from then on recovery is counted. */
  async strike(fault: () => Promise<unknown>, load: { minInFlight?: number } = {}): Promise<void> {
    const before = await this.underLoad(load);
    await fault();
    const mendedAt = Date.now();
    const { inFlight } = await this.ledger.read();
    this.strikes.push({ inFlight: before.length, held: [...new Set([...before, ...inFlight])], mendedAt });
  }

  /** Kills a node as `kill -9` does. */
  async kill(node: Node): Promise<void> {
    node.kill('SIGKILL');
    await node.exited;
  }

  /** Stops a node in good order, and says so when it did not. */
  async stop(node: Node): Promise<void> {
    const exit = await stop(node);
    this.expect(exit.code === 0, `${node.role} ended with ${String(exit.code ?? exit.signal)} on SIGTERM`);
    const { stderr } = node.output;
    this.expect(stderr === '', `${node.role} wrote to standard error: ${stderr.slice(0, 300)}`);
  }

  /** Writes down a problem when something does not hold. */
  expect(holds: boolean, problem: string): void {
    if (!holds) this.problems.push(problem);
  }

  /** Writes down what took longer than it may. */
  expectInTime(holds: boolean, delay: string): void {
    if (!holds) this.delays.push(delay);
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** Waits until all that was promised is delivered or FAILED, or nothing has moved for too long; then stops the nodes. */
  async settle(): Promise<void> {
    await this.untilStill();
    const alive = [...this.nodes];
    await Promise.all(alive.map((node) => this.stop(node)));
    await this.ledger.read();
  }

  /** Ends everything, whatever state it is in. */
  async close(): Promise<void> {
    for (const { program } of this.emitters) program.kill('SIGKILL');
    for (const node of this.nodes) node.kill('SIGKILL');
    await Promise.all([...this.nodes].map(({ exited }) => exited));
    for (const { program } of this.receivers.values()) program.kill('SIGTERM');
    await this.ledger.close();
    await this.redis?.stop();
    await this.opened?.postgres.stop('immediate').catch(() => undefined);
    for (const ending of this.endings) ending();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** What is done when everything has ended. */
  atTheEnd(ending: () => void): void {
    this.endings.push(ending);
  }

  /** Any node that answers the REST API. */
  api(): Node {
    const node = [...this.nodes].find(({ role }) => role !== 'worker');
    if (node === undefined) throw new Error('No node answers the REST API');
    return node;
  }

  get postgres(): ChaosPostgres {
    return this.running.postgres;
  }

  private get running(): NonNullable<typeof this.opened> {
    if (this.opened === undefined) throw new Error('The stage is not open');
    return this.opened;
  }

  get workers(): Node[] {
    return [...this.nodes].filter(({ role }) => role === 'worker');
  }

  private async untilStill(): Promise<void> {
    let last = { state: '', at: Date.now() };
    const emitted = { isDone: false };
    void Promise.allSettled(this.emitters.map(({ done }) => done)).then(() => (emitted.isDone = true));
    for (;;) {
      const { entries, inFlight } = await this.ledger.read();
      const open = await this.openRows();
      if (emitted.isDone && open === 0) return;
      const state = `${entries.size} ${inFlight.length} ${open}`;
      if (state !== last.state) last = { state, at: Date.now() };
      if (Date.now() - last.at > this.form.patienceMs) {
        this.problems.push(
          `nothing moved for ${this.form.patienceMs} ms: ${inFlight.length} in flight, ${open} PENDING`,
        );
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS * 4));
    }
  }

  private async openRows(): Promise<number> {
    const sql = `SELECT count(*)::int AS open FROM webhooks."WebhookEvent" WHERE status = 'PENDING'`;
    try {
      return (await this.postgres.sql<{ open: number }>(sql))[0]?.open ?? 0;
    } catch {
      // The database is still on its way back.
      return Number.NaN;
    }
  }

  /** Receivers of two kinds run apart, as those of two customers do: one that writes 100 MB holds up no other's answers. */
  private async receiver(kind: 'proper' | 'hostile'): Promise<Receiver> {
    const known = this.receivers.get(kind);
    if (known !== undefined) return known;
    const { answerDelayMs } = this.running;
    const file = this.newFile('receiver');
    const program = launch(['-r', REGISTER, join(__dirname, 'receiver.program.ts'), file, String(answerDelayMs)], {});
    const port = await until('the receiver listens', 10_000, () => /port (\d+)/.exec(program.output.stdout)?.[1]);
    const receiver = { program, url: `http://127.0.0.1:${port}` };
    this.receivers.set(kind, receiver);
    return receiver;
  }

  private newFile(kind: string): string {
    this.files += 1;
    const file = join(this.folder, `${kind}-${this.files}.log`);
    this.ledger.follow(file);
    return file;
  }
}
