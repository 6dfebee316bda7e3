import { randomUUID } from 'node:crypto';
import { dumpAllTables } from '../support/dump';
import { ownedThings, type OwnedThings } from '../support/owned-things';
import { closeReceivers } from '../support/receivers';
import { recordingReceiver, type RecordingReceiver } from '../support/recording-receiver';
import { routesOf, routesOfExpress, type Route } from '../support/routes';
import { startService, type TestCustomer, type TestService } from '../support/test-service';
import { waitFor } from '../support/wait-for';

jest.setTimeout(30_000);

/** What an owner has, and the call on it: whose id, and the body where the route wants one. */
interface Case {
  id: keyof OwnedThings;
  body?: object;
  status: number;
}

/** The guards that ask who calls. */
const CUSTOMER_GUARDS = ['CustomerAccessGuard', 'ApiKeyGuard'];
const OPERATOR_GUARD = 'OperatorGuard';
/** Open to whoever signs: leaks/github-reports.spec.ts. Here it is closed, and not there for anybody. */
const SIGNED_GUARD = 'GithubSignatureGuard';
/** A parameter that is no id of a customer's: the catalogue is the same for everybody. */
const SHARED = ['GET /event-types/:name'];

let service: TestService;
let receiver: RecordingReceiver;
let owner: TestCustomer;
let stranger: TestCustomer;
let things: OwnedThings;
let allRoutes: Route[];
let routes: Route[];

// Nothing is delivered here unless a request does it: rows change by requests alone, and stay comparable.
beforeAll(async () => {
  service = await startService({ role: 'api' });
  receiver = await recordingReceiver();
  owner = await service.customer();
  stranger = await service.customer();
  things = ownedThings(service, owner, receiver.url);
  allRoutes = routesOf(service.app);
  routes = allRoutes.filter(({ guards }) => !guards.includes(SIGNED_GUARD));
  // The use of a key is written down later, once a minute: now, so that it is not a change afterwards.
  for (const customer of [owner, stranger]) await customer.request('get', '/me').expect(200);
  await waitFor('the use of both keys is written down', async () => {
    const [used] = await service.sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM webhooks."APIKey" WHERE "lastUsedAt" IS NOT NULL',
    );
    return used?.count === 2;
  });
});
afterAll(async () => {
  await closeReceivers();
  await service.stop();
});

const since = '2020-01-01T00:00:00Z';
const CASES: Readonly<Record<string, Case>> = {
  'GET /api-keys/:id': { id: 'apiKey', status: 200 },
  'PATCH /api-keys/:id': { id: 'apiKey', body: { name: 'renamed' }, status: 200 },
  'POST /api-keys/:id/deactivate': { id: 'apiKey', status: 200 },
  'DELETE /api-keys/:id': { id: 'apiKey', status: 204 },
  'POST /api-keys/:id/restore': { id: 'deletedKey', status: 200 },
  'POST /api-keys/:id/rotate': { id: 'apiKey', status: 201 },
  'GET /api-keys/:id/rotation': { id: 'rotatedKey', status: 200 },
  'GET /api-keys/:id/usage': { id: 'apiKey', status: 200 },
  'POST /api-keys/:id/explain': { id: 'apiKey', body: { method: 'GET', path: '/me' }, status: 200 },
  'GET /webhook-endpoints/:id': { id: 'endpoint', status: 200 },
  'PATCH /webhook-endpoints/:id': { id: 'endpoint', body: { isActive: false }, status: 200 },
  'DELETE /webhook-endpoints/:id': { id: 'endpoint', status: 204 },
  'POST /webhook-endpoints/:id/rotate-secret': { id: 'endpoint', body: {}, status: 200 },
  'POST /webhook-endpoints/:id/test': { id: 'endpoint', body: {}, status: 200 },
  'POST /webhook-endpoints/:id/recover': { id: 'endpoint', body: { since }, status: 202 },
  'GET /webhook-endpoints/:id/stats': { id: 'endpoint', status: 200 },
  'GET /webhook-events/:id': { id: 'delivery', status: 200 },
  'GET /webhook-events/:id/timeline': { id: 'delivery', status: 200 },
  'POST /webhook-events/:id/resend': { id: 'delivery', status: 202 },
  'GET /webhook-messages/:id/timeline': { id: 'message', status: 200 },
  'GET /webhook-replays/:id': { id: 'replay', status: 200 },
  'POST /webhook-replays/:id/cancel': { id: 'replay', status: 200 },
};

