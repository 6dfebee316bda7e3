import { Controller, Get, Module, Req, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes } from 'node:crypto';
import supertest from 'supertest';
import {
  ApiKeyGuard,
  ApiKeysService,
  CustomersService,
  RequirePermissions,
  WebhooksModule,
  type AuthenticatedRequest,
} from '../../../src/webhooks';
import { createTestDatabase, type TestDatabase } from '../../support/database';

jest.setTimeout(30_000);

@Controller('host')
@UseGuards(ApiKeyGuard)
class HostController {
  @Get('name')
  name(@Req() request: AuthenticatedRequest): string {
    return request.apiKey?.name ?? 'none';
  }

  @Get('closed')
  @RequirePermissions('messages:send')
  closed(): string {
    return 'open';
  }
}

let database: TestDatabase;
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  const webhooks = WebhooksModule.forRoot(
    {
      database: { url: database.url },
      secretsKey: randomBytes(32).toString('base64'),
      role: 'publisher',
      trustedProxies: ['127.0.0.0/8'],
      apiKeys: { unknownPerMinute: 2 },
    },
    { controllers: false },
  );
  @Module({ imports: [webhooks], controllers: [HostController] })
  class HostModule {}
  app = await NestFactory.create<NestFastifyApplication>(HostModule, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const get = (path: string, key: string, forwarded: string) =>
  supertest(app.getHttpServer()).get(path).set({ 'X-API-Key': key, 'X-Forwarded-For': forwarded });

it('a host application on Fastify, without this module’s error filter, gives the same answers', async () => {
  const { id } = await app.get(CustomersService).ensure({ id: 'acme', userId: 'anna', name: 'Acme' });
  const { key } = await app.get(ApiKeysService).create(id, {
    name: 'limited',
    permissions: [],
    allowedCidrs: ['203.0.113.0/24'],
    rateLimit: { limit: 2, windowSeconds: 60 },
  });

  const elsewhere = await get('/host/name', key, '198.51.100.1').expect(403);
  expect(elsewhere.body).toMatchObject({ status: 403, code: 'ip_not_allowed' });
  expect(elsewhere.body.detail).toContain('198.51.100.1');

  const first = await get('/host/name', key, '1.1.1.1, 203.0.113.9').expect(200, 'limited');
  expect(first.headers).toMatchObject({ 'ratelimit-remaining': '1', 'ratelimit-policy': '"key";q=2;w=60' });
  const second = await get('/host/closed', key, '::ffff:203.0.113.9').expect(403);
  expect(second.body.code).toBe('permission_missing');
  expect(second.headers['ratelimit-remaining']).toBe('0');
  const third = await get('/host/name', key, '203.0.113.9').expect(429);
  expect(third.body).toMatchObject({ status: 429, code: 'rate_limited' });
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(50);
  expect(third.headers['ratelimit']).toMatch(/^"key";r=0;t=\d+$/);

  for (const status of [401, 401, 429]) {
    const { headers } = await get('/host/name', 'sk_none', '192.0.2.1').expect(status);
    expect(headers['retry-after'] === undefined).toBe(status === 401);
  }
});
