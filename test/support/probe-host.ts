import {
  All,
  Controller,
  Get,
  Head,
  Injectable,
  Module,
  Post,
  UseGuards,
  VersioningType,
  type CanActivate,
  type INestApplication,
} from '@nestjs/common';
import { NestFactory, RouterModule } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { AddressInfo, Server } from 'node:net';
import { PLATFORM_PERMISSIONS } from '../../src/app.module';
import { ApiKeyGuard, CustomerAccessGuard, RequirePermissions, WebhooksModule } from '../../src/webhooks';
import { createTestDatabase } from './database';
import { OPERATOR_TOKEN } from './test-service';

/** A guard of the host's own, beside the module's. */
@Injectable()
class OpeningHoursGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

/** A guard of the host's that extends the module's. */
@Injectable()
class HostKeyGuard extends ApiKeyGuard {}

/** Paths of every kind, in an order in which the first one that matches is not always the most specific. */
@Controller('shop')
@UseGuards(ApiKeyGuard)
class ShopController {
  @Get('open')
  open(): string {
    return 'open';
  }

  @Get('orders/:id')
  @RequirePermissions('orders:read')
  order(): string {
    return 'order';
  }

  @Get('orders/latest')
  @RequirePermissions('orders:latest')
  latest(): string {
    return 'latest';
  }

  @Post('orders')
  @RequirePermissions('orders:write', 'messages:send')
  create(): string {
    return 'created';
  }

  @Get('files/*')
  @RequirePermissions('files:read')
  file(): string {
    return 'file';
  }

  @All('any')
  @RequirePermissions('any:thing')
  any(): string {
    return 'any';
  }

  @Head('heads')
  @RequirePermissions('heads:read')
  head(): void {
    return undefined;
  }

  @Get(['one', 'two'])
  @RequirePermissions('messages:read')
  oneOrTwo(): string {
    return 'one or two';
  }

  @Get('later')
  @UseGuards(OpeningHoursGuard)
  later(): string {
    return 'later';
  }
}

@Controller('whole')
@UseGuards(HostKeyGuard)
@RequirePermissions('whole:use')
class WholeController {
  @Get()
  root(): string {
    return 'root';
  }

  @Get('part')
  @RequirePermissions('messages:read')
  part(): string {
    return 'part';
  }
}

@Controller('public')
class PublicController {
  @Get()
  @RequirePermissions('orders:read')
  open(): string {
    return 'public';
  }
}

@Controller({ path: 'versioned', version: '2' })
@UseGuards(CustomerAccessGuard)
class VersionedController {
  @Get()
  @RequirePermissions('orders:read')
  get(): string {
    return 'two';
  }
}

@Controller('status')
@UseGuards(ApiKeyGuard)
class StatusController {
  @Get()
  @RequirePermissions('status:read')
  get(): string {
    return 'fine';
  }
}

@Controller('nested')
@UseGuards(ApiKeyGuard)
class NestedController {
  @Get()
  @RequirePermissions('nested:read')
  get(): string {
    return 'nested';
  }
}

@Module({ controllers: [NestedController] })
class AreaModule {}

@Module({ controllers: [ShopController, WholeController, PublicController, VersionedController, StatusController] })
class ShopModule {}

@Module({})
class ProbeHostModule {}

/** A request to it, each of another kind. */
export const PROBES: readonly (readonly [method: string, path: string])[] = [
  ['GET', '/api/shop/open'],
  ['HEAD', '/api/shop/open'],
  ['GET', '/shop/open'],
  ['GET', '/api/shop/open?x=/api/public'],
  ['GET', '/api/shop/open/'],
  ['GET', '/API/Shop/OPEN'],
  ['POST', '/api/shop/open'],
  ['GET', '/api/shop/orders/7'],
  ['GET', '/api/shop/orders/a%2Fb'],
  ['GET', '/api/shop/orders/latest'],
  ['GET', '/api/shop/orders/7/lines'],
  ['POST', '/api/shop/orders'],
  ['GET', '/api/shop/files/a/b/c'],
  ['GET', '/api/shop/files'],
  ['GET', '/api/shop/files/'],
  ['GET', '/api/shop/any'],
  ['DELETE', '/api/shop/any'],
  ['HEAD', '/api/shop/heads'],
  ['GET', '/api/shop/heads'],
  ['GET', '/api/shop/one'],
  ['GET', '/api/shop/two'],
  ['GET', '/api/shop/later'],
  ['GET', '/api/whole'],
  ['GET', '/api/whole/part'],
  ['GET', '/api/public'],
  ['GET', '/api/v2/versioned'],
  ['GET', '/api/versioned'],
  ['GET', '/api/v3/versioned'],
  ['GET', '/status'],
  ['GET', '/api/status'],
  ['GET', '/api/area/nested'],
  ['GET', '/api/nested'],
  ['GET', '/api/me'],
  ['GET', '/me'],
  ['GET', '/api/permissions'],
  ['GET', '/api/api-keys'],
  ['GET', '/api/webhook-endpoints'],
  ['PUT', '/api/customers/c-2'],
  ['GET', '/api/nothing'],
];

/** A host application with a global prefix, versions and a module path, on a database of its own. */
export interface ProbeHost {
  app: INestApplication;
  url: string;
  databaseUrl: string;
  stop(): Promise<void>;
}

export async function startProbeHost(platform: 'express' | 'fastify'): Promise<ProbeHost> {
  const database = await createTestDatabase();
  const root = {
    module: ProbeHostModule,
    imports: [
      ShopModule,
      AreaModule,
      RouterModule.register([{ path: 'area', module: AreaModule }]),
      WebhooksModule.forRoot({
        secretsKey: Buffer.alloc(32, 7).toString('base64'),
        database: { url: database.url },
        operatorToken: OPERATOR_TOKEN,
        permissions: PLATFORM_PERMISSIONS,
        role: 'api',
      }),
    ],
  };
  const adapter = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(root, adapter, { logger: false, abortOnError: false });
  app.setGlobalPrefix('api', { exclude: ['status'] });
  app.enableVersioning({ type: VersioningType.URI });
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    databaseUrl: database.url,
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}
