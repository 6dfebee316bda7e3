import { integer, list, model, number, orNull, shape, time, uuid, type FieldsOf } from '../openapi/schema';
import type { AttemptCounts, HourlyCounts } from './stats.repository';
import type { EndpointStats } from './stats.service';

const HOUR: FieldsOf<HourlyCounts> = {
  hour: time('The hour’s start; the first and the last count only what lies in the range.', '2026-01-31T11:00:00.000Z'),
  ...({
    attempts: integer('Attempts.', 120),
    succeeded: integer('With a 2xx answer.', 118),
    failed: integer('The others.', 2),
  } satisfies FieldsOf<AttemptCounts>),
};

export const ENDPOINT_STATS = model<EndpointStats>('EndpointStats', 'How an endpoint did.', {
  endpointId: uuid('The endpoint.', '019bd0c0-2000-7000-8000-000000000000'),
  from: time('The start of the range.', '2026-01-30T12:00:00.000Z'),
  to: time('Its end, excluded.'),
  attempts: shape<EndpointStats['attempts']>({
    total: integer('Attempts that started in the range.', 120),
    succeeded: integer('With a 2xx answer.', 118),
    failed: integer('The others.', 2),
    successRate: orNull(number('From 0 to 1; null without any.', 0.983)),
  }),
  latencyMs: shape<EndpointStats['latencyMs']>({
    p50: orNull(number('Half were as fast as this; null without any.', 42)),
    p95: orNull(number('95 % were as fast as this.', 120)),
    p99: orNull(number('99 % were as fast as this.', 350)),
  }),
  deliveries: shape<EndpointStats['deliveries']>({
    PENDING: integer('Deliveries accepted in the range that wait.', 0),
    SENT: integer('Deliveries accepted in the range that arrived.', 118),
    FAILED: integer('Deliveries accepted in the range that were given up.', 1),
  }),
  backlog: shape<EndpointStats['backlog']>({
    pending: integer('Deliveries that wait now, whenever they were accepted.', 0),
    held: integer('Those of them that are held back.', 0),
    oldestPendingAt: orNull(time('When the oldest of them was accepted.'), null),
    oldestPendingAgeMs: orNull(integer('How long ago that is.', 1_000), null),
  }),
  hours: list(shape<HourlyCounts>(HOUR), 'Every hour (UTC) of the range, oldest first.'),
});
