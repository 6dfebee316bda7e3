import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { isDatabaseUnavailable } from '../../database/database-errors';
import { WebhooksError } from '../webhooks.errors';
import { problem, PROBLEM_MEDIA_TYPE, problemOf, type Problem } from './problem';
import { ProblemException } from './problem.exception';

/** Answers every error as RFC 9457 `application/problem+json`. What it does not know is a 500 that says nothing. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response: unknown = host.switchToHttp().getResponse();
    const { httpAdapter } = this.adapterHost;
    if (httpAdapter.isHeadersSent(response)) return;
    const body = toProblem(error);
    if (body.status >= 500) this.report(error, body);
    if (body.status === 503) httpAdapter.setHeader(response, 'Retry-After', '1');
    httpAdapter.setHeader(response, 'Content-Type', PROBLEM_MEDIA_TYPE);
    httpAdapter.reply(response, body, body.status);
  }

  private report(error: unknown, body: Problem): void {
    if (body.status === 503) {
      this.logger.warn(`${body.code}: ${body.detail}`);
      return;
    }
    this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function toProblem(error: unknown): Problem {
  if (error instanceof WebhooksError) return problemOf(error);
  if (error instanceof ProblemException) return problemOf(error.error);
  if (isDatabaseUnavailable(error)) {
    return problem(503, 'database_unavailable', 'The database does not answer. Try again shortly.');
  }
  const status = statusOf(error);
  if (status === undefined || status >= 500) {
    return problem(500, 'internal_error', 'Something went wrong on our side. The request can be tried again.');
  }
  return clientProblem(status, error);
}

/** The status that Nest, the body parser or the HTTP platform gave its error. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null) return undefined;
  const { status, statusCode } = error as { status?: unknown; statusCode?: unknown };
  const found = status ?? statusCode;
  return typeof found === 'number' && found >= 400 && found <= 599 ? found : undefined;
}

const CLIENT_PROBLEMS: Record<number, [code: string, detail: string]> = {
  400: ['invalid_request', 'The request cannot be read: is the body valid JSON and the URL well-formed?'],
  404: ['no_such_route', 'There is nothing at this path and method.'],
  413: ['payload_too_large', 'The request body is larger than this service accepts.'],
  415: ['unsupported_media_type', 'Send the body as Content-Type: application/json, in UTF-8.'],
};

function clientProblem(status: number, error: unknown): Problem {
  const [code, detail] = CLIENT_PROBLEMS[status] ?? [
    'request_refused',
    error instanceof HttpException ? error.message : 'The request was refused.',
  ];
  return problem(status, code, detail);
}
