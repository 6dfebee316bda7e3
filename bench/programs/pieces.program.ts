import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type * as Webhooks from '../../src/webhooks';
import type * as QueueFile from '../../src/webhooks/delivery/delivery.queue';
import type * as RepositoryFile from '../../src/webhooks/delivery/delivery.repository';
import type * as RequestFile from '../../src/webhooks/delivery/delivery-request';
import type * as PresentedTokenFile from '../../src/webhooks/verification/presented-token';
import type * as VerificationFile from '../../src/webhooks/verification/verification.service';
import type * as SignatureFile from '../../src/webhooks/delivery/signature';
import type { AttemptRecord } from '../../src/webhooks/delivery/delivery.types';
import { answerCommands } from '../support/children';
import { DATA, EVENT } from '../support/body';
import { keepBusy, ratePerSecond } from '../support/keep-busy';

const dist = join(process.env['BENCH_CHECKOUT'] ?? join(__dirname, '../..'), 'dist');
/* eslint-disable @typescript-eslint/no-require-imports */
const core = require('@nestjs/core') as typeof import('@nestjs/core');
const load = (file: string): unknown => require(join(dist, 'webhooks', file));
/* eslint-enable @typescript-eslint/no-require-imports */
const { WebhooksModule, WebhooksService, CustomersService, EndpointsService, ApiKeysService } = load(
  'index.js',
) as typeof Webhooks;
const { DeliveryQueue } = load('delivery/delivery.queue.js') as typeof QueueFile;
const { DeliveryRepository } = load('delivery/delivery.repository.js') as typeof RepositoryFile;
const { buildRequest } = load('delivery/delivery-request.js') as typeof RequestFile;
const { VerificationService } = load('verification/verification.service.js') as typeof VerificationFile;
const { PresentedToken } = load('verification/presented-token.js') as typeof PresentedTokenFile;
const { generateSecret } = load('delivery/signature.js') as typeof SignatureFile;

/** Rows of one statement, and of one call. */
const ROWS = 100;

interface Input {
  databaseUrl: string;
  redisUrl: string | undefined;
  count: number;
  milliseconds: number;
}

const commands = {
  /** Each step by itself, in the order an event takes them. @returns events per second of each */
  run: async ({ databaseUrl, redisUrl, count, milliseconds }: Input) => {
    const module = WebhooksModule.forRoot(
      {
        database: { url: databaseUrl },
        queue: { redisUrl },
        role: 'api',
        secretsKey: '0'.repeat(64),
        // Nobody delivers here: no lease may end.
        delivery: { allowHttp: true, allowedCidrs: ['127.0.0.0/8'], window: 100_000, leaseMs: 3_600_000 },
      },
      { controllers: false },
    );
    const app = await core.NestFactory.createApplicationContext(module, { logger: ['error'] });
    const { id: customerId } = await app.get(CustomersService).ensure({ id: 'pieces', userId: 'user', name: 'Acme' });
    const endpoint = await app.get(EndpointsService).create(customerId, { url: 'http://127.0.0.1:9/hook' });
    const { key } = await app.get(ApiKeysService).create(customerId, { name: 'bench', permissions: ['*'] });

    const ids: string[] = [];
    const webhooks = app.get(WebhooksService);
    const emit = await timed(count, () =>
      keepBusy(count, ROWS, async () => {
        ids.push(...(await webhooks.triggerWebhook(customerId, EVENT, DATA as never)).eventIds);
      }),
    );
    const batches = Array.from({ length: Math.ceil(count / ROWS) }, (_, n) => ids.slice(n * ROWS, (n + 1) * ROWS));
    const queue = app.get(DeliveryQueue);
    const owner = { customerId, endpointId: endpoint.id };
    const rows = batches.map((batch) =>
      batch.map(() => ({ id: randomUUID(), ...owner, round: 0, attempts: 3, delayMs: 0, made: 0 })),
    );
    const enqueue = await timed(count, () => keepBusy(rows.length, 1, (n) => queue.addDue(rows[n] ?? [])));
    const repository = app.get(DeliveryRepository, { strict: false });
    const read = await timed(count, () => keepBusy(batches.length, 1, (n) => repository.load(batches[n] ?? [])));
    const record = (eventId: string): AttemptRecord => ({ ...RECORD, eventId, customerId, endpointId: endpoint.id });
    const written = batches.map((batch) => batch.map(record));
    const writeBack = await timed(count, () => keepBusy(written.length, 1, (n) => repository.record(written[n] ?? [])));

    const [first] = await repository.load(ids.slice(0, 1));
    if (first === undefined) throw new Error('nothing was emitted');
    const secrets = [generateSecret()];
    const sign = await ratePerSecond(milliseconds, 1, () =>
      Promise.resolve(buildRequest(first, 1, secrets, new Date())),
    );
    const keys = app.get(VerificationService, { strict: false });
    const verify = await ratePerSecond(milliseconds, 50, async () =>
      keys.verify(new PresentedToken(key), { ip: '127.0.0.1', userAgent: 'bench' }),
    );
    await app.close();
    return { emit, enqueue, load: read, 'write-back': writeBack, sign, verify };
  },
};

const RECORD = {
  round: 0,
  expectedAttempts: 0,
  url: 'http://127.0.0.1:9/hook',
  startedAt: new Date(),
  durationMs: 3,
  statusCode: 200,
  error: null,
  errorCode: null,
  responseBody: '{"ok":true}',
  responseHeaders: { 'content-type': 'application/json' },
  status: 'SENT',
  nextDelayMs: null,
} as const;

async function timed(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - start);
}

export type PiecesCommands = typeof commands;

answerCommands(commands);