/** Every row of this module's tables; the queue's own are not part of it. */
const everything = async (): Promise<string[]> =>
  (await dumpAllTables(service)).filter((line) => line.startsWith('webhooks.')).sort();

/** What only the router can tell: the routes are there once the service runs. */
const withId = (): Route[] => routes.filter(({ path, name }) => path.includes(':') && !SHARED.includes(name));
const ofCustomers = (): Route[] => withId().filter(({ guards }) => guards.some((it) => CUSTOMER_GUARDS.includes(it)));
const filled = ({ path }: Route, id: string): string => path.replace(/:\w+/, id);

it('the routes that are looked at are all that Express has, but for the API description, which is public', () => {
  const isDescription = (name: string) => name === 'GET /openapi.json' || /^GET \/docs(\/|$)/.test(name);
  const others = routesOfExpress(service.app).filter((name) => !isDescription(name));
  expect(allRoutes.map(({ name }) => name).sort()).toEqual(others);
  expect(routes.length).toBeGreaterThan(30);
});

it('[webhook 33] every route that takes an id has a case here', () => {
  expect(
    ofCustomers()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(CASES).sort());
  // The others that take one are the operator's, and no customer's key opens them.
  const others = withId().filter((route) => !ofCustomers().includes(route));
  expect(others.map(({ guards }) => guards.includes(OPERATOR_GUARD))).toEqual(others.map(() => true));
});

it.each(Object.entries(CASES))(
  '[webhook 33] %s: the owner succeeds, another customer gets what a missing id gets, and nothing changes',
  async (name, { id, body, status }) => {
    const route = routes.find((it) => it.name === name);
    if (route === undefined) throw new Error(`There is no route ${name}.`);
    const call = (customer: TestCustomer, target: string) =>
      customer.request(route.method, filled(route, target), body);

    await call(owner, await things[id]()).expect(status);

    const target = await things[id]();
    const [before, arrived] = [await everything(), receiver.requests.length];
    const foreign = await call(stranger, target).expect(404);
    const missing = await call(stranger, randomUUID()).expect(404);
    expect(foreign.body).toEqual(missing.body);
    expect(foreign.text).toBe(missing.text);
    expect(foreign.headers['content-type']).toBe(missing.headers['content-type']);
    expect(await everything()).toEqual(before);
    expect(receiver.requests).toHaveLength(arrived);

    // It was there all the time.
    await call(owner, target).expect(status);
  },
);

it('[webhook 33] ids in queries and bodies find nothing of another customer either', async () => {
  const [endpointId, eventId] = [await things.endpoint(), await things.delivery()];
  const { messageId } = await owner.delivery(eventId);
  const before = await everything();
  for (const query of [`endpointId=${endpointId}`, `messageId=${messageId}`]) {
    const { body } = await stranger.request('get', `/webhook-events?${query}`).expect(200);
    expect(body).toEqual({ data: [], nextCursor: null });
  }
  // A cursor says where to go on, not whose the list is.
  const { body: page } = await owner.request('get', '/webhook-events?limit=1').expect(200);
  const { nextCursor } = page as { nextCursor: string };
  const { body: rest } = await stranger.request('get', `/webhook-events?cursor=${nextCursor}`).expect(200);
  expect(rest).toEqual({ data: [], nextCursor: null });

  const replayOf = (id: string) =>
    stranger.request('post', '/webhook-replays', { endpointId: id, from: since }).expect(404);
  expect((await replayOf(endpointId)).body).toEqual((await replayOf(randomUUID())).body);
  for (const path of ['/api-keys', '/webhook-endpoints']) {
    const { body } = await stranger.request('get', path).expect(200);
    const list = body as { id: string }[];
    expect(list.map(({ id }) => id)).toEqual(path === '/api-keys' ? [stranger.keyId] : []);
  }
  expect((await stranger.request('get', '/webhook-replays').expect(200)).body).toEqual({ data: [], nextCursor: null });
  expect(await everything()).toEqual(before);
});

