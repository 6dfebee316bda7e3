import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { ExpressAdapter as NestExpressAdapter } from '@nestjs/platform-express';
import { Router, type Express, type RequestHandler } from 'express';
import { closeQueue } from '../queue/close-queue';
import { QueueFactory } from '../queue/queue.factory';
import { reportErrors } from '../queue/report-errors';
import { DELIVERY_QUEUE } from '../webhooks/delivery/delivery.queue';
import { RareWarnings } from '../webhooks/rare-warnings';
import { requireOperator } from './require-operator';

/** Injection token of the board's password. */
export const QUEUE_BOARD_TOKEN = Symbol('QUEUE_BOARD_TOKEN');

const PATH = '/queues';

/** Everything from here, and nothing from elsewhere: the board's page asks for fonts of another site. */
const CONTENT_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

/**
 * Shows the queue's jobs in a browser, at /queues, to whoever has the operator's token. To look at only: retrying,
 * promoting or removing jobs there would go past the rules that PostgreSQL keeps. A job holds ids, nothing else.
 */
@Injectable()
export class QueueBoard implements OnModuleInit, OnApplicationShutdown {
  private readonly warnings = new RareWarnings(new Logger('QueueBoard'));
  private close: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly factory: QueueFactory,
    private readonly adapterHost: HttpAdapterHost<NestExpressAdapter>,
    @Inject(QUEUE_BOARD_TOKEN) private readonly operatorToken: string,
  ) {}

  /** Before the routes are registered, of which none is meant for its paths. */
  onModuleInit(): void {
    const queue = this.factory.createQueue(DELIVERY_QUEUE);
    reportErrors(queue, this.warnings);
    this.close = () => closeQueue(queue);
    const board = new ExpressAdapter().setBasePath(PATH);
    createBullBoard({
      queues: [new BullMQAdapter(queue, { readOnlyMode: true })],
      serverAdapter: board,
      options: { uiConfig: { boardTitle: 'Webhooks Module' } },
    });
    const router = Router();
    router.use(namedForLog, requireOperator(this.operatorToken), readOnly, contentPolicy);
    router.use((board.getRouter() as Express).disable('x-powered-by'));
    this.adapterHost.httpAdapter.use(PATH, router);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}

const namedForLog: RequestHandler = (_request, response, next) => {
  response.locals['route'] = PATH;
  next();
};

/** Also where the board itself would permit a change. */
const readOnly: RequestHandler = ({ method }, response, next) => {
  if (method === 'GET' || method === 'HEAD') next();
  else response.status(405).set('Allow', 'GET, HEAD').json({ error: 'This board is read-only.' });
};

const contentPolicy: RequestHandler = (_request, response, next) => {
  response.set({ 'Content-Security-Policy': CONTENT_POLICY, 'Cache-Control': 'no-store' });
  next();
};
