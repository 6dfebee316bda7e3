import type {
  EndpointTimeline,
  StoredOutcome,
  TimelineAttempt,
  TimelineDelivery,
  TimelineTarget,
} from './timeline.types';

/** Why an endpoint was passed over, as half a sentence. Pure. */
export function whyPassedOver({ outcome, by }: StoredOutcome, event: string, target?: TimelineTarget): string {
  if (outcome === 'filtered' && by === 'events') return `the endpoint does not ask for ${event}`;
  if (outcome === 'filtered') return 'the endpoint’s filter does not let this event through';
  if (outcome === 'disabled') return `the endpoint was disabled${becauseOf(target)}`;
  return outcome;
}

/** The reason is the endpoint's present one; after it was made active again there is none. */
function becauseOf(target: TimelineTarget | undefined): string {
  if (target?.state !== 'disabled' || target.disabledReason === null) return '';
  if (target.disabledReason === 'gone') return ', because its receiver had answered HTTP 410 (gone)';
  return `, because of: ${target.disabledReason}`;
}

/** How a delivery stands, in one sentence that answers "why did this not arrive?". Pure. */
export function describeDelivery(
  delivery: TimelineDelivery,
  attempts: readonly TimelineAttempt[],
  now: Date,
): Pick<EndpointTimeline, 'state' | 'summary'> {
  const isHeld = delivery.nextAttemptAt === null;
  switch (delivery.status) {
    case 'SENT':
      return { state: 'delivered', summary: whyDelivered(attempts) };
    case 'FAILED':
      return { state: 'failed', summary: sentence(`${before(delivery, attempts)}${whyFailed(delivery, attempts)}`) };
    case 'PENDING':
      return isHeld
        ? { state: 'held', summary: sentence(`${before(delivery, attempts)}${whyHeld(delivery)}`) }
        : {
            state: 'waiting',
            summary: sentence(`${before(delivery, attempts)}${whyWaiting(delivery, attempts, now)}`),
          };
  }
}

function whyDelivered(attempts: readonly TimelineAttempt[]): string {
  const last = attempts.at(-1);
  if (last === undefined) return 'Delivered.';
  return `Delivered: attempt ${last.attempt} was answered with HTTP ${last.statusCode ?? '2xx'}.`;
}

/** What went before a resend. */
function before({ roundStart }: TimelineDelivery, attempts: readonly TimelineAttempt[]): string {
  if (roundStart === 0) return '';
  const delivered = attempts.find(({ attempt, error }) => attempt <= roundStart && error === null);
  return delivered === undefined ? 'sent again, ' : `delivered at attempt ${delivered.attempt}, then sent again, `;
}

function whyFailed(
  { attempts: total, roundStart, lastError }: TimelineDelivery,
  attempts: readonly TimelineAttempt[],
): string {
  const made = total - roundStart;
  const why = lastError ?? 'the reason is not known';
  if (made === 0) return `not delivered: ${why}`;
  // Given up between two attempts: the endpoint was deleted, say.
  if (attempts.at(-1)?.error !== lastError) return `not delivered: ${why}, after ${count(made, 'failed attempt')}`;
  if (made === 1) return `not delivered: its only attempt failed with ${why}`;
  return `not delivered: all ${made} attempts failed, the last one with ${why}`;
}

function whyHeld({ heldReason }: TimelineDelivery): string {
  if (heldReason === null) return 'held for now';
  const until = heldReason.startsWith('endpoint ') ? ': it goes out when the endpoint is active again' : '';
  return `held, because of "${heldReason}"${until}`;
}

function whyWaiting(
  { attempts: total, roundStart, nextAttemptAt }: TimelineDelivery,
  attempts: readonly TimelineAttempt[],
  now: Date,
): string {
  const last = total === roundStart ? undefined : attempts.at(-1);
  const failed = last === undefined ? '' : `attempt ${last.attempt} failed with ${last.error ?? 'no error'}, and `;
  return `not delivered yet: ${failed}${whenNext(total + 1, nextAttemptAt, now)}`;
}

/** When the coming attempt is made, as half a sentence. Pure. */
export function whenNext(attempt: number, nextAttemptAt: Date | null, now: Date): string {
  if (nextAttemptAt !== null && nextAttemptAt > now)
    return `attempt ${attempt} is due at ${nextAttemptAt.toISOString()}`;
  return `attempt ${attempt} is under way or about to be made`;
}

/** How an emit went, over all endpoints. Pure. */
export function describeMessage(endpoints: readonly EndpointTimeline[]): string {
  if (endpoints.length === 0) return 'Sent to nobody: there was no endpoint when it was accepted.';
  const passedOver = endpoints.filter(({ state }) => state === 'passed-over').length;
  if (passedOver === endpoints.length) {
    return `Sent to nobody: ${count(passedOver, 'endpoint')} passed over, each for the reason given there.`;
  }
  const states = ['delivered', 'failed', 'waiting', 'held', 'deleted'] as const;
  const parts = states.flatMap((state) => {
    const number = endpoints.filter((endpoint) => endpoint.state === state).length;
    return number === 0 ? [] : [`${number} ${state}`];
  });
  const others = passedOver === 0 ? '' : `; ${count(passedOver, 'endpoint')} passed over`;
  return `${count(endpoints.length - passedOver, 'delivery', 'deliveries')}: ${parts.join(', ')}${others}.`;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;
