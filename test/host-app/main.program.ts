import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { AddressInfo, Server } from 'node:net';
import { HostModule } from './host.module';

async function main(): Promise<void> {
  const root = HostModule.for(process.env);
  const options = { logger: ['error', 'fatal'] as ('error' | 'fatal')[] };
  const app =
    process.env['PLATFORM'] === 'fastify'
      ? // Fastify refuses bodies with "__proto__" or "constructor" unless told otherwise; events may hold them.
        await NestFactory.create(
          root,
          new FastifyAdapter({ onProtoPoisoning: 'ignore', onConstructorPoisoning: 'ignore' }),
          options,
        )
      : await NestFactory.create(root, options);
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  process.stdout.write(`The host is ready at http://127.0.0.1:${port}\n`);
}

void main();
