import { Controller, Delete, Get, Post, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PLATFORM_PERMISSIONS } from '../../../src/app.module';
import {
  ApiKeyGuard,
  ApiKeysService,
  CustomersService,
  PermissionCatalogueError,
  PermissionsService,
  RequirePermissions,
  WebhooksModule,
  type Permission,
} from '../../../src/webhooks';
import { OWN_PERMISSIONS } from '../../../src/webhooks/permissions/own-permissions';
import { createTestDatabase } from '../../support/database';
import { routesOf } from '../../support/routes';
import { startService, type TestService } from '../../support/test-service';

jest.setTimeout(30_000);

@Controller('invoices')
@UseGuards(ApiKeyGuard)
@RequirePermissions('invoices:read')
class InvoicesController {
  @Get()
  list(): string {
    return 'invoices';
  }

  @Post(':id/refund')
  @RequirePermissions('invoices:refund', 'invoices:read')
  refund(): string {
    return 'refunded';
  }

  @Delete('drafts')
  @RequirePermissions('messages:send')
  tidy(): string {
    return 'gone';
  }
}

let service: TestService;

beforeAll(async () => {
  service = await startService({ host: { controllers: [InvoicesController] } });
});
afterAll(() => service.stop());

async function catalogue(of = service): Promise<Permission[]> {
  const customer = await of.customer([]);
  return (await customer.request('get', '/permissions').expect(200)).body as Permission[];
}

describe('GET /permissions', () => {
  it('holds the module’s own, the host’s routes’ and the registered ones, by name', async () => {
    const names = (await catalogue()).map(({ permission }) => permission);
    const registered = [...OWN_PERMISSIONS, ...PLATFORM_PERMISSIONS].map(({ permission }) => permission);
    expect(names).toEqual([...registered, 'invoices:read', 'invoices:refund'].sort());
  });

  it('says what each is for, which routes require it, and which wildcards include it', async () => {
    const all = await catalogue();
    const find = (name: string) => all.find(({ permission }) => permission === name);
    expect(find('invoices:read')).toEqual({
      permission: 'invoices:read',
      description: null,
      routes: [
        { method: 'GET', path: '/invoices' },
        { method: 'POST', path: '/invoices/:id/refund' },
        { method: 'DELETE', path: '/invoices/drafts' },
      ],
      wildcards: ['invoices:*', '*'],
    });
    expect(find('messages:send')).toEqual({
      permission: 'messages:send',
      description: 'Send messages.',
      routes: [{ method: 'DELETE', path: '/invoices/drafts' }],
      wildcards: ['messages:*', '*'],
    });
    expect(find('chatbots:read')?.routes).toEqual([]);
    expect(find('webhook-events:publish')?.routes).toContainEqual({ method: 'POST', path: '/webhook-events' });
  });

  it('names every route that requires something, and no other', async () => {
    const listed = (await catalogue()).flatMap(({ permission, routes }) =>
      routes.map(({ method, path }) => `${method} ${path} ${permission}`),
    );
    const required = routesOf(service.app)
      .filter(({ path }) => !path.startsWith('/invoices'))
      .flatMap(({ name, permissions }) => permissions.map((permission) => `${name} ${permission}`));
    expect(listed.filter((line) => !line.includes('/invoices')).sort()).toEqual(required.sort());
  });

  it('[key 13] needs a key, and no permission', async () => {
    const { headers } = await service.request('get', '/permissions').expect(401);
    expect(headers['www-authenticate']).toBe('Bearer realm="webhooks"');
  });
});

it('the module’s own list is what its routes require', () => {
  const required = routesOf(service.app)
    .filter(({ path }) => !path.startsWith('/invoices'))
    .flatMap(({ permissions }) => permissions);
  expect(OWN_PERMISSIONS.map(({ permission }) => permission).sort()).toEqual([...new Set(required)].sort());
});

it('is complete without routes, where the API is not mounted', async () => {
  const module = WebhooksModule.forRoot(
    {
      secretsKey: Buffer.alloc(32, 7).toString('base64'),
      database: { url: service.database.url },
      role: 'publisher',
      permissions: [{ permission: 'reports:read' }],
    },
    { controllers: false },
  );
  const app = await NestFactory.createApplicationContext(module, { logger: false });
  try {
    const permissions = app.get(PermissionsService).list();
    const names = [...OWN_PERMISSIONS.map(({ permission }) => permission), 'reports:read'];
    expect(permissions.map(({ permission }) => permission)).toEqual(names.sort());
    expect(permissions.flatMap(({ routes }) => routes)).toEqual([]);
    const { id } = await app.get(CustomersService).ensure({ id: 'c-1', userId: 'u-1', name: 'Acme' });
    const keys = app.get(ApiKeysService);
    await keys.create(id, { name: 'a', permissions: ['webhook-events:*', 'reports:read'] });
    await expect(keys.create(id, { name: 'b', permissions: ['messages:send'] })).rejects.toMatchObject({
      code: 'unknown_permission',
    });
  } finally {
    await app.close();
  }
});

it('registered permissions that are wrong refuse to start, and all are named', async () => {
  const database = await createTestDatabase();
  try {
    const start = startService({
      database,
      permissions: [{ permission: 'messages' }, { permission: 'a:b' }, { permission: 'a:b' }],
    });
    await expect(start).rejects.toBeInstanceOf(PermissionCatalogueError);
    await expect(start).rejects.toThrow(/"messages" is not of the form[^]*"a:b" is registered twice/);
  } finally {
    await database.drop();
  }
});

it('the host may describe a permission that its routes require, and cannot rename the module’s own', async () => {
  const described = await startService({
    database: service.database,
    host: { controllers: [InvoicesController] },
    permissions: [
      { permission: 'invoices:read', description: 'See invoices.' },
      { permission: 'api-keys:read', description: 'Something else.' },
    ],
  });
  try {
    const all = await catalogue(described);
    const find = (name: string) => all.find(({ permission }) => permission === name);
    expect(find('invoices:read')?.description).toBe('See invoices.');
    expect(find('api-keys:read')?.description).toMatch('See API keys');
  } finally {
    await described.close();
  }
});
