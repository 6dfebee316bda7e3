import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as ServiceLoggerFile from '../../src/service/service-logger';
import type * as Webhooks from '../../src/webhooks';
import { answerCommands } from '../support/children';
import { DATA, dataAt, EVENT } from '../support/body';
import { keepBusy } from '../support/keep-busy';
import { preciseNow } from '../support/statistics';

/**
 * An application that imports the module as it is built, emits events through `triggerWebhook`, and (role `all`)
 * delivers them in the same process, with the service's own logger.
 */
const dist = join(process.env['BENCH_CHECKOUT'] ?? join(__dirname, '../..'), 'dist');
/* eslint-disable @typescript-eslint/no-require-imports */
const core = require('@nestjs/core') as typeof import('@nestjs/core');
const { WebhooksModule, WebhooksService, CustomersService, EndpointsService } = require(
  join(dist, 'webhooks/index.js'),
) as typeof Webhooks;
const { ServiceLogger } = require(join(dist, 'service/service-logger.js')) as typeof ServiceLoggerFile;
/* eslint-enable @typescript-eslint/no-require-imports */

let app: INestApplicationContext | undefined;
let customers: string[] = [];

interface Start {
  databaseUrl: string;
  redisUrl?: string | undefined;
  role: Webhooks.Role;
  leaseMs?: number | undefined;
}

function opened(): INestApplicationContext {
  if (app === undefined) throw new Error('not started');
  return app;
}

const emit = (index: number, data: object): Promise<unknown> => {
  const customer = customers[index % customers.length] ?? '';
  return opened()
    .get(WebhooksService)
    .triggerWebhook(customer, EVENT, data as never);
};

const commands = {
  start: async ({ databaseUrl, redisUrl, role, leaseMs }: Start) => {
    const module = WebhooksModule.forRoot(
      {
        database: { url: databaseUrl },
        queue: { redisUrl },
        role,
        secretsKey: '0'.repeat(64),
        delivery: { allowHttp: true, allowedCidrs: ['127.0.0.0/8'], leaseMs },
      },
      { controllers: false },
    );
    app = await core.NestFactory.createApplicationContext(module, {
      logger: new ServiceLogger({ level: 'info', format: 'json' }),
    });
  },
  /** So many customers, each with one endpoint at the URL. Later emits go round them. */
  customers: async ({ count, url }: { count: number; url: string }) => {
    customers = [];
    for (let number = 0; number < count; number += 1) {
      const id = `customer-${number}-${Math.random().toString(36).slice(2, 8)}`;
      await opened().get(CustomersService).ensure({ id, userId: 'user', name: 'Acme' });
      await opened().get(EndpointsService).create(id, { url });
      customers.push(id);
    }
    return customers;
  },
  /** Which customers later emits go round. */
  use: (ids: string[]) => void (customers = ids),
  /** Emits as fast as it can, 100 at once. @returns emits per second */
  emit: async ({ count }: { count: number }) => {
    const start = performance.now();
    await keepBusy(count, 100, (index) => emit(index, DATA));
    return (count * 1_000) / (performance.now() - start);
  },
  /** Microseconds of processor time that this process has used. */
  processorTime: (_: null) => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** Emits at an even pace; the data says when. */
  pace: async ({ perSecond, seconds }: { perSecond: number; seconds: number }) => {
    const start = performance.now();
    const emits: Promise<unknown>[] = [];
    for (let number = 0; number < perSecond * seconds; number += 1) {
      const wait = start + (number * 1_000) / perSecond - performance.now();
      if (wait > 0) await sleep(wait);
      emits.push(emit(number, dataAt(preciseNow())));
    }
    await Promise.all(emits);
  },
};

export type HostCommands = typeof commands;

answerCommands(commands);

// Not by the signal itself: a profile is written at an orderly end.
process.once('SIGTERM', () => void Promise.resolve(app?.close()).finally(() => process.exit(0)));
