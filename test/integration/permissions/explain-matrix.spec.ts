import { Client } from 'pg';
import {
  ApiKeysService,
  CustomersService,
  KeyAccessService,
  PermissionsService,
  type AccessExplanation,
} from '../../../src/webhooks';
import { PROBES, startProbeHost, type ProbeHost } from '../../support/probe-host';

jest.setTimeout(60_000);

const leave = (): void => undefined;

/** Keys of every kind, and what is done to them. */
const KEYS: readonly [name: string, permissions: string[], spoil: (made: MadeKey) => unknown][] = [
  ['everything', ['*'], leave],
  ['nothing', [], leave],
  ['one resource', ['orders:*'], leave],
  ['one action', ['orders:read'], leave],
  ['half of what is asked for', ['orders:write', 'whole:use', 'nested:read'], leave],
  ['all of the rest', ['messages:*', 'files:read', 'any:*', 'heads:read', 'status:read', 'api-keys:read'], leave],
  ['a deactivated key', ['*'], ({ keys, customerId, id }) => keys.deactivate(customerId, id)],
  ['a deleted key', ['*'], ({ keys, customerId, id }) => keys.delete(customerId, id)],
  [
    'an expired key',
    ['*'],
    ({ sql, id }) => sql(`UPDATE webhooks."APIKey" SET "expiresAt" = now() - interval '1 s' WHERE id = $1`, [id]),
  ],
  ['a decoy', ['*'], ({ sql, id }) => sql('UPDATE webhooks."APIKey" SET "isCanary" = true WHERE id = $1', [id])],
  ['a key of a suspended customer', ['*'], ({ customers, customerId }) => customers.suspend(customerId, 'unpaid')],
];

interface MadeKey {
  keys: ApiKeysService;
  customers: CustomersService;
  sql: (text: string, values: unknown[]) => Promise<unknown>;
  customerId: string;
  id: string;
}

/** How the guards call what is explained more closely. */
const REAL_CODES: Readonly<Record<string, string>> = {
  api_key_deleted: 'api_key_unknown',
  api_key_decoy: 'api_key_unknown',
  operator_only: 'operator_token_invalid',
};

type Verdict = 'allowed' | 'no route' | 'refused' | `refused: ${string}`;

/** What a real request says: the route is run where it is allowed. */
async function ask(url: string, key: string, method: string, path: string): Promise<Verdict> {
  const response = await fetch(`${url}${path}`, { method, headers: { 'X-API-Key': key } });
  const text = await response.text();
  if (response.status === 401 || response.status === 403) {
    return method === 'HEAD' ? 'refused' : `refused: ${(JSON.parse(text) as { code: string }).code}`;
  }
  return response.status === 404 && (method === 'HEAD' || text.includes(`Cannot ${method}`)) ? 'no route' : 'allowed';
}

function verdictOf({ allowed, reasons, route }: AccessExplanation, method: string): Verdict {
  if (allowed) return 'allowed';
  const [{ code } = { code: '' }] = reasons;
  if (code === 'route_not_found') {
    expect(route).toBeNull();
    return 'no route';
  }
  return method === 'HEAD' ? 'refused' : `refused: ${REAL_CODES[code] ?? code}`;
}

describe.each(['express', 'fastify'] as const)('in a host on %s', (platform) => {
  let host: ProbeHost;
  let database: Client;

  beforeAll(async () => {
    host = await startProbeHost(platform);
    database = new Client({ connectionString: host.databaseUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await host.stop();
  });

  it.each(KEYS)('[key 13, 20] what is explained of %s is what really happens', async (name, permissions, spoil) => {
    const { app, url } = host;
    const [keys, customers, access] = [app.get(ApiKeysService), app.get(CustomersService), app.get(KeyAccessService)];
    const { id: customerId } = await customers.ensure({ id: `c: ${name}`, userId: 'u-1', name });
    const { id, key } = await keys.create(customerId, { name, permissions });
    await spoil({ keys, customers, customerId, id, sql: async (text, values) => database.query(text, values) });

    const explained: Record<string, Verdict> = {};
    const real: Record<string, Verdict> = {};
    for (const [method, path] of PROBES) {
      const explanation = await access.explain(customerId, id, { method, path });
      explained[`${method} ${path}`] = verdictOf(explanation, method);
      real[`${method} ${path}`] = await ask(url, key, method, path);
    }
    expect(explained).toEqual(real);
    // The probes are of use only while they differ.
    expect(new Set(Object.values(real)).size).toBeGreaterThan(2);
  });

  it('the catalogue shows the paths as they are called', () => {
    const { app } = host;
    const routes = app.get(PermissionsService).list();
    const of = (name: string) => routes.find(({ permission }) => permission === name)?.routes;
    expect(of('status:read')).toEqual([{ method: 'GET', path: '/status' }]);
    expect(of('nested:read')).toEqual([{ method: 'GET', path: '/api/area/nested' }]);
    expect(of('any:thing')).toEqual([{ method: 'ALL', path: '/api/shop/any' }]);
    expect(of('orders:read')).toContainEqual({ method: 'GET', path: '/api/v2/versioned' });
    expect(of('messages:read')).toEqual(
      expect.arrayContaining(['/api/shop/one', '/api/shop/two'].map((path) => ({ method: 'GET', path }))),
    );
    expect(of('api-keys:write')).toContainEqual({ method: 'POST', path: '/api/api-keys' });
  });
});
