import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks/webhooks.options';

/** Long enough for clients that are busy to make one more request on each connection that they keep. */
const DRAIN_MS = 500;
const PAUSE_MS = 20;

/**
 * Ends the connections that clients keep open by saying so in an answer, before the server closes them: a request that
 * is sent on a connection in the moment in which it is closed gets no answer.
 */
@Injectable()
export class HttpDrain implements BeforeApplicationShutdown {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    const server = this.adapterHost.httpAdapter.getHttpServer() as Server;
    if (!server.listening) return;
    server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
      response.setHeader('Connection', 'close');
    });
    // A process that delivers as well stops taking jobs now, in a hook after this one; what it has under way takes time.
    if (this.options.role !== 'api') return;
    const countConnections = promisify(server.getConnections.bind(server));
    const deadline = performance.now() + DRAIN_MS;
    while (performance.now() < deadline && (await countConnections()) > 0) await sleep(PAUSE_MS);
  }
}
