import { context } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import { endServerSpan, startServerSpan } from '../tracing/spans';
import { routeOf } from './request-route';

/** Handles every request within a span of its own, beneath the caller's, where spans are recorded. */
export function traceRequests(request: Request, response: Response, next: NextFunction): void {
  const { traceparent } = request.headers;
  const server = startServerSpan(request.method, typeof traceparent === 'string' ? traceparent : undefined);
  if (server === null) {
    next();
    return;
  }
  response.once('close', () => {
    endServerSpan(server.span, request.method, routeOf(request, response), response.statusCode);
  });
  context.with(server.within, next);
}
