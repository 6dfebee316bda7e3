import { pageOf } from '../openapi/page-schema';
import { choice, integer, list, model, number, orNull, text, time, uuid } from '../openapi/schema';
import { REPLAYABLE_STATUSES, type Replay } from './replay.types';

export const REPLAY = model<Replay>('WebhookReplay', 'A job that sends deliveries again.', {
  id: uuid('Its id.', '019bd0c0-4000-7000-8000-000000000000'),
  status: choice(['RUNNING', 'DONE', 'CANCELLED'], 'How it stands.'),
  endpointId: orNull(uuid('Only of this endpoint; null = of all.'), null),
  event: orNull(text('Only of this event type; null = of all.', 'message.received'), null),
  statuses: list(choice(REPLAYABLE_STATUSES, 'A status.'), 'How the deliveries had ended.', ['FAILED']),
  from: time('Accepted at this time or later.', '2026-01-30T12:00:00.000Z'),
  to: time('Accepted before this time.'),
  matched: integer('Deliveries looked at that match.', 120),
  resent: integer('Deliveries sent again.', 60),
  progress: number('From 0 to 1.', 0.5, { minimum: 0, maximum: 1 }),
  createdAt: time('When it was asked for.'),
  finishedAt: orNull(time('When it ended.'), null),
});

export const REPLAYS = pageOf('WebhookReplayPage', REPLAY);
