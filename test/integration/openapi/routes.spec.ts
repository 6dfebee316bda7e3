import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest from 'supertest';
import description from '../../../openapi.json';
import { AppModule } from '../../../src/app.module';
import { loadConfig } from '../../../src/config/load-config';
import { serveApiDocs } from '../../../src/service/api-docs';
import { configureHttp } from '../../../src/service/http-server';
import { ApiDescription } from '../../support/api-description';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { routesOf, routesOfExpress } from '../../support/routes';

/** What is no part of the API: the description, its pages, and metrics. The queue board is no route, but a router of its own. */
const OTHERS = [/^GET \/openapi\.json$/, /^GET \/docs(?:\/|-json$|-yaml$|$)/, /^GET \/metrics$/];

const api = new ApiDescription(description);
let database: TestDatabase;
let app: NestExpressApplication;

// The stand-alone service with all that it can serve, as src/service/run-service.ts puts it together.
beforeAll(async () => {
  database = await createTestDatabase();
  const given = loadConfig({ ROLE: 'api', METRICS: 'open', QUEUE_BOARD: 'true', OPERATOR_TOKEN: 'o'.repeat(32) });
  const { url } = database;
  const nothing = (): Promise<void> => Promise.resolve();
  const opened = { url, directUrl: url, isEmbedded: false, announce: nothing, close: nothing };
  const config = { ...given, secretsKey: Buffer.alloc(32).toString('base64') };
  const options = { logger: false, abortOnError: false, bodyParser: false } as const;
  app = await NestFactory.create<NestExpressApplication>(AppModule.for(config, opened), options);
  configureHttp(app, config.webhooks.maxPayloadBytes);
  serveApiDocs(app);
  await app.init();
}, 60_000);
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** `GET /api-keys/:id`, as the description has it. */
const asDescribed = (route: string): string => route.replaceAll(/:(\w+)/g, '{$1}');

it('describes every route of the running service, and no other', () => {
  const described = api.operations().map(({ name }) => name);
  const isApi = (route: string): boolean => !OTHERS.some((other) => other.test(route));
  expect(routesOfExpress(app).filter(isApi).map(asDescribed).sort()).toEqual(described.sort());
  // The same by its controllers: what Express tells is all there is.
  expect(
    routesOf(app)
      .map(({ name }) => name)
      .filter(isApi)
      .map(asDescribed)
      .sort(),
  ).toEqual(described);
  for (const other of OTHERS) expect(routesOfExpress(app)).toContainEqual(expect.stringMatching(other));
});

it('answers of the health routes are as described', async () => {
  const health = api.operations().filter(({ path }) => path.startsWith('/health/'));
  expect(health.map(({ name }) => name)).toEqual(['GET /health/live', 'GET /health/ready']);
  for (const operation of health) {
    const { status, headers, body, text } = await supertest(app.getHttpServer()).get(operation.path);
    expect([operation.name, api.problemsOf(operation, { status, headers, body, text })]).toEqual([operation.name, []]);
  }
});
