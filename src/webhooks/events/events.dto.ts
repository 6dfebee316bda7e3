import { IsDefined, IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsPlainText, IsTime, MayBeAbsent } from '../http/validators';
import { OpaqueJson } from '../http/opaque-json.decorator';
import { PageQueryDto } from '../http/page-query.dto';
import { ApiField } from '../openapi/api-field.decorator';
import { dtoSchema } from '../openapi/dto-schema';

const MAX_EVENT_NAME = 100;
const MAX_KEY = 255;
const STATUSES = ['PENDING', 'SENT', 'FAILED'] as const;

/** Body of `POST /webhook-events`. */
export class PublishEventDto {
  @ApiField('The event type.', { example: 'message.received' })
  @IsString({ message: 'must be the name of an event' })
  @MaxLength(MAX_EVENT_NAME, { message: `must have at most ${MAX_EVENT_NAME} characters` })
  event!: string;

  @ApiField('What the event is about: an object that fits the schema of the event type, passed on as it is.', {
    schema: { type: 'object', additionalProperties: true },
    example: { conversationId: 'conv_123', messageId: 'msg_456', content: 'Hello!' },
  })
  @OpaqueJson()
  @IsDefined({ message: 'must be an object' })
  data!: unknown;

  @ApiField('At endpoints that keep the order, events with the same key are delivered one after another.', {
    example: 'conv_123',
  })
  @MayBeAbsent('orderingKey')
  @IsPlainText(MAX_KEY)
  orderingKey?: string;
}

/** One event of a batch. */
export class BatchItemDto extends PublishEventDto {
  @ApiField('What the header `Idempotency-Key` is for a single event.', { example: 'order-42-paid' })
  @MayBeAbsent('idempotencyKey')
  @IsPlainText(MAX_KEY)
  idempotencyKey?: string;
}

/** Body of `POST /webhook-events/batch`. */
export class PublishBatchDto {
  @ApiField('1 to 100 events. Each is checked by itself, so that one that is wrong does not stop the others.', {
    schema: { type: 'array', minItems: 1, maxItems: 100, items: dtoSchema(BatchItemDto) },
  })
  @OpaqueJson()
  @IsDefined({ message: 'must be an array of events' })
  events!: unknown;
}

/** Query of `GET /webhook-events`. */
export class ListEventsDto extends PageQueryDto {
  @ApiField('How they stand.', { example: 'FAILED' })
  @MayBeAbsent('status')
  @IsIn(STATUSES, { message: `must be one of ${STATUSES.join(', ')}` })
  status?: (typeof STATUSES)[number];

  @ApiField('The event type.', { example: 'message.received' })
  @MayBeAbsent('event')
  @IsString({ message: 'must be the name of an event' })
  @MaxLength(MAX_EVENT_NAME, { message: `must have at most ${MAX_EVENT_NAME} characters` })
  event?: string;

  @ApiField('Only to this endpoint.', { example: '019bd0c0-2000-7000-8000-000000000000' })
  @MayBeAbsent('endpointId')
  @IsUUID(undefined, { message: 'must be a UUID' })
  endpointId?: string;

  @ApiField('Only of this event, as it was accepted.', { example: '019bd0c0-3000-7000-8000-000000000000' })
  @MayBeAbsent('messageId')
  @IsUUID(undefined, { message: 'must be a UUID' })
  messageId?: string;

  @ApiField('Created at this time or later.', { example: '2026-01-01T00:00:00Z' })
  @MayBeAbsent('from')
  @IsTime()
  from?: string;

  @ApiField('Created before this time.', { example: '2100-02-01' })
  @MayBeAbsent('to')
  @IsTime()
  to?: string;
}
