import { Module, type LoggerService, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import supertest, { type Test } from 'supertest';
import { PLATFORM_PERMISSIONS } from '../../src/app.module';
import { serveApiDocs } from '../../src/service/api-docs';
import { configureHttp } from '../../src/service/http-server';
import {
  ApiKeysService,
  CustomersService,
  WebhooksModule,
  WebhooksService,
  type WebhooksModuleOptions,
} from '../../src/webhooks';
import type { EventDetail } from '../../src/webhooks/events/events.repository';
import { createTestDatabase, type TestDatabase } from './database';
import { waitFor } from './wait-for';

/** What a suite may ask for. Everything else is as in the product, but with shorter times. */
export interface ServiceOverrides extends Partial<Omit<WebhooksModuleOptions, 'database' | 'queue'>> {
  /** A database that is there already: the service of another start, say. Its owner drops it. */
  database?: TestDatabase;
  /** Another way to the same database. */
  databaseUrl?: string;
  databaseQueryTimeoutMs?: number;
  /** Another way to it for what listens. */
  directUrl?: string;
  redisUrl?: string | undefined;
  /** Modules and controllers of a host application. */
  host?: Pick<ModuleMetadata, 'imports' | 'controllers'>;
}

/** The methods that requests are made with. */
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A customer with an API key, and requests with that key. */
export interface TestCustomer {
  id: string;
  userId: string;
  key: string;
  keyId: string;
  request(method: Method, path: string, body?: object): Test;
  /** Registers an endpoint. */
  endpoint(url: string, more?: object): Promise<{ id: string; secret: string }>;
  /** A delivery as the API shows it. */
  delivery(id: string): Promise<EventDetail>;
  /** Emits over HTTP. */
  emit(data?: object, event?: string): Promise<{ messageId: string; eventIds: string[] }>;
}

/** One delivery as it is in the table. */
export interface EventRow {
  id: string;
  status: 'PENDING' | 'SENT' | 'FAILED';
  attempts: number;
  round: number;
  lastError: string | null;
  heldReason: string | null;
  processedAt: Date | null;
  nextAttemptAt: Date | null;
  enqueueAfter: Date | null;
  body: string;
}

/** A running service, in this process. */
export interface TestService {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly port: number;
  readonly database: TestDatabase;
  /** What the queue's names begin with. */
  readonly queuePrefix: string;
  readonly webhooks: WebhooksService;
  /** Everything that was logged, a line each. */
  readonly logs: readonly string[];
  /** A request without credentials. */
  request(method: Method, path: string, body?: object): Test;
  customer(permissions?: string[], limits?: { userId?: string }): Promise<TestCustomer>;
  /** Rows of a statement, past the service. */
  sql<Row = Record<string, unknown>>(text: string, ...values: unknown[]): Promise<Row[]>;
  event(id: string): Promise<EventRow>;
  /** Waits until the delivery is SENT or FAILED. */
  settled(id: string, timeoutMs?: number): Promise<EventRow>;
  /** Rows of each table. */
  rowCounts(): Promise<Record<string, number>>;
  /** Stops the service, but leaves its database. */
  close(): Promise<void>;
  /** Stops the service and removes its database. */
  stop(): Promise<void>;
}

/** The secret that signs the platform's tokens in tests. */
export const JWT_SECRET = 'a secret of thirty-two bytes, for tests only';
export const OPERATOR_TOKEN = 'operator-token-for-tests-0123456789';

@Module({})
class TestHost {}

/** Starts the service as src/service/run-service.ts does, on a database of its own and a free port. */
export async function startService(overrides: ServiceOverrides = {}): Promise<TestService> {
  const {
    database: given,
    databaseUrl,
    directUrl,
    databaseQueryTimeoutMs: queryTimeoutMs,
    redisUrl,
    host = {},
    ...options
  } = overrides;
  const database = given ?? (await createTestDatabase());
  const queuePrefix = new URL(database.url).pathname.slice(1);
  const logger = new MemoryLogger();
  const module = WebhooksModule.forRoot({
    secretsKey: Buffer.alloc(32, 7).toString('base64'),
    auth: { secret: JWT_SECRET },
    operatorToken: OPERATOR_TOKEN,
    permissions: PLATFORM_PERMISSIONS,
    ...options,
    database: { url: databaseUrl ?? database.url, directUrl, queryTimeoutMs },
    queue: { prefix: queuePrefix, ...(redisUrl === undefined ? {} : { redisUrl }) },
    // The lease is long, so that the queue alone has to do the work unless a suite says otherwise.
    delivery: {
      allowHttp: true,
      allowedCidrs: ['127.0.0.0/8'],
      timeoutMs: 1_000,
      leaseMs: 60_000,
      ...options.delivery,
    },
  });
  const root = { module: TestHost, controllers: host.controllers ?? [], imports: [module, ...(host.imports ?? [])] };
  const settings = { logger, abortOnError: false, bodyParser: false };
  const app = await NestFactory.create<NestExpressApplication>(root, settings);
  configureHttp(app, options.delivery?.maxPayloadBytes ?? 262_144);
  serveApiDocs(app);
  await app.listen(0, '127.0.0.1');
  const reader = new Pool({ connectionString: database.url, max: 3 });
  // A test may end its connections; the next query opens others.
  reader.on('error', () => undefined);
  return assemble({ app, database, queuePrefix, logs: logger.lines, reader, owned: given === undefined });
}

interface Parts {
  app: NestExpressApplication;
  database: TestDatabase;
  queuePrefix: string;
  logs: string[];
  reader: Pool;
  owned: boolean;
}

function assemble({ app, database, queuePrefix, logs, reader, owned }: Parts): TestService {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const sql = async <Row>(text: string, ...values: unknown[]): Promise<Row[]> =>
    (await reader.query(text, values)).rows as Row[];
  const request = (method: Method, path: string, body?: object): Test => {
    const test = supertest(url)[method](path);
    return body === undefined ? test : test.send(body);
  };
  const event = async (id: string): Promise<EventRow> => {
    const [row] = await sql<EventRow>('SELECT *, payload::text AS body FROM webhooks."WebhookEvent" WHERE id = $1', id);
    if (row === undefined) throw new Error(`There is no event ${id}.`);
    return row;
  };
  const close = async (): Promise<void> => {
    await app.close();
    await reader.end();
  };
  return {
    app,
    url,
    port,
    database,
    queuePrefix,
    webhooks: app.get(WebhooksService),
    logs,
    request,
    sql,
    event,
    customer: (permissions = ['*'], { userId } = {}) => createCustomer(app, request, permissions, userId),
    settled: (id, timeoutMs) =>
      waitFor(
        `event ${id} is SENT or FAILED`,
        async () => {
          const row = await event(id);
          return row.status !== 'PENDING' && row;
        },
        timeoutMs,
      ),
    rowCounts: () => countRows(sql),
    close,
    stop: async () => {
      await close();
      if (owned) await database.drop();
    },
  };
}

async function createCustomer(
  app: NestExpressApplication,
  anonymous: TestService['request'],
  permissions: string[],
  userId = `user-${randomBytes(4).toString('hex')}`,
): Promise<TestCustomer> {
  const { id } = await app
    .get(CustomersService)
    .ensure({ id: `customer-${randomBytes(4).toString('hex')}`, userId, name: 'Acme' });
  const { key, id: keyId } = await app.get(ApiKeysService).create(id, { name: 'first', permissions });
  const request: TestCustomer['request'] = (...call) => anonymous(...call).set('X-API-Key', key);
  return {
    id,
    userId,
    key,
    keyId,
    request,
    endpoint: async (url, more = {}) => {
      const { body } = await request('post', '/webhook-endpoints', { url, ...more }).expect(201);
      return body as { id: string; secret: string };
    },
    delivery: async (id) => (await request('get', `/webhook-events/${id}`).expect(200)).body as EventDetail,
    emit: async (data = { content: 'Hello!' }, event = 'message.received') => {
      const { body } = await request('post', '/webhook-events', { event, data }).expect(202);
      return body as { messageId: string; eventIds: string[] };
    },
  };
}

const TABLES = ['User', 'Customer', 'APIKey', 'WebhookEndpoint', 'WebhookMessage', 'WebhookEvent', 'WebhookAttempt'];

async function countRows(sql: TestService['sql']): Promise<Record<string, number>> {
  const counts = TABLES.map((name) => `(SELECT count(*)::int FROM webhooks."${name}") AS "${name}"`);
  const [row] = await sql<Record<string, number>>(`SELECT ${counts.join(', ')}`);
  return row ?? {};
}

class MemoryLogger implements LoggerService {
  readonly lines: string[] = [];
  readonly log = this.write.bind(this);
  readonly error = this.write.bind(this);
  readonly warn = this.write.bind(this);
  readonly fatal = this.write.bind(this);

  private write(...parts: unknown[]): void {
    this.lines.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
  }
}