it('[webhook 33] an idempotency key of another customer is not known', async () => {
  const publish = (customer: TestCustomer) =>
    customer
      .request('post', '/webhook-events', { event: 'message.sent', data: { content: 'x' } })
      .set('Idempotency-Key', 'the same')
      .expect(202);
  const [first, second] = [await publish(owner), await publish(stranger)];
  expect((second.body as { messageId: string }).messageId).not.toBe((first.body as { messageId: string }).messageId);
});

it('every route but the health checks asks who calls', () => {
  const open = routes.filter(({ guards }) => !guards.some((it) => [...CUSTOMER_GUARDS, OPERATOR_GUARD].includes(it)));
  expect(open.map(({ name }) => name)).toEqual([]);
});

it('without credentials every route is a 401 with a challenge, and nothing changes', async () => {
  const before = await everything();
  for (const route of routes) {
    const { body, headers } = await service.request(route.method, filled(route, randomUUID())).expect(401);
    expect([route.name, body]).toEqual([route.name, expect.objectContaining({ code: 'credentials_missing' })]);
    expect([route.name, headers['www-authenticate']]).toEqual([route.name, 'Bearer realm="webhooks"']);
  }
  expect(await everything()).toEqual(before);
});

it('what is open to those who sign takes no key and no token', async () => {
  const signedRoutes = allRoutes.filter((route) => !routes.includes(route));
  expect(signedRoutes.map(({ name }) => name)).toEqual(['POST /leaked-keys/github']);
  const before = await everything();
  for (const { method, path } of signedRoutes) {
    await service.request(method, path, [{ token: owner.key, type: 'key' }]).expect(404);
    await owner.request(method, path, [{ token: owner.key, type: 'key' }]).expect(404);
  }
  expect(await everything()).toEqual(before);
});

it('a key without permissions is a 403 that names what is missing, wherever one is needed', async () => {
  const powerless = await service.customer([]);
  const before = await everything();
  const asking = routes.filter(({ permissions }) => permissions.length > 0);
  for (const route of asking) {
    const { body, headers } = await powerless.request(route.method, filled(route, randomUUID())).expect(403);
    const [permission] = route.permissions;
    expect([route.name, body]).toEqual([
      route.name,
      expect.objectContaining({ code: 'permission_missing', detail: expect.stringContaining(permission!) as string }),
    ]);
    expect(headers['www-authenticate']).toBe(
      `Bearer realm="webhooks", error="insufficient_scope", scope="${route.permissions.join(' ')}"`,
    );
  }
  expect(await everything()).toEqual(before);
  // What needs none is open to any key, and the same for all.
  const rest = routes.filter((route) => !asking.includes(route) && !route.guards.includes(OPERATOR_GUARD));
  expect(rest.map(({ name }) => name)).toEqual([
    'GET /event-types',
    'GET /event-types/:name',
    'GET /me',
    'GET /permissions',
    'POST /me/revoke',
  ]);
});

it('no customer’s key opens the operator’s routes', async () => {
  const before = await everything();
  for (const route of routes.filter(({ guards }) => guards.includes(OPERATOR_GUARD))) {
    const { body, headers } = await stranger.request(route.method, filled(route, owner.id), {}).expect(401);
    expect(body).toMatchObject({ code: 'operator_token_invalid' });
    expect(headers['www-authenticate']).toBe('Bearer realm="webhooks", error="invalid_token"');
  }
  expect(await everything()).toEqual(before);
});
