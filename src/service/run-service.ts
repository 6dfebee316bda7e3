import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppModule } from '../app.module';
import type { CompleteConfig, HttpConfig } from '../config/config.types';
import { completeSecrets } from '../config/development-secrets';
import { readEnvironment } from '../config/environment';
import { loadConfig } from '../config/load-config';
import { openDatabase, type OpenDatabase } from '../database/open-database';
import { waitForRedis } from '../queue/wait-for-redis';
import { within } from '../time/within';
import { announceReady } from './announce-ready';
import { serveApiDocs } from './api-docs';
import { boundHeapGrowth } from './heap-growth';
import { configureHttp } from './http-server';
import { ServiceLogger } from './service-logger';
import { stopRequested } from './stop-signal';

/**
 * How long a connection without a request stays open: longer than load balancers keep theirs (most of them a minute),
 * which would else send a request on one that is just being closed, and answer 502 for us.
 */
const IDLE_CONNECTION_MS = 75_000;

/**
 * Runs the stand-alone service until it is told to stop, then ends the process.
 * @throws what `describeFailure` puts into words
 */
export async function runService(): Promise<void> {
  boundHeapGrowth();
  const config = await completeSecrets(loadConfig(readEnvironment()));
  const logger = new ServiceLogger(config.log);
  const stop = stopRequested();
  const database = await openDatabase({ ...config.database, dataDir: config.dataDir }, logger);
  try {
    const app = await startApplication(config, database, logger);
    logger.log(`${await stop}: finishing what is under way.`, 'Service');
    const isClean = await within(config.shutdownTimeoutMs, app.close());
    if (!isClean) logger.warn('Some attempts were still under way; they will be made again.', 'Service');
  } finally {
    await database.close();
  }
  process.exit(0);
}

async function startApplication(
  config: CompleteConfig,
  database: OpenDatabase,
  logger: ServiceLogger,
): Promise<NestExpressApplication> {
  const { queue, http } = config;
  if (queue.redisUrl !== undefined) await waitForRedis(queue.redisUrl, { timeoutMs: config.database.waitMs });
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for(config, database), {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  configureHttp(app, config.webhooks.maxPayloadBytes);
  if (config.role !== 'worker') serveApiDocs(app);
  try {
    const port = await listen(app, http);
    await database.announce(port);
    announceReady(config, database, `http://${shownHost(http.host)}:${port}`, logger);
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}

/** Starts everything, and answers HTTP; the port is the one really taken. Unlike Nest's own, it logs no error that it throws. */
async function listen(app: NestExpressApplication, { port, host }: HttpConfig): Promise<number> {
  await app.init();
  const server: Server = app.getHttpServer();
  server.keepAliveTimeout = IDLE_CONNECTION_MS;
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** An address that a person can open: "all interfaces" is none. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
