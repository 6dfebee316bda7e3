import { buildTimeline } from './timeline';
import type { StoredOutcome, TimelineAttempt, TimelineDelivery, TimelineRows, TimelineTarget } from './timeline.types';

const now = new Date('2026-05-01T12:00:00Z');
const acceptedAt = new Date('2026-05-01T11:00:00Z');
const later = new Date('2026-05-01T12:30:00Z');

const target = (more: Partial<TimelineTarget> = {}): TimelineTarget => ({
  id: 'endpoint',
  url: 'https://example.com/',
  state: 'active',
  disabledReason: null,
  deletedAt: null,
  ...more,
});

const delivery = (more: Partial<TimelineDelivery> = {}): TimelineDelivery => ({
  id: 'event',
  status: 'PENDING',
  attempts: 0,
  roundStart: 0,
  lastError: null,
  processedAt: null,
  nextAttemptAt: acceptedAt,
  heldReason: null,
  ...more,
});

const attempt = (number: number, more: Partial<TimelineAttempt> = {}): TimelineAttempt => ({
  eventId: 'event',
  attempt: number,
  startedAt: acceptedAt,
  durationMs: 12,
  statusCode: 500,
  error: 'HTTP 500',
  errorCode: 'http-status',
  ...more,
});
const success = (number: number) => attempt(number, { statusCode: 200, error: null, errorCode: null });

function timeline(
  outcomes: readonly StoredOutcome[],
  rows: Partial<Omit<TimelineRows, 'message'>> = {},
): ReturnType<typeof buildTimeline> {
  const message = { id: 'message', event: 'message.sent', createdAt: acceptedAt, outcomes };
  return buildTimeline({ message, targets: [target()], deliveries: [], attempts: [], ...rows }, now);
}

/** Of an emit to one endpoint. */
function course(row: TimelineDelivery, attempts: TimelineAttempt[] = [], outcome = 'created') {
  const outcomes = [{ endpointId: 'endpoint', outcome, eventId: 'event' }];
  return timeline(outcomes, { deliveries: [row], attempts }).endpoints[0]!;
}

const whats = ({ entries }: { entries: { what: string }[] }): string[] => entries.map(({ what }) => what);

