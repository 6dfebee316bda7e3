import { describeDelivery, describeMessage, whenNext, whyPassedOver } from './timeline-summary';
import type {
  EndpointTimeline,
  MessageTimeline,
  StoredOutcome,
  TimelineAttempt,
  TimelineDelivery,
  TimelineEntry,
  TimelineRows,
  TimelineTarget,
} from './timeline.types';

/**
 * What became of one emit, endpoint by endpoint, from the rows alone: accepted, passed over and why, queued or held,
 * each attempt, the next one, the end. Pure.
 */
export function buildTimeline({ message, targets, deliveries, attempts }: TimelineRows, now: Date): MessageTimeline {
  const accepted: TimelineEntry = { at: message.createdAt, what: 'accepted', detail: `${message.event} was accepted` };
  const endpoints = message.outcomes.map((outcome) => {
    const target = targets.find(({ id }) => id === outcome.endpointId);
    const delivery = deliveries.find(({ id }) => id === outcome.eventId);
    const own = attempts.filter(({ eventId }) => eventId === outcome.eventId);
    const rest =
      delivery === undefined
        ? withoutDelivery(outcome, message.event, message.createdAt, target)
        : withDelivery(outcome, delivery, own, message.createdAt, now);
    return { ...identify(outcome, target), ...rest, entries: [accepted, ...rest.entries] };
  });
  return {
    messageId: message.id,
    event: message.event,
    acceptedAt: message.createdAt,
    summary: describeMessage(endpoints),
    endpoints,
  };
}

function identify(
  { endpointId, eventId }: StoredOutcome,
  target: TimelineTarget | undefined,
): Pick<EndpointTimeline, 'endpointId' | 'url' | 'endpointState' | 'eventId'> {
  return {
    endpointId,
    url: target?.url ?? null,
    endpointState: target?.deletedAt === null ? target.state : 'deleted',
    eventId: eventId ?? null,
  };
}

type Course = Pick<EndpointTimeline, 'state' | 'summary' | 'nextAttemptAt' | 'entries'>;

function withoutDelivery(outcome: StoredOutcome, event: string, at: Date, target: TimelineTarget | undefined): Course {
  if (outcome.eventId !== undefined) {
    const detail = 'the delivery was deleted, as retention asks';
    return {
      state: 'deleted',
      summary: 'Not known any more: the delivery was deleted, as retention asks.',
      nextAttemptAt: null,
      entries: [{ at: null, what: 'deleted', detail }],
    };
  }
  const why = whyPassedOver(outcome, event, target);
  return {
    state: 'passed-over',
    summary: `Not sent: ${why}.`,
    nextAttemptAt: null,
    entries: [{ at, what: 'passed-over', detail: why }],
  };
}

function withDelivery(
  { outcome }: StoredOutcome,
  delivery: TimelineDelivery,
  attempts: readonly TimelineAttempt[],
  acceptedAt: Date,
  now: Date,
): Course {
  const queued = outcome === 'test' ? 'a sample was asked for: one attempt, at once' : 'queued for delivery';
  const made = attempts.flatMap((attempt) => [
    ...(delivery.roundStart > 0 && attempt.attempt === delivery.roundStart + 1 ? [resent(delivery)] : []),
    toEntry(attempt),
  ]);
  const isResendAhead = delivery.roundStart > 0 && delivery.attempts === delivery.roundStart;
  return {
    ...describeDelivery(delivery, attempts, now),
    nextAttemptAt: delivery.status === 'PENDING' ? delivery.nextAttemptAt : null,
    entries: [
      { at: acceptedAt, what: 'queued', detail: queued },
      ...made,
      ...(isResendAhead ? [resent(delivery)] : []),
      standing(delivery, now),
    ],
  };
}

const resent = ({ roundStart }: TimelineDelivery): TimelineEntry => ({
  at: null,
  what: 'resent',
  detail: `sent again after attempt ${roundStart}, with a fresh budget of attempts`,
});

function toEntry({ attempt, startedAt, durationMs, statusCode, error, errorCode }: TimelineAttempt): TimelineEntry {
  const came = error ?? `HTTP ${statusCode ?? '2xx'}`;
  const detail = `attempt ${attempt}: ${came} after ${durationMs} ms`;
  return { at: startedAt, what: 'attempt', detail, attempt, statusCode, error, errorCode, durationMs };
}

/** Where it stands, or how it ended. */
function standing(
  { status, attempts, lastError, processedAt, nextAttemptAt, heldReason }: TimelineDelivery,
  now: Date,
): TimelineEntry {
  if (status === 'SENT') return { at: processedAt, what: 'delivered', detail: 'SENT' };
  if (status === 'FAILED') return { at: processedAt, what: 'failed', detail: `FAILED: ${lastError ?? 'unknown'}` };
  if (nextAttemptAt === null) return { at: null, what: 'held', detail: heldReason ?? 'held for now' };
  const detail = whenNext(attempts + 1, nextAttemptAt, now);
  return { at: nextAttemptAt, what: 'next-attempt', detail, attempt: attempts + 1 };
}
