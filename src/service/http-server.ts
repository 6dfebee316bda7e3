import { HttpAdapterHost } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json } from 'express';
import helmet from 'helmet';
import { isUtf8 } from 'node:buffer';
import { ProblemFilter } from '../webhooks/http/problem.filter';
import { logRequests } from './request-log';

/** A body may hold a batch of events, white space that is not sent on, or certificates. */
const BODY_FACTOR = 4;
const BODY_ALLOWANCE_BYTES = 65_536;

/** Whose signature is of the body's bytes: they are kept for it, and for nothing else. */
const SIGNED_ROUTE = /^\/leaked-keys\/github\/?(?:\?|$)/i;

/** How the stand-alone service speaks HTTP: JSON bodies up to the payload limit, and problem+json for every error. */
export function configureHttp(app: NestExpressApplication, maxPayloadBytes: number): void {
  app.disable('x-powered-by').disable('etag');
  app.use(logRequests());
  app.use(helmet());
  app.use(
    json({
      limit: BODY_FACTOR * maxPayloadBytes + BODY_ALLOWANCE_BYTES,
      type: ['application/json', 'application/*+json'],
      verify: (request, _response, body) => {
        refuseInvalidUtf8(body);
        if (SIGNED_ROUTE.test(request.url ?? '')) Object.assign(request, { rawBody: body });
      },
    }),
  );
  app.useGlobalFilters(new ProblemFilter(app.get(HttpAdapterHost)));
}

/** Decoding would replace what is not UTF-8 in silence, and an event would not arrive as it was sent. */
function refuseInvalidUtf8(body: Buffer): void {
  if (!isUtf8(body)) throw Object.assign(new Error('the body is not valid UTF-8'), { status: 400 });
}
