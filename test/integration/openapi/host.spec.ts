import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createOpenApiDocument, WebhooksModule } from '../../../src/webhooks';

@Controller('orders')
class OrdersController {
  @Get()
  list(): string[] {
    return [];
  }
}

@Module({
  imports: [
    WebhooksModule.forRoot({
      database: { url: 'postgresql://nowhere.invalid/host' },
      secretsKey: Buffer.alloc(32).toString('base64'),
      eventTypes: [{ name: 'order.paid', description: 'An order was paid.' }],
    }),
  ],
  controllers: [OrdersController],
})
class HostModule {}

it('describes a host application: its own routes, ours under its prefix, and its events', async () => {
  const app = await NestFactory.create(HostModule, new FastifyAdapter(), { logger: false });
  app.setGlobalPrefix('platform');
  const servers = [{ url: 'https://api.example.com' }];
  const document = createOpenApiDocument(app, { title: 'Acme', version: '2.0.0', servers });
  expect(document).toMatchObject({ info: { title: 'Acme', version: '2.0.0' }, servers });
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/platform/orders', '/platform/api-keys/{id}']));
  expect(document.paths['/platform/orders']?.get?.operationId).toBe('OrdersController_list');
  expect(document.paths['/platform/api-keys']?.post?.operationId).toBe('createApiKey');
  expect(document).toHaveProperty(['webhooks', 'order.paid']);
  // Of the service alone: not described where they are not.
  expect(document.tags?.map(({ name }) => name)).not.toContain('health');
  expect(JSON.stringify(document)).not.toContain('X-Request-Id');
});
