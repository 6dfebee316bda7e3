import 'reflect-metadata';
import { Controller, Get, HttpCode, Module, Post, UseGuards, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type * as HttpServerFile from '../../src/service/http-server';
import type * as Webhooks from '../../src/webhooks';
import { answerCommands } from '../support/children';

const dist = join(process.env['BENCH_CHECKOUT'] ?? join(__dirname, '../..'), 'dist');
/* eslint-disable @typescript-eslint/no-require-imports */
const { WebhooksModule, ApiKeyGuard, ApiKeysService, CustomersService, RequirePermissions } = require(
  join(dist, 'webhooks/index.js'),
) as typeof Webhooks;
const { configureHttp } = require(join(dist, 'service/http-server.js')) as typeof HttpServerFile;
/* eslint-enable @typescript-eslint/no-require-imports */

/** The smallest routes there are: what is measured beside them is what the module adds. */
@Controller()
class OpenController {
  @Get('route')
  route(): { ok: boolean } {
    return { ok: true };
  }

  @Post('empty')
  @HttpCode(202)
  empty(): { ok: boolean } {
    return { ok: true };
  }
}

@Controller()
@UseGuards(ApiKeyGuard)
class GuardedController {
  @Get('route')
  @RequirePermissions('conversations:read')
  route(): { ok: boolean } {
    return { ok: true };
  }
}

@Module({})
class Host {}

/** An application with the same middleware and body parser as the service. */
async function listen(
  controller: Type,
  imports: DynamicModule[] = [],
): Promise<{ app: NestExpressApplication; url: string }> {
  const module: DynamicModule = { module: Host, imports, controllers: [controller] };
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: ['error', 'fatal'],
    bodyParser: false,
  });
  configureHttp(app, 262_144);
  app.enableShutdownHooks(['SIGTERM']);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, url: `http://127.0.0.1:${port}` };
}

const commands = {
  /** Two small host applications that differ in the guard, and a key for it. */
  start: async ({ databaseUrl }: { databaseUrl: string }) => {
    const webhooks = WebhooksModule.forRoot(
      { database: { url: databaseUrl }, role: 'publisher', secretsKey: '0'.repeat(64) },
      { controllers: false },
    );
    const open = await listen(OpenController);
    const guarded = await listen(GuardedController, [webhooks]);
    const { app } = guarded;
    const { id } = await app.get(CustomersService).ensure({ id: 'customer', userId: 'user', name: 'Acme' });
    const { key } = await app.get(ApiKeysService).create(id, { name: 'bench', permissions: ['conversations:read'] });
    return { openUrl: open.url, guardedUrl: guarded.url, key };
  },
};

export type RoutesCommands = typeof commands;

answerCommands(commands);
