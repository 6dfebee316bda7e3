import { CustomersService } from '../../../src/webhooks';
import { OPERATOR_TOKEN, startService, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const put = (id: string, body: object, token = OPERATOR_TOKEN) =>
  service.request('put', `/customers/${id}`, body).set('Authorization', `Bearer ${token}`);

describe('PUT /customers/:id', () => {
  it('creates the customer and its user, and later takes over a new name', async () => {
    const { body: created } = await put('acme/eu 1'.replaceAll(/[/ ]/g, encodeURIComponent), {
      userId: 'user-1',
      name: 'Acme',
    }).expect(200);
    const retention = { payloadDays: 30, eventDays: 90 };
    const shown = { id: 'acme/eu 1', userId: 'user-1', name: 'Acme', createdAt: expect.any(String), retention };
    expect(created).toEqual(shown);
    const { body: renamed } = await put('acme%2Feu%201', { userId: 'user-1', name: 'Acme Ltd' }).expect(200);
    expect(renamed).toEqual({ ...created, name: 'Acme Ltd' });
    expect(await service.rowCounts()).toMatchObject({ User: 1, Customer: 1 });
  });

  it('refuses the customer of another user with 409, and changes nothing', async () => {
    await put('owned', { userId: 'user-1', name: 'Mine' }).expect(200);
    const { body } = await put('owned', { userId: 'user-2', name: 'Taken' }).expect(409);
    expect(body.code).toBe('customer_owner_differs');
    const [row] = await service.sql('SELECT "userId", name FROM webhooks."Customer" WHERE id = $1', 'owned');
    expect(row).toEqual({ userId: 'user-1', name: 'Mine' });
  });

  it.each([
    ['no token', undefined, 'credentials_missing'],
    ['a wrong token', `${OPERATOR_TOKEN}x`, 'operator_token_invalid'],
    ['a token of the same length', OPERATOR_TOKEN.replace('o', 'p'), 'operator_token_invalid'],
  ])('answers 401 for %s', async (_, token, code) => {
    const before = await service.rowCounts();
    const call = service.request('put', '/customers/c', { userId: 'u', name: 'n' });
    const { body, headers } = await (token === undefined ? call : call.set('Authorization', `Bearer ${token}`)).expect(
      401,
    );
    expect(body.code).toBe(code);
    expect(headers['www-authenticate']).toMatch(/^Bearer/);
    expect(await service.rowCounts()).toEqual(before);
  });

  it('answers 401 for an API key that may do everything', async () => {
    const { key } = await service.customer(['*']);
    const { body } = await put('c', { userId: 'u', name: 'n' }, key).expect(401);
    expect(body.code).toBe('operator_token_invalid');
  });

  it('is closed on a service without an operator token', async () => {
    const closed = await startService({ database: service.database, operatorToken: undefined });
    try {
      const call = closed.request('put', '/customers/c', { userId: 'u', name: 'n' });
      const { body } = await call.set('Authorization', 'Bearer undefined').expect(401);
      expect(body.code).toBe('operator_access_off');
    } finally {
      await closed.close();
    }
  });

  it.each([
    ['no name', 'c', { userId: 'u' }, 'name'],
    ['an empty userId', 'c', { userId: '', name: 'n' }, 'userId'],
    ['a name of 256 characters', 'c', { userId: 'u', name: 'n'.repeat(256) }, 'name'],
    ['U+0000 in the name', 'c', { userId: 'u', name: 'a\0b' }, 'name'],
    ['a lone surrogate in the userId', 'c', { userId: '\ud800', name: 'n' }, 'userId'],
    ['an unknown field', 'c', { userId: 'u', name: 'n', plan: 'gold' }, 'plan'],
    ['another id in the body', 'c', { id: 'd', userId: 'u', name: 'n' }, 'id'],
    ['U+0000 in the id', 'a%00b', { userId: 'u', name: 'n' }, 'id'],
    ['an id of 256 characters', 'c'.repeat(256), { userId: 'u', name: 'n' }, 'id'],
  ])('answers 400 for %s', async (_, id, sent, field) => {
    const before = await service.rowCounts();
    const { body } = await put(id, sent).expect(400);
    expect(body.errors[0].field).toBe(field);
    expect(await service.rowCounts()).toEqual(before);
  });

  it('answers 400 for a path that is no valid percent-encoding', async () => {
    const { body, headers } = await put('%E0%A4%A', { userId: 'u', name: 'n' }).expect(400);
    expect(headers['content-type']).toMatch('application/problem+json');
    expect(body.code).toBe('invalid_request');
  });
});

describe('CustomersService.ensure', () => {
  it('may be called many times at once, and makes one customer', async () => {
    const customers = service.app.get(CustomersService);
    const calls = Array.from({ length: 20 }, () => customers.ensure({ id: 'many', userId: 'user-many', name: 'Many' }));
    const results = await Promise.all(calls);
    expect(new Set(results.map((result) => result.createdAt.getTime())).size).toBe(1);
    expect(results[0]).toEqual({ id: 'many', userId: 'user-many', name: 'Many', createdAt: expect.any(Date) });
  });

  it('lets one owner win when two claim a customer at once', async () => {
    const customers = service.app.get(CustomersService);
    const claims = ['left', 'right'].map((userId) => customers.ensure({ id: 'contested', userId, name: userId }));
    const outcomes = await Promise.allSettled(claims);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refusal = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refusal?.reason).toMatchObject({ kind: 'conflict', code: 'customer_owner_differs' });
  });

  it.each(['id', 'userId', 'name'])('refuses an unusable %s with a clear error', async (field) => {
    const customers = service.app.get(CustomersService);
    for (const value of ['', '  ', 'a\0b', 'x'.repeat(256), undefined as unknown as string]) {
      const call = customers.ensure({ id: 'i', userId: 'u', name: 'n', [field]: value });
      await expect(call).rejects.toMatchObject({ code: 'invalid_customer', fields: [{ field }] });
    }
  });
});
