import { HttpException } from '@nestjs/common';
import type { WebhooksError } from '../webhooks.errors';
import { problemOf } from './problem';

/**
 * A {@link WebhooksError} as an exception that every Nest application answers with the right status, also on routes
 * of a host application that does not use this module's filter.
 */
export class ProblemException extends HttpException {
  constructor(readonly error: WebhooksError) {
    const body = problemOf(error);
    super(body, body.status, { cause: error });
  }
}
