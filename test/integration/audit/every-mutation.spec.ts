import { createHash, randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { PlatformTokens } from '../../../src/auth/platform-tokens';
import { ApiKeysService } from '../../../src/webhooks';
import { bulkRows, daysAgo } from '../../support/bulk-rows';
import { dumpAllTables } from '../../support/dump';
import { signed, signingKey, startKeyServer, type KeyServer } from '../../support/github-keys';
import { closeReceivers } from '../../support/receivers';
import { recordingReceiver } from '../../support/recording-receiver';
import { routesOf, type Route } from '../../support/routes';
import { OPERATOR_TOKEN, startService, type TestCustomer, type TestService } from '../../support/test-service';

jest.setTimeout(60_000);

/** A call that changes something, and what the audit log says of it. */
interface Case {
  /** The path's id: something that can be changed, made anew each time. */
  id?: () => Promise<string>;
  body?: object | ((id: string) => object);
  status: number;
  /** A row each; none for what is no change of what somebody configured. */
  actions: readonly string[];
}

/** Who calls. */
interface Caller {
  token: string;
  actorType: 'api-key' | 'user' | 'operator' | 'system';
  actorId: string | null;
}

interface Row {
  id: string;
  customerId: string;
  actorType: string;
  actorId: string | null;
  action: string;
  targetType: string;
  targetId: string;
}

const SINCE = '2020-01-01T00:00:00Z';
const HEADER_VALUE = 'Basic aGVhZGVyLXZhbHVlLW9mLWEtY3VzdG9tZXI=';
/** The guard of the route that is open to whoever signs, and what stands for a signature here. */
const SIGNED = 'GithubSignatureGuard';
const MUTATING = ['post', 'put', 'patch', 'delete'];

let service: TestService;
let owner: TestCustomer;
let url: string;
let github: KeyServer;
/** Signs as GitHub does; anything else that is presented is signed by the other one. */
const [githubKey, otherKey] = [signingKey(), signingKey()];
/** API keys by their ids. */
const keysById = new Map<string, string>();
/** Everything secret that callers sent or got. */
const secrets = new Set<string>([OPERATOR_TOKEN, HEADER_VALUE]);

// Nothing is delivered or cleared away here: rows change by requests alone.
beforeAll(async () => {
  github = await startKeyServer(githubKey);
  service = await startService({
    role: 'api',
    limits: { apiKeysPerCustomer: 1_000, endpointsPerCustomer: 1_000 },
    apiKeys: { githubKeysUrl: github.url },
  });
  ({ url } = await recordingReceiver());
  owner = await service.customer();
});
afterAll(async () => {
  await closeReceivers();
  await service.stop();
  await github.close();
});

const keys = (): ApiKeysService => service.app.get(ApiKeysService);

async function apiKey(permissions = ['*']): Promise<{ id: string; key: string }> {
  const created = await keys().create(owner.id, { name: 'a key', permissions });
  secrets.add(created.key);
  keysById.set(created.id, created.key);
  return created;
}
const apiKeyId = async (): Promise<string> => (await apiKey()).id;
async function deletedKeyId(): Promise<string> {
  const { id } = await apiKey();
  await keys().delete(owner.id, id);
  return id;
}
const endpointId = async (): Promise<string> => {
  const { id, secret } = await owner.endpoint(url, { headers: { Authorization: HEADER_VALUE } });
  secrets.add(secret);
  return id;
};
async function failedId(): Promise<string> {
  const to = await endpointId();
  await bulkRows(service, { customerId: owner.id, endpointId: to, count: 1, at: daysAgo(1), status: 'FAILED' });
  const [row] = await service.sql<{ id: string }>('SELECT id FROM webhooks."WebhookEvent" WHERE "endpointId" = $1', to);
  return row?.id ?? '';
}
async function replayId(): Promise<string> {
  // Replays that run are few per customer.
  await service.sql(`UPDATE webhooks."WebhookReplay" SET status = 'CANCELLED' WHERE "customerId" = $1`, owner.id);
  const { body } = await owner.request('post', '/webhook-replays', { from: SINCE }).expect(202);
  return (body as { id: string }).id;
}
const customerId = async (): Promise<string> => (await service.customer()).id;
async function suspendedId(): Promise<string> {
  const id = await customerId();
  await service
    .request('post', `/customers/${id}/suspend`, {})
    .set('Authorization', `Bearer ${OPERATOR_TOKEN}`)
    .expect(200);
  return id;
}

const event = { event: 'message.received', data: { content: 'Hello!' } };
const CASES: Readonly<Record<string, Case>> = {
  'PUT /customers/:id': {
    id: () => Promise.resolve(`new-${randomUUID()}`),
    body: { userId: 'u', name: 'New', retention: { payloadDays: 3 } },
    status: 200,
    actions: ['customer.created', 'customer.retention-changed'],
  },
  'POST /customers/:id/suspend': {
    id: customerId,
    body: { reason: 'unpaid' },
    status: 200,
    actions: ['customer.suspended'],
  },
  'POST /customers/:id/resume': { id: suspendedId, status: 200, actions: ['customer.resumed'] },
  'DELETE /customers/:id': { id: customerId, status: 202, actions: ['customer.erasure-started'] },
  'POST /api-keys': { body: { name: 'new', permissions: ['*'] }, status: 201, actions: ['api-key.created'] },
  'PATCH /api-keys/:id': { id: apiKeyId, body: { name: 'renamed' }, status: 200, actions: ['api-key.updated'] },
  'POST /api-keys/:id/deactivate': { id: apiKeyId, status: 200, actions: ['api-key.deactivated'] },
  'POST /api-keys/:id/rotate': { id: apiKeyId, body: {}, status: 201, actions: ['api-key.rotated'] },
  'POST /api-keys/:id/restore': { id: deletedKeyId, status: 200, actions: ['api-key.restored'] },
  'DELETE /api-keys/:id': { id: apiKeyId, status: 204, actions: ['api-key.deleted'] },
  'POST /me/revoke': { status: 200, actions: ['api-key.deactivated'] },
  'POST /leaked-keys/github': {
    id: apiKeyId,
    body: (id) => [{ token: keysById.get(id), type: 'chatbot_api_key', url: 'https://example.com/', source: 'commit' }],
    status: 200,
    actions: ['api-key.leaked', 'api-key.deactivated'],
  },
  'POST /webhook-endpoints': {
    body: { url: 'http://127.0.0.1:9/hook', headers: { Authorization: HEADER_VALUE } },
    status: 201,
    actions: ['endpoint.created'],
  },
  'PATCH /webhook-endpoints/:id': {
    id: endpointId,
    body: { headers: { 'X-Token': HEADER_VALUE } },
    status: 200,
    actions: ['endpoint.updated'],
  },
  'DELETE /webhook-endpoints/:id': { id: endpointId, status: 204, actions: ['endpoint.deleted'] },
  'POST /webhook-endpoints/:id/rotate-secret': {
    id: endpointId,
    body: { overlapSeconds: 60 },
    status: 200,
    actions: ['endpoint.secret-rotated'],
  },
  'POST /webhook-endpoints/:id/recover': {
    id: endpointId,
    body: { since: SINCE },
    status: 202,
    actions: ['replay.created'],
  },
  'POST /webhook-events/:id/resend': { id: failedId, status: 202, actions: ['event.resent'] },
  'POST /webhook-replays': { body: { from: SINCE }, status: 202, actions: ['replay.created'] },
  'POST /webhook-replays/:id/cancel': { id: replayId, status: 200, actions: ['replay.cancelled'] },
  'POST /api-keys/:id/explain': { id: apiKeyId, body: { method: 'GET', path: '/me' }, status: 200, actions: [] },
  // What the platform and its customers do all day, and what the log of deliveries tells.
  'POST /webhook-events': { body: event, status: 202, actions: [] },
  'POST /webhook-events/batch': { body: { events: [event] }, status: 200, actions: [] },
  'POST /webhook-endpoints/:id/test': { id: endpointId, body: {}, status: 200, actions: [] },
};

const routes = (): Route[] => routesOf(service.app).filter(({ method }) => MUTATING.includes(method));
function routeOf(name: string): Route {
  const route = routes().find((it) => it.name === name);
  if (route === undefined) throw new Error(`There is no route ${name}.`);
  return route;
}

/** Everybody whom a route is open to. */
async function callersOf({ guards }: Route): Promise<Caller[]> {
  if (guards.includes('OperatorGuard')) return [{ token: OPERATOR_TOKEN, actorType: 'operator', actorId: null }];
  if (guards.includes(SIGNED)) return [{ token: SIGNED, actorType: 'system', actorId: 'github-secret-scanning' }];
  const { id, key } = await apiKey();
  const byKey = { token: key, actorType: 'api-key', actorId: id } as const;
  if (guards.includes('ApiKeyGuard')) return [byKey];
  const identity = { userId: owner.userId, customerId: owner.id };
  const token = await service.app.get(PlatformTokens, { strict: false }).issue(identity, 600);
  secrets.add(token);
  return [byKey, { token, actorType: 'user', actorId: owner.userId }];
}

function remember(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, content] of Object.entries(value)) {
    if (['key', 'secret'].includes(field) && typeof content === 'string') secrets.add(content);
    remember(content);
  }
}

