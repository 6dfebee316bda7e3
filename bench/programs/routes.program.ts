import 'reflect-metadata';
import { Controller, Get, HttpCode, Module, Post, UseGuards, type DynamicModule } from '@nestjs/common';
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
class RoutesController {
  @Get('open')
  open(): { ok: boolean } {
    return { ok: true };
  }

  @Get('guarded')
  @UseGuards(ApiKeyGuard)
  @RequirePermissions('conversations:read')
  guarded(): { ok: boolean } {
    return { ok: true };
  }

  @Post('empty')
  @HttpCode(202)
  empty(): { ok: boolean } {
    return { ok: true };
  }
}

@Module({})
class RoutesModule {
  static with(module: DynamicModule): DynamicModule {
    return { module: RoutesModule, imports: [module], controllers: [RoutesController] };
  }
}

const commands = {
  /** A small host application with two routes, one behind the guard. */
  start: async ({ databaseUrl }: { databaseUrl: string }) => {
    const webhooks = WebhooksModule.forRoot(
      { database: { url: databaseUrl }, role: 'publisher', secretsKey: '0'.repeat(64) },
      { controllers: false },
    );
    const app = await NestFactory.create<NestExpressApplication>(RoutesModule.with(webhooks), {
      logger: ['error', 'fatal'],
      bodyParser: false,
    });
    // Like the service: the same middleware and body parser.
    configureHttp(app, 262_144);
    app.enableShutdownHooks(['SIGTERM']);
    await app.listen(0, '127.0.0.1');
    const { id } = await app.get(CustomersService).ensure({ id: 'customer', userId: 'user', name: 'Acme' });
    const { key } = await app.get(ApiKeysService).create(id, { name: 'bench', permissions: ['conversations:read'] });
    const { port } = app.getHttpServer().address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, key };
  },
};

export type RoutesCommands = typeof commands;

answerCommands(commands);
