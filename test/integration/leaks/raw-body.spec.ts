import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { ApiKeysService, CustomersService, WebhooksModule } from '../../../src/webhooks';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { signed, signingKey, startKeyServer, type KeyServer } from '../../support/github-keys';

jest.setTimeout(30_000);

const github = signingKey();
let keyServer: KeyServer;
let database: TestDatabase;

beforeAll(async () => {
  keyServer = await startKeyServer(github);
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  await keyServer.close();
});

/** Another application, which parses bodies as Nest does by itself. */
async function startHost(platform: string, rawBody: boolean): Promise<INestApplication> {
  const module = WebhooksModule.forRoot({
    database: { url: database.url },
    secretsKey: Buffer.alloc(32, 7).toString('base64'),
    role: 'api',
    apiKeys: { githubKeysUrl: keyServer.url },
  });
  const options = { logger: false as const, rawBody, abortOnError: false };
  const app =
    platform === 'fastify'
      ? await NestFactory.create(module, new FastifyAdapter(), options)
      : await NestFactory.create(module, options);
  await app.listen(0, '127.0.0.1');
  return app;
}

describe.each(['express', 'fastify'])('a host application on %s', (platform) => {
  it('takes reports when it keeps raw bodies', async () => {
    const app = await startHost(platform, true);
    const { id } = await app.get(CustomersService).ensure({ id: `c-${platform}`, userId: 'u', name: 'Acme' });
    const { key } = await app.get(ApiKeysService).create(id, { name: 'leaked' });
    // White space that no parser would keep is part of what is signed.
    const body = `[ {"token": "${key}",  "type":"t"} ]\n`;
    const report = () =>
      supertest(app.getHttpServer()).post('/leaked-keys/github').set(signed(github, body)).send(body);
    expect((await report().expect(200)).body).toMatchObject([{ token_type: 't', label: 'true_positive' }]);
    await supertest(app.getHttpServer()).get('/me').set('X-API-Key', key).expect(401);
    await app.close();
  });

  it('is told what is missing when it does not', async () => {
    const app = await startHost(platform, false);
    const body = '[]';
    const answer = await supertest(app.getHttpServer())
      .post('/leaked-keys/github')
      .set(signed(github, body))
      .send(body)
      .expect(503);
    expect(answer.body).toMatchObject({ code: 'raw_body_missing', detail: expect.stringContaining('rawBody: true') });
    await app.close();
  });
});