describe('the timeline of a delivery', () => {
  it('tells of one that arrived', () => {
    const row = delivery({ status: 'SENT', attempts: 2, processedAt: later, nextAttemptAt: null });
    expect(course(row, [attempt(1), success(2)])).toEqual({
      endpointId: 'endpoint',
      url: 'https://example.com/',
      endpointState: 'active',
      eventId: 'event',
      state: 'delivered',
      summary: 'Delivered: attempt 2 was answered with HTTP 200.',
      nextAttemptAt: null,
      entries: [
        { at: acceptedAt, what: 'accepted', detail: 'message.sent was accepted' },
        { at: acceptedAt, what: 'queued', detail: 'queued for delivery' },
        {
          at: acceptedAt,
          what: 'attempt',
          detail: 'attempt 1: HTTP 500 after 12 ms',
          attempt: 1,
          statusCode: 500,
          error: 'HTTP 500',
          errorCode: 'http-status',
          durationMs: 12,
        },
        {
          at: acceptedAt,
          what: 'attempt',
          detail: 'attempt 2: HTTP 200 after 12 ms',
          attempt: 2,
          statusCode: 200,
          error: null,
          errorCode: null,
          durationMs: 12,
        },
        { at: later, what: 'delivered', detail: 'SENT' },
      ],
    });
  });

  it('is as good as what is known of the attempts', () => {
    const row = delivery({ status: 'SENT', attempts: 1 });
    expect(course(row).summary).toBe('Delivered.');
    const unknown = course(row, [attempt(1, { statusCode: null, error: null })]);
    expect(unknown.summary).toBe('Delivered: attempt 1 was answered with HTTP 2xx.');
    expect(unknown.entries[2]?.detail).toBe('attempt 1: HTTP 2xx after 12 ms');
  });

  it.each<[string, Partial<TimelineDelivery>, TimelineAttempt[], string]>([
    [
      'all attempts failed',
      { attempts: 2, lastError: 'HTTP 500' },
      [attempt(1), attempt(2)],
      'Not delivered: all 2 attempts failed, the last one with HTTP 500.',
    ],
    [
      'its only attempt failed',
      { attempts: 1, lastError: 'HTTP 500' },
      [attempt(1)],
      'Not delivered: its only attempt failed with HTTP 500.',
    ],
    ['it was given up before an attempt', { lastError: 'endpoint deleted' }, [], 'Not delivered: endpoint deleted.'],
    ['nobody knows why', {}, [], 'Not delivered: the reason is not known.'],
    [
      'it was given up between two attempts',
      { attempts: 1, lastError: 'endpoint deleted' },
      [attempt(1)],
      'Not delivered: endpoint deleted, after 1 failed attempt.',
    ],
    [
      'it was sent again, in vain',
      { attempts: 3, roundStart: 1, lastError: 'HTTP 500' },
      [attempt(1), attempt(2), attempt(3)],
      'Sent again, not delivered: all 2 attempts failed, the last one with HTTP 500.',
    ],
    [
      'it was sent again although it had arrived',
      { attempts: 2, roundStart: 1, lastError: 'HTTP 500' },
      [success(1), attempt(2)],
      'Delivered at attempt 1, then sent again, not delivered: its only attempt failed with HTTP 500.',
    ],
  ])('says of one that is FAILED that %s', (_, more, attempts, summary) => {
    const row = delivery({ status: 'FAILED', processedAt: later, nextAttemptAt: null, ...more });
    const built = course(row, attempts);
    expect(built).toMatchObject({ state: 'failed', summary });
    const detail = `FAILED: ${more.lastError ?? 'unknown'}`;
    expect(built.entries.at(-1)).toEqual({ at: later, what: 'failed', detail });
  });

  it.each<[string, Partial<TimelineDelivery>, TimelineAttempt[], string]>([
    ['for its first attempt', {}, [], 'Not delivered yet: attempt 1 is under way or about to be made.'],
    [
      'for its first attempt, later',
      { nextAttemptAt: later },
      [],
      'Not delivered yet: attempt 1 is due at 2026-05-01T12:30:00.000Z.',
    ],
    [
      'for a retry',
      { attempts: 1, nextAttemptAt: later },
      [attempt(1)],
      'Not delivered yet: attempt 1 failed with HTTP 500, and attempt 2 is due at 2026-05-01T12:30:00.000Z.',
    ],
    [
      'for its first attempt after a resend',
      { attempts: 1, roundStart: 1 },
      [attempt(1)],
      'Sent again, not delivered yet: attempt 2 is under way or about to be made.',
    ],
    [
      'although its last attempt went well',
      { attempts: 1 },
      [success(1)],
      'Not delivered yet: attempt 1 failed with no error, and attempt 2 is under way or about to be made.',
    ],
  ])('says of one that waits: %s', (_, more, attempts, summary) => {
    const row = delivery(more);
    const built = course(row, attempts);
    expect(built).toMatchObject({ state: 'waiting', summary, nextAttemptAt: row.nextAttemptAt });
    expect(built.entries.at(-1)).toMatchObject({
      at: row.nextAttemptAt,
      what: 'next-attempt',
      attempt: row.attempts + 1,
    });
  });

  it.each([
    [
      'endpoint paused',
      'Held, because of "endpoint paused": it goes out when the endpoint is active again.',
      'endpoint paused',
    ],
    ['an earlier event', 'Held, because of "an earlier event".', 'an earlier event'],
    [null, 'Held for now.', 'held for now'],
  ])('says of one that is held by what: %s', (heldReason, summary, detail) => {
    const built = course(delivery({ nextAttemptAt: null, heldReason }));
    expect(built).toMatchObject({ state: 'held', summary, nextAttemptAt: null });
    expect(built.entries.at(-1)).toEqual({ at: null, what: 'held', detail });
  });

  it('shows where it was sent again', () => {
    const over = delivery({ status: 'SENT', attempts: 3, roundStart: 2 });
    expect(whats(course(over, [attempt(1), attempt(2), success(3)]))).toEqual([
      'accepted',
      'queued',
      'attempt',
      'attempt',
      'resent',
      'attempt',
      'delivered',
    ]);
    const ahead = delivery({ attempts: 2, roundStart: 2 });
    const built = course(ahead, [attempt(1), attempt(2)]);
    expect(whats(built)).toEqual(['accepted', 'queued', 'attempt', 'attempt', 'resent', 'next-attempt']);
    expect(built.entries[4]).toMatchObject({
      at: null,
      detail: 'sent again after attempt 2, with a fresh budget of attempts',
    });
  });

  it('says of a test that it is one', () => {
    const row = delivery({ status: 'SENT', attempts: 1 });
    expect(course(row, [success(1)], 'test').entries[1]?.detail).toBe('a sample was asked for: one attempt, at once');
  });

  it('says of one that retention has deleted that it is gone', () => {
    const { endpoints, summary } = timeline([{ endpointId: 'endpoint', outcome: 'created', eventId: 'event' }]);
    expect(endpoints[0]).toMatchObject({
      state: 'deleted',
      summary: 'Not known any more: the delivery was deleted, as retention asks.',
      eventId: 'event',
    });
    expect(whats(endpoints[0]!)).toEqual(['accepted', 'deleted']);
    expect(summary).toBe('1 delivery: 1 deleted.');
  });

  it('takes no attempt of another delivery', () => {
    const built = course(delivery(), [attempt(1, { eventId: 'other' })]);
    expect(whats(built)).toEqual(['accepted', 'queued', 'next-attempt']);
  });
});

