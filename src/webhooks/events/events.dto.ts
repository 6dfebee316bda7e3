import { IsDefined, IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsPlainText, IsTime, MayBeAbsent } from '../http/validators';
import { OpaqueJson } from '../http/opaque-json.decorator';
import { PageQueryDto } from '../http/page-query.dto';

const MAX_EVENT_NAME = 100;
const MAX_KEY = 255;
const STATUSES = ['PENDING', 'SENT', 'FAILED'] as const;

/** Body of `POST /webhook-events`. */
export class PublishEventDto {
  @IsString({ message: 'must be the name of an event' })
  @MaxLength(MAX_EVENT_NAME, { message: `must have at most ${MAX_EVENT_NAME} characters` })
  event!: string;

  /** What the event is about: a JSON object, passed on as it is. */
  @OpaqueJson()
  @IsDefined({ message: 'must be an object' })
  data!: unknown;

  /** At endpoints that keep the order, events with the same key are delivered one after another. */
  @MayBeAbsent('orderingKey')
  @IsPlainText(MAX_KEY)
  orderingKey?: string;
}

/** One event of a batch. */
export class BatchItemDto extends PublishEventDto {
  /** What the header `Idempotency-Key` is for a single event. */
  @MayBeAbsent('idempotencyKey')
  @IsPlainText(MAX_KEY)
  idempotencyKey?: string;
}

/** Body of `POST /webhook-events/batch`. */
export class PublishBatchDto {
  /** 1 to 100 events. Each is checked by itself, so that one that is wrong does not stop the others. */
  @OpaqueJson()
  @IsDefined({ message: 'must be an array of events' })
  events!: unknown;
}

/** Query of `GET /webhook-events`. */
export class ListEventsDto extends PageQueryDto {
  @MayBeAbsent('status')
  @IsIn(STATUSES, { message: `must be one of ${STATUSES.join(', ')}` })
  status?: (typeof STATUSES)[number];

  @MayBeAbsent('event')
  @IsString({ message: 'must be the name of an event' })
  @MaxLength(MAX_EVENT_NAME, { message: `must have at most ${MAX_EVENT_NAME} characters` })
  event?: string;

  @MayBeAbsent('endpointId')
  @IsUUID(undefined, { message: 'must be a UUID' })
  endpointId?: string;

  @MayBeAbsent('messageId')
  @IsUUID(undefined, { message: 'must be a UUID' })
  messageId?: string;

  /** Created at this time or later. */
  @MayBeAbsent('from')
  @IsTime()
  from?: string;

  /** Created before this time. */
  @MayBeAbsent('to')
  @IsTime()
  to?: string;
}
