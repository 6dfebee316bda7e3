import { firstIdAt } from '../ids';
import type { CustomerRetention, Cutoffs } from './retention.repository';

const DAY_MS = 86_400_000;

/** A time that lies some days back. */
export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);

/** Until when the rows of these customers are due: their own limits, or the service's. Pure. */
export function cutoffsOf(
  customers: readonly CustomerRetention[],
  defaults: { payloadDays: number; eventDays: number },
  now: Date,
): Cutoffs {
  const payloads = customers.map(({ payloadDays }) => daysBefore(now, payloadDays ?? defaults.payloadDays));
  const events = customers.map(({ eventDays }) => daysBefore(now, eventDays ?? defaults.eventDays));
  return {
    customerIds: customers.map(({ id }) => id),
    // An id holds the time of its row, and every index ends with the id.
    payloadsBefore: payloads.map(firstIdAt),
    eventsBefore: events.map(firstIdAt),
    eventTimesBefore: events,
  };
}
