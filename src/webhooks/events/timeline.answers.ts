import { choice, integer, list, maybe, model, orNull, text, time, uuid, type FieldsOf } from '../openapi/schema';
import type { EndpointTimeline, EventTimeline, MessageTimeline, TimelineEntry } from './timeline.types';

const WHAT: readonly TimelineEntry['what'][] = [
  'accepted',
  'passed-over',
  'queued',
  'attempt',
  'resent',
  'held',
  'next-attempt',
  'delivered',
  'failed',
  'deleted',
];

const ENTRY = model<TimelineEntry>('TimelineEntry', 'One thing that happened, or will.', {
  at: orNull(time('When; null when the time is not known.')),
  what: choice(WHAT, 'What.', 'attempt'),
  detail: text('In words.', 'attempt 1: HTTP 200'),
  attempt: maybe(integer('Its number, for `attempt` and `next-attempt`.', 1)),
  statusCode: maybe(orNull(integer('What was answered.', 200))),
  error: maybe(orNull(text('What went wrong, for people.', 'HTTP 500'), null)),
  errorCode: maybe(orNull(text('What went wrong, for programs.', 'http-status'), null)),
  durationMs: maybe(integer('How long it took.', 42)),
});

const AT_ENDPOINT: FieldsOf<EndpointTimeline> = {
  endpointId: uuid('The endpoint.', '019bd0c0-2000-7000-8000-000000000000'),
  url: orNull(text('Its URL now; null when it is not known any more.', 'https://example.com/webhooks')),
  endpointState: choice(['active', 'paused', 'disabled', 'deleted'], 'How the endpoint is now.'),
  eventId: orNull(uuid('The delivery; null when none was made.', '019bd0c0-3000-7000-8000-000000000001')),
  state: choice(['delivered', 'failed', 'waiting', 'held', 'passed-over', 'deleted'], 'How the delivery stands.'),
  summary: text('One sentence: why did this not arrive?', 'Delivered at the first attempt.'),
  nextAttemptAt: orNull(time('When it is tried again.'), null),
  entries: list(ENTRY, 'Oldest first.'),
};

const OF_MESSAGE = {
  messageId: uuid('The event, as it was accepted.', '019bd0c0-3000-7000-8000-000000000000'),
  event: text('The event type.', 'message.received'),
  acceptedAt: time('When it was accepted.'),
};

export const EVENT_TIMELINE = model<EventTimeline>('EventTimeline', 'What became of one delivery.', {
  ...OF_MESSAGE,
  ...AT_ENDPOINT,
});

export const MESSAGE_TIMELINE = model<MessageTimeline>('MessageTimeline', 'What became of one event.', {
  ...OF_MESSAGE,
  summary: text('In one sentence.', 'Delivered to 1 of 1 endpoints.'),
  endpoints: list(
    model<EndpointTimeline>('EndpointTimeline', 'What became of an event at one endpoint.', AT_ENDPOINT),
    'Endpoint by endpoint.',
  ),
});
