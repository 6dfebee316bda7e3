import type { Request, Response } from 'express';
import { pinoHttp, type HttpLogger } from 'pino-http';
import type { Logger } from 'pino';
import type { AuthenticatedRequest } from '../webhooks/identity.types';
import { requestIdOf } from './request-id';
import { routeOf } from './request-route';

/** Asked all the time, by machines: of interest only to somebody who debugs. */
const QUIET_ROUTES = /^\/(?:health\/|metrics$)/;

/**
 * Gives every request an id, which its answer and its log lines carry, and writes one line for it when it is over: the
 * route's pattern rather than the URL, who asked, and what came of it. Never a header, a query or a body.
 */
export function logRequests(logger: Logger): HttpLogger<Request, Response> {
  return pinoHttp<Request, Response>({
    logger,
    genReqId: (request, response) => {
      const requestId = requestIdOf(request.headers);
      response.setHeader('X-Request-Id', requestId);
      return requestId;
    },
    customAttributeKeys: { reqId: 'requestId' },
    quietReqLogger: true,
    quietResLogger: true,
    // The library's own fields, of which every header is one, are neither made nor written.
    wrapSerializers: false,
    serializers: { req: () => undefined },
    customLogLevel: (request, response) => (QUIET_ROUTES.test(routeOf(request, response) ?? '') ? 'debug' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customSuccessObject: describe,
    customErrorObject: (request, response, _error, fields: object) => describe(request, response, fields),
  });
}

interface RequestLine {
  context: 'Http';
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

function describe(request: Request, response: Response, fields: object): RequestLine {
  const { customer, apiKey } = request as Request & Partial<AuthenticatedRequest>;
  return {
    context: 'Http',
    method: request.method,
    route: routeOf(request, response),
    status: response.statusCode,
    durationMs: (fields as { responseTime: number }).responseTime,
    customerId: customer?.id ?? null,
    apiKeyId: apiKey?.id ?? null,
    ...(response.writableFinished ? {} : { isAborted: true }),
  };
}
