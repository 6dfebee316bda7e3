import { Controller, Get, Injectable, Module, Post, UseGuards, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import {
  ApiKeyGuard,
  ApiKeysService,
  CurrentCustomer,
  CustomerAccessGuard,
  CustomersService,
  EventCatalogueError,
  RequirePermissions,
  WebhooksService,
  type AuthenticatedCustomer,
  type SqlClient,
} from '..';
import { NoDatabaseError, WebhooksTesting, WebhooksTestingModule, type WebhooksTestingOptions } from '.';

declare module '../events/event-types' {
  interface WebhookEventTypes {
    'testing.paid': { invoiceId: string; amountCents: number; paidAt: Date };
  }
}

const PAID = {
  name: 'testing.paid',
  description: 'An invoice was paid.',
  schema: {
    type: 'object',
    required: ['invoiceId', 'amountCents'],
    properties: { amountCents: { type: 'integer' }, paidAt: { type: 'string', format: 'date-time' } },
  },
};

/** A service of a host's, as it would be written for the real module. */
@Injectable()
class Invoices {
  constructor(private readonly webhooks: WebhooksService) {}

  async pay(customerId: string, paidAt = new Date(0)): Promise<string> {
    const data = { invoiceId: 'inv_1', amountCents: 1200, paidAt };
    const { messageId } = await this.webhooks.triggerWebhook(customerId, 'testing.paid', data);
    return messageId;
  }
}

@Controller('invoices')
class InvoicesController {
  constructor(private readonly invoices: Invoices) {}

  @Post()
  @UseGuards(ApiKeyGuard)
  @RequirePermissions('invoices:pay')
  async pay(@CurrentCustomer() { id }: AuthenticatedCustomer): Promise<{ messageId: string }> {
    return { messageId: await this.invoices.pay(id) };
  }

  @Get()
  @UseGuards(CustomerAccessGuard)
  list(@CurrentCustomer() { id }: AuthenticatedCustomer): string[] {
    return [id];
  }
}

@Module({ controllers: [InvoicesController], providers: [Invoices], exports: [Invoices] })
class InvoicesModule {}

let app: INestApplication;
let testing: WebhooksTesting;
let webhooks: WebhooksService;

async function start(options: WebhooksTestingOptions = {}): Promise<void> {
  const testingModule = WebhooksTestingModule.forRoot({ eventTypes: [PAID], ...options });
  const built = await Test.createTestingModule({ imports: [testingModule, InvoicesModule] }).compile();
  app = built.createNestApplication();
  await app.init();
  testing = app.get(WebhooksTesting);
  webhooks = app.get(WebhooksService);
}

afterEach(() => app.close());

const paid = { invoiceId: 'inv_1', amountCents: 1, paidAt: new Date(0) };

describe('events', () => {
  beforeEach(() => start());

  it('are captured as they would be sent, typed, oldest first', async () => {
    const messageId = await app.get(Invoices).pay('acme');
    await webhooks.triggerWebhook('globex', 'chatbot.created', { chatbotId: 'b', timestamp: 'now' });
    const [captured] = testing.captured('testing.paid');
    const paidAt: string | undefined = captured?.data.paidAt;
    expect(paidAt).toBe('1970-01-01T00:00:00.000Z');
    expect(captured).toEqual({
      messageId,
      customerId: 'acme',
      event: 'testing.paid',
      timestamp: expect.any(Date),
      data: { invoiceId: 'inv_1', amountCents: 1200, paidAt },
      idempotencyKey: null,
      orderingKey: null,
    });
    expect(testing.captured().map(({ event }) => event)).toEqual(['testing.paid', 'chatbot.created']);
    testing.reset();
    expect(testing.captured()).toEqual([]);
  });

  it.each([
    ['an unknown event', 'invoice.lost', {}, 'unknown_event_type'],
    ["the system's own event", 'api_key.created', {}, 'event_type_operational'],
    ['data that does not fit', 'testing.paid', { invoiceId: 'x', amountCents: '1' }, 'event_data_invalid'],
    ['data that is no object', 'testing.paid', 'x', 'invalid_event_data'],
    ['data that is too large', 'testing.paid', { ...paid, x: 'x'.repeat(300_000) }, 'payload_too_large'],
    ['an invalid Date', 'testing.paid', { ...paid, paidAt: new Date(Number.NaN) }, 'invalid_event_data'],
  ])('refuses %s as the real module does', async (_what, event, data, code) => {
    await expect(webhooks.triggerWebhook('acme', event as 'testing.paid', data as typeof paid)).rejects.toMatchObject({
      name: 'WebhooksError',
      code,
    });
    expect(testing.captured()).toEqual([]);
  });

  it('are emitted once for an idempotency key, and refused when it is used for another one', async () => {
    const options = { idempotencyKey: 'k', orderingKey: 'o' };
    const first = await webhooks.triggerWebhook('acme', 'testing.paid', paid, options);
    expect(await webhooks.triggerWebhook('acme', 'testing.paid', paid, options)).toEqual(first);
    await webhooks.triggerWebhook('globex', 'testing.paid', paid, options);
    const other = webhooks.triggerWebhook('acme', 'testing.paid', { ...paid, amountCents: 2 }, options);
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    expect(testing.captured()).toMatchObject([
      { customerId: 'acme', idempotencyKey: 'k', orderingKey: 'o' },
      { customerId: 'globex' },
    ]);
  });

  it('need no timers', async () => {
    jest.useFakeTimers({ now: 5_000 });
    try {
      await app.get(Invoices).pay('acme');
      expect(testing.captured()[0]?.timestamp).toEqual(new Date(5_000));
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('transactions', () => {
  beforeEach(() => start());

  it('capture what they emit when they succeed', async () => {
    const result = await webhooks.transaction(async (_tx, trigger) => {
      await trigger('acme', 'testing.paid', paid);
      expect(testing.captured()).toEqual([]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(testing.captured('testing.paid')).toHaveLength(1);
  });

  it('capture nothing when they fail, nor do they use up an idempotency key', async () => {
    const emit = async (fails: boolean): Promise<void> =>
      webhooks.transaction(async (_tx, trigger) => {
        await trigger('acme', 'testing.paid', { ...paid, amountCents: fails ? 1 : 2 }, { idempotencyKey: 'k' });
        if (fails) throw new Error('rolled back');
      });
    await expect(emit(true)).rejects.toThrow('rolled back');
    expect(testing.captured()).toEqual([]);
    await emit(false);
    expect(testing.captured('testing.paid')).toMatchObject([{ data: { amountCents: 2 } }]);
  });

  it("of the application's own are stood in for, one in another one included", async () => {
    const tx = {} as SqlClient;
    const emit = async (): Promise<unknown> => webhooks.triggerWebhook('acme', 'testing.paid', paid, { tx });
    const failing = testing.runInTransaction(tx, async () => {
      await testing.runInTransaction(tx, emit);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(testing.captured()).toEqual([]);
    await testing.runInTransaction(tx, emit);
    await emit();
    expect(testing.captured()).toHaveLength(2);
  });

  it('have no database: SQL is an error that says what to do, or answered by the test', async () => {
    const run = async (): Promise<unknown> =>
      webhooks.transaction(async (tx) => [await tx.$queryRawUnsafe('SELECT $1', 7), await tx.$executeRawUnsafe('X')]);
    await expect(run()).rejects.toThrow(NoDatabaseError);
    await app.close();
    await start({ sql: (sql, values) => (sql === 'X' ? 3 : values) });
    expect(await run()).toEqual([[7], 3]);
  });
});

describe('guards', () => {
  const keys = [
    { key: 'sk_test', customerId: 'acme', permissions: ['invoices:*'] },
    { key: 'reader', customerId: 'acme', permissions: ['invoices:read'] },
    { key: 'off', customerId: 'acme', permissions: ['*'], isActive: false },
    { key: 'limited', customerId: 'acme', permissions: ['*'], rateLimit: { limit: 1, windowSeconds: 60 } },
    { key: 'elsewhere', customerId: 'acme', permissions: ['*'], allowedCidrs: ['203.0.113.0/24'] },
  ];
  beforeEach(() => start({ keys, auth: { secret: 'x'.repeat(32) } }));

  const pay = (key?: string): request.Test => {
    const asked = request(app.getHttpServer()).post('/invoices');
    return key === undefined ? asked : asked.set('X-API-Key', key);
  };

  it.each([
    ['no key', undefined, 401, 'credentials_missing'],
    ['an unknown key', 'sk_other', 401, 'api_key_unknown'],
    ['a key without the permission', 'reader', 403, 'permission_missing'],
    ['an inactive key', 'off', 401, 'api_key_inactive'],
    ['a key from the wrong address', 'elsewhere', 403, 'ip_not_allowed'],
  ])('refuse %s as the real ones do', async (_what, key, status, code) => {
    const { body, headers } = await pay(key).expect(status);
    expect(body.code).toBe(code);
    expect(headers['www-authenticate']).toMatch(/^Bearer realm="webhooks"/);
    expect(testing.captured()).toEqual([]);
  });

  it('let a key with the permission pass, and say who it is', async () => {
    await pay('sk_test').expect(201);
    expect(testing.captured('testing.paid')).toMatchObject([{ customerId: 'acme' }]);
    await request(app.getHttpServer()).get('/invoices').set('Authorization', 'Bearer reader').expect(200, ['acme']);
  });

  it('hold a key to its rate limit', async () => {
    await pay('limited').expect(201);
    const { headers } = await pay('limited').expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('follow what the test changes: keys that it adds, and customers that it suspends', async () => {
    const key = testing.addKey({ customerId: 'globex', permissions: ['invoices:pay'] });
    await pay(key).expect(201);
    await app.get(CustomersService).suspend('globex', 'unpaid');
    expect((await pay(key).expect(403)).body.detail).toBe('This customer is suspended: unpaid');
    await app.get(CustomersService).resume('globex');
    await pay(key).expect(201);
    testing.reset();
    await pay(key).expect(401);
  });
});

describe('services that applications call when a customer signs up', () => {
  beforeEach(() => start({ customers: ['acme'] }));

  it('make a customer and a key, whose permissions are checked against the routes', async () => {
    const unknown = webhooks.triggerWebhook('new', 'testing.paid', paid);
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
    const { id } = await app.get(CustomersService).ensure({ id: 'new', userId: 'u', name: 'New' });
    await webhooks.triggerWebhook(id, 'testing.paid', paid);
    const stranger = app.get(CustomersService).ensure({ id: 'new', userId: 'other', name: 'New' });
    await expect(stranger).rejects.toMatchObject({ code: 'customer_owner_differs' });

    const apiKeys = app.get(ApiKeysService);
    const wrong = apiKeys.create('new', { name: 'x', permissions: ['invoices:pya'] });
    await expect(wrong).rejects.toMatchObject({ code: 'unknown_permission' });
    const { id: keyId, key } = await apiKeys.create('new', { name: 'x', permissions: ['invoices:pay'] });
    const pay = (): request.Test => request(app.getHttpServer()).post('/invoices').set('X-API-Key', key);
    await pay().expect(201);
    await apiKeys.deactivate('new', keyId);
    expect((await pay().expect(401)).body.code).toBe('api_key_inactive');
    await app.get(CustomersService).erase('new');
    await expect(webhooks.triggerWebhook('new', 'testing.paid', paid)).rejects.toMatchObject({ code: 'not_found' });
  });
});

it('refuses a wrong catalogue as the real module does', async () => {
  await start();
  await expect(start({ eventTypes: [PAID, PAID] })).rejects.toThrow(EventCatalogueError);
});
