import { Logger } from '@nestjs/common';
import { context } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import { endServerSpan, startServerSpan } from '../tracing/spans';
import type { AuthenticatedRequest } from '../webhooks/identity.types';
import { runForRequest } from './request-context';
import { requestIdOf } from './request-id';

/** Asked all the time, by machines: of interest only to somebody who debugs. */
const QUIET_ROUTES = /^\/(?:health\/|metrics$)/;

/**
 * Gives every request an id, which its answer and its log lines carry, and writes one line for it when it is over: the
 * route's pattern rather than the URL, who asked, and what came of it. Never a header, a query or a body.
 */
export function logRequests(): (request: Request, response: Response, next: NextFunction) => void {
  const logger = new Logger('Http');
  return (request, response, next) => {
    const requestId = requestIdOf(request.headers);
    const startedAt = performance.now();
    const { traceparent } = request.headers;
    const server = startServerSpan(request.method, typeof traceparent === 'string' ? traceparent : undefined);
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => {
      const line = describe(request, response, performance.now() - startedAt);
      if (server !== null) endServerSpan(server.span, line.method, line.route, line.status);
      // Not in the request's context any more, so it says its id itself.
      logger[line.route !== null && QUIET_ROUTES.test(line.route) ? 'debug' : 'log']('request', { ...line, requestId });
    });
    // Node 20 slows every promise of a process down, from the first use of a request's context on: one that is asked for
    // nothing but its health, a worker, does without.
    const run = QUIET_ROUTES.test(request.path) ? next : (): void => runForRequest(requestId, next);
    if (server === null) run();
    else context.with(server.within, run);
  };
}

interface RequestLine {
  method: string;
  /** Null when the path leads nowhere, or the request could not be read. */
  route: string | null;
  status: number;
  durationMs: number;
  customerId: string | null;
  apiKeyId: string | null;
  /** Only when the client went away before it had the whole answer. */
  isAborted?: true;
}

function describe(request: Request, response: Response, elapsedMs: number): RequestLine {
  const { customer, apiKey } = request as Request & Partial<AuthenticatedRequest>;
  const { route } = request as { route?: { path?: unknown } };
  const told: unknown = response.locals['route'] ?? route?.path;
  return {
    method: request.method,
    route: typeof told === 'string' ? told : null,
    status: response.statusCode,
    durationMs: Math.round(elapsedMs * 10) / 10,
    customerId: customer?.id ?? null,
    apiKeyId: apiKey?.id ?? null,
    ...(response.writableFinished ? {} : { isAborted: true }),
  };
}