describe('the timeline of an endpoint that was passed over', () => {
  it.each<[string, Omit<StoredOutcome, 'endpointId'>, Partial<TimelineTarget>, string]>([
    ['its event filter', { outcome: 'filtered', by: 'events' }, {}, 'the endpoint does not ask for message.sent'],
    [
      'another filter',
      { outcome: 'filtered', by: 'payload' },
      {},
      'the endpoint’s filter does not let this event through',
    ],
    ['being disabled', { outcome: 'disabled' }, {}, 'the endpoint was disabled'],
    ['being disabled, nobody knows why', { outcome: 'disabled' }, { state: 'disabled' }, 'the endpoint was disabled'],
    [
      'being gone',
      { outcome: 'disabled' },
      { state: 'disabled', disabledReason: 'gone' },
      'the endpoint was disabled, because its receiver had answered HTTP 410 (gone)',
    ],
    [
      'failing for long',
      { outcome: 'disabled' },
      { state: 'disabled', disabledReason: 'failing' },
      'the endpoint was disabled, because of: failing',
    ],
    ['what a later version says', { outcome: 'over the limit' }, {}, 'over the limit'],
  ])('says that it was for %s', (_, outcome, more, why) => {
    const { endpoints } = timeline([{ endpointId: 'endpoint', ...outcome }], { targets: [target(more)] });
    expect(endpoints[0]).toMatchObject({ state: 'passed-over', eventId: null, summary: `Not sent: ${why}.` });
    expect(endpoints[0]?.entries[1]).toEqual({ at: acceptedAt, what: 'passed-over', detail: why });
  });

  it('also tells of endpoints that were deleted since, or are not known any more', () => {
    const outcome = { endpointId: 'endpoint', outcome: 'disabled' };
    const deleted = timeline([outcome], { targets: [target({ deletedAt: later })] });
    expect(deleted.endpoints[0]).toMatchObject({ endpointState: 'deleted', url: 'https://example.com/' });
    const unknown = timeline([outcome], { targets: [] });
    expect(unknown.endpoints[0]).toMatchObject({ endpointState: 'deleted', url: null });
  });
});

describe('the timeline of an emit', () => {
  it('says that there was no endpoint', () => {
    expect(timeline([])).toEqual({
      messageId: 'message',
      event: 'message.sent',
      acceptedAt,
      summary: 'Sent to nobody: there was no endpoint when it was accepted.',
      endpoints: [],
    });
  });

  it('says that every endpoint was passed over', () => {
    const filtered = { endpointId: 'endpoint', outcome: 'filtered', by: 'events' };
    expect(timeline([filtered]).summary).toBe(
      'Sent to nobody: 1 endpoint passed over, each for the reason given there.',
    );
    expect(timeline([filtered, filtered]).summary).toMatch(/^Sent to nobody: 2 endpoints passed over/);
  });

  it('counts how its deliveries stand', () => {
    const outcomes = ['a', 'b', 'c'].map((eventId) => ({ endpointId: 'endpoint', outcome: 'created', eventId }));
    const filtered = { endpointId: 'other', outcome: 'filtered', by: 'events' };
    const deliveries = [
      delivery({ id: 'a', status: 'SENT' }),
      delivery({ id: 'b', status: 'FAILED' }),
      delivery({ id: 'c' }),
    ];
    expect(timeline(outcomes, { deliveries }).summary).toBe('3 deliveries: 1 delivered, 1 failed, 1 waiting.');
    expect(timeline([...outcomes, filtered], { deliveries }).summary).toBe(
      '3 deliveries: 1 delivered, 1 failed, 1 waiting; 1 endpoint passed over.',
    );
  });
});
