import type { AttemptRecord } from '../../src/webhooks/delivery/delivery.types';

/** The record of a first attempt that failed, and is to be made again after a second. */
export const failedAttempt = (
  delivery: Pick<AttemptRecord, 'eventId' | 'customerId' | 'endpointId' | 'url'>,
): AttemptRecord => ({
  ...delivery,
  round: 0,
  expectedAttempts: 0,
  startedAt: new Date(),
  durationMs: 5,
  statusCode: 500,
  error: 'HTTP 500',
  errorCode: 'http-status',
  responseBody: 'x',
  responseHeaders: { server: 'x' },
  status: 'PENDING',
  nextDelayMs: 1_000,
});
