import { pageOf } from '../openapi/page-schema';
import { PROBLEM } from '../openapi/problem-schema';
import {
  about,
  anyObject,
  choice,
  integer,
  list,
  model,
  orNull,
  shape,
  text,
  time,
  uuid,
  type FieldsOf,
  type Schema,
} from '../openapi/schema';
import type { AttemptLogEntry, EventDetail, EventSummary } from './events.repository';
import type { EmitResult } from './events.service';
import type { TestSendResult } from './test-sends.service';

const EVENT_ID = '019bd0c0-3000-7000-8000-000000000001';
const MESSAGE_ID = '019bd0c0-3000-7000-8000-000000000000';
const URL = text('Where it is sent.', 'https://example.com/webhooks');

const ACCEPTED_FIELDS: FieldsOf<EmitResult> = {
  messageId: uuid('The event, as it was accepted.', MESSAGE_ID),
  eventIds: list({ type: 'string', format: 'uuid' }, 'A delivery for each endpoint that it goes to.', [EVENT_ID]),
};

export const ACCEPTED = model<EmitResult>(
  'AcceptedEvent',
  'The event is committed and will be delivered.',
  ACCEPTED_FIELDS,
);

const BATCH_ITEM: Schema = {
  oneOf: [
    shape<EmitResult & { status: 202 }>({ status: { type: 'integer', const: 202 }, ...ACCEPTED_FIELDS }),
    PROBLEM,
  ],
};

export const BATCH_RESULTS = model<{ results: unknown[] }>('BatchResults', 'What became of each event.', {
  results: list(BATCH_ITEM, 'One for each event, in their order: as the single route answers it, or its problem.'),
});

/** A header of requests. */
export const IDEMPOTENCY_KEY = text(
  'Publishing again with the same key and event within 24 hours answers the same and sends nothing twice.',
  'order-42-paid',
  { minLength: 1, maxLength: 255 },
);

const SUMMARY: FieldsOf<EventSummary> = {
  id: uuid('The delivery; receivers get it as `webhook-id`.', EVENT_ID),
  messageId: uuid('The event, as it was accepted.', MESSAGE_ID),
  endpointId: uuid('The endpoint.', '019bd0c0-2000-7000-8000-000000000000'),
  url: URL,
  event: text('The event type.', 'message.received'),
  status: choice(['PENDING', 'SENT', 'FAILED'], 'Under way or waiting, delivered, or given up.', 'SENT'),
  attempts: integer('Attempts made.', 1),
  lastError: orNull(text('Why the last attempt failed.', 'HTTP 500'), null),
  createdAt: time('When it was accepted.'),
  processedAt: orNull(time('When it was SENT or FAILED.')),
  nextAttemptAt: orNull(time('When it is tried again.'), null),
  heldReason: orNull(text('Why it waits though it is due: `paused`, `ordering`, …', 'paused'), null),
};

/** A delivery as lists show it. */
export const EVENT_SUMMARY = model<EventSummary>('WebhookEvent', 'One event on its way to one endpoint.', SUMMARY);

export const EVENT_PAGE = pageOf('WebhookEventPage', EVENT_SUMMARY);

const ATTEMPT = model<AttemptLogEntry>('WebhookAttempt', 'One HTTP try.', {
  attempt: integer('Its number.', 1),
  startedAt: time('When it began.'),
  durationMs: integer('How long it took.', 42),
  statusCode: orNull(integer('What was answered; null when no answer came.', 200)),
  error: orNull(text('What went wrong, for people.', 'HTTP 500'), null),
  errorCode: orNull(text('What went wrong, for programs.', 'http-status'), null),
  responseBody: orNull(text('The start of the answer.', 'OK')),
  responseHeaders: orNull(anyObject('The answer’s headers that explain it.', { 'content-type': 'text/plain' })),
  worker: orNull(text('The process that made it.', 'worker-1')),
  url: URL,
});

export const EVENT_DETAIL = model<EventDetail>('WebhookEventDetail', 'A delivery with its body and its attempts.', {
  ...SUMMARY,
  payload: orNull(
    anyObject('The body as it is sent; null when retention has emptied it.', {
      event: 'message.received',
      timestamp: '2026-01-31T12:00:00.000Z',
      data: { content: 'Hello!' },
    }),
  ),
  payloadErasedAt: orNull(time('When retention emptied the body.'), null),
  attemptLog: list(ATTEMPT, 'By number.'),
});

export const TEST_SEND = model<TestSendResult>('TestSendResult', 'What came of a test send.', {
  eventId: about(SUMMARY.id, 'The delivery in the log.'),
  event: SUMMARY.event,
  statusCode: orNull(integer('What was answered; null when no answer came.', 200)),
  error: orNull(text('For people; null exactly for a 2xx answer.', 'HTTP 500'), null),
  errorCode: orNull(text('For programs; null exactly for a 2xx answer.', 'http-status'), null),
  durationMs: integer('How long it took.', 42),
  responseBody: orNull(text('The start of the answer; null when none came.', 'OK')),
});