async function call(route: Route, id: string | undefined, token: string, body?: Case['body']): Promise<Response> {
  const content = typeof body === 'function' ? body(id ?? '') : body;
  const request = service.request(route.method, route.path.replace(/:\w+/, id ?? ''), content);
  const response = route.guards.includes(SIGNED)
    ? await request.set(signed(token === SIGNED ? githubKey : otherKey, JSON.stringify(content)))
    : await request.set('Authorization', `Bearer ${token}`);
  remember(response.body);
  return response;
}

const log = async (): Promise<Row[]> => service.sql<Row>('SELECT * FROM webhooks."AuditLog" ORDER BY id');

/** The rows that were added meanwhile. */
async function added(during: () => Promise<unknown>): Promise<Row[]> {
  const before = new Set((await log()).map(({ id }) => id));
  await during();
  return (await log()).filter(({ id }) => !before.has(id));
}

/** Every row of this module's tables, but for the use of keys, which is written behind. */
async function everything(): Promise<string[]> {
  const lines = (await dumpAllTables(service)).filter((line) => /^webhooks\.(?!"APIKey)/.test(line));
  const apiKeys = await service.sql(
    `SELECT to_jsonb(k) - '{lastUsedAt,lastUsedIp,lastUsedUserAgent}'::text[] AS key FROM webhooks."APIKey" k`,
  );
  return [...lines, ...apiKeys.map((row) => JSON.stringify(row))].sort();
}

it('[key 26] every route that changes something has a case here', () => {
  expect(
    routes()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(CASES).sort());
});

describe.each(Object.entries(CASES))('%s', (name, { id, body, status, actions }) => {
  it('[key 26] leaves exactly what it should in the audit log, with who did it', async () => {
    const route = routeOf(name);
    for (const { token, actorType, actorId } of await callersOf(route)) {
      const target = await id?.();
      let response: Response | undefined;
      const rows = await added(async () => {
        response = await call(route, target, token, body);
        expect(response.status).toBe(status);
      });
      const made = response?.body as { id?: string };
      const expected = actions.map((action) => {
        const targetType = action.split('.')[0];
        // A recover makes something of its own, and a rotated key is the one that was there.
        const isMade = target === undefined || (action === 'replay.created' && made.id !== undefined);
        const targetId = isMade ? made.id : target;
        return { actorType, actorId, action, targetType, targetId };
      });
      expect(rows).toMatchObject(expected);
      expect(rows).toHaveLength(expected.length);
      const whose = route.guards.includes('OperatorGuard') ? target : owner.id;
      for (const row of rows) expect(row.customerId).toBe(whose);
    }
  });

  it('[key 26] leaves nothing in the audit log when it is refused', async () => {
    const route = routeOf(name);
    const target = await id?.();
    const powerless = await apiKey([]);
    const ended = await apiKey();
    await keys().deactivate(owner.id, ended.id);
    const callers = await callersOf(route);
    const rows = await added(async () => {
      for (const { token } of callers) {
        if (typeof body === 'object') {
          expect((await call(route, target, token, { ...body, unknownField: 1 })).status).toBe(400);
        }
        if (route.path.includes(':') && route.method !== 'put') {
          expect((await call(route, randomUUID(), token, body)).status).toBe(404);
        }
      }
      expect((await call(route, target, ended.key, body)).status).toBe(401);
      if (route.permissions.length > 0) expect((await call(route, target, powerless.key, body)).status).toBe(403);
    });
    expect(rows).toEqual([]);
  });
});

describe('with a database that refuses to commit what was written down', () => {
  beforeAll(async () => {
    await service.sql(
      `CREATE FUNCTION refuse_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$`,
    );
  });

  const audited = Object.entries(CASES).filter(([, { actions }]) => actions.length > 0);
  it.each(audited)('[key 26] %s changes nothing at all', async (name, { id, body }) => {
    const route = routeOf(name);
    const target = await id?.();
    const { token } = (await callersOf(route)).at(-1)!;
    const before = await everything();
    await service.sql(
      `CREATE CONSTRAINT TRIGGER refuse_commit AFTER INSERT ON webhooks."AuditLog"
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_commit()`,
    );
    try {
      expect((await call(route, target, token, body)).status).toBe(500);
    } finally {
      await service.sql('DROP TRIGGER refuse_commit ON webhooks."AuditLog"');
    }
    expect(await everything()).toEqual(before);
  });
});

it('[key 26] what changes nothing is not written down', async () => {
  const operator = (method: 'put' | 'post', path: string, body: object = {}) =>
    service.request(method, path, body).set('Authorization', `Bearer ${OPERATOR_TOKEN}`).expect(200);
  const other = await service.customer();
  const [key, endpoint, replay] = [await apiKeyId(), await endpointId(), await replayId()];
  const twice = async (): Promise<void> => {
    await operator('put', `/customers/${other.id}`, { userId: other.userId, name: 'B', retention: { eventDays: 9 } });
    await operator('post', `/customers/${other.id}/suspend`, { reason: 'unpaid' });
    await owner.request('patch', `/api-keys/${key}`, { name: 'b', labels: { team: 'b' } }).expect(200);
    await owner.request('post', `/api-keys/${key}/deactivate`).expect(200);
    await owner
      .request('patch', `/webhook-endpoints/${endpoint}`, { isActive: false, events: ['message.*'], tls: null })
      .expect(200);
    await owner.request('post', `/webhook-replays/${replay}/cancel`).expect(200);
  };
  expect((await added(twice)).map(({ action }) => action)).toEqual([
    'customer.renamed',
    'customer.retention-changed',
    'customer.suspended',
    'api-key.updated',
    'api-key.deactivated',
    'endpoint.paused',
    'replay.cancelled',
  ]);
  expect(await added(twice)).toEqual([]);
  await operator('post', `/customers/${other.id}/resume`);
  expect(await added(() => operator('post', `/customers/${other.id}/resume`))).toEqual([]);
});

it('[key 1] no key, digest, secret or header value is in the audit log after all of this', async () => {
  const rows = await service.sql<{ line: string }>('SELECT a::text AS line FROM webhooks."AuditLog" a');
  const text = rows.map(({ line }) => line).join('\n');
  expect(rows.length).toBeGreaterThan(100);
  expect(secrets.size).toBeGreaterThan(50);
  for (const secret of secrets) {
    const digests = (['hex', 'base64', 'base64url'] as const).map((encoding) =>
      createHash('sha256').update(secret).digest(encoding),
    );
    for (const part of [secret, secret.replace(/^(?:sk|whsec)_/, ''), ...digests]) expect(text).not.toContain(part);
  }
  const sealed = await service.sql<{ secret: string; headers: { ciphertext: string } | null }>(
    'SELECT secret, headers FROM webhooks."WebhookEndpoint"',
  );
  for (const { secret, headers } of sealed) {
    expect(text).not.toContain(secret);
    if (headers !== null) expect(text).not.toContain(headers.ciphertext);
  }
});
