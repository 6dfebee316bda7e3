import { applyDecorators } from '@nestjs/common';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQueryDto } from '../http/page-query.dto';
import { IsTime, MayBeAbsent } from '../http/validators';
import { ApiField } from '../openapi/api-field.decorator';
import { REPLAYABLE_STATUSES, type ReplayableStatus } from './replay.types';

const MAX_EVENT_NAME = 100;

/** How the deliveries ended: PENDING ones are under way already. */
function IsStatuses(): PropertyDecorator {
  const message = `must be an array of ${REPLAYABLE_STATUSES.join(' and ')}, without repetition`;
  return applyDecorators(
    MayBeAbsent('statuses'),
    IsArray({ message }),
    ArrayMinSize(1, { message }),
    ArrayUnique({ message }),
    IsIn(REPLAYABLE_STATUSES, { each: true, message }),
  );
}

/** Body of `POST /webhook-endpoints/:id/recover`. */
export class RecoverDto {
  @ApiField('Accepted at this time or later.', { example: '2026-01-01T00:00:00Z' })
  @IsTime()
  since!: string;

  @ApiField('Accepted before this time; default: now.', { example: '2100-01-01T00:00:00Z' })
  @MayBeAbsent('until')
  @IsTime()
  until?: string;

  @ApiField('How the deliveries ended. Default: `["FAILED"]`.', { example: ['FAILED'] })
  @IsStatuses()
  statuses?: ReplayableStatus[];
}

/** Body of `POST /webhook-replays`. */
export class CreateReplayDto {
  @ApiField('Only to this endpoint. Default: to all.')
  @MayBeAbsent('endpointId')
  @IsUUID(undefined, { message: 'must be a UUID' })
  endpointId?: string;

  @ApiField('Only of this event type. Default: of all.', { example: 'message.received' })
  @MayBeAbsent('event')
  @IsString({ message: 'must be the name of an event' })
  @MaxLength(MAX_EVENT_NAME, { message: `must have at most ${MAX_EVENT_NAME} characters` })
  event?: string;

  @ApiField('How the deliveries ended. Default: `["FAILED"]`.', { example: ['FAILED'] })
  @IsStatuses()
  statuses?: ReplayableStatus[];

  @ApiField('Accepted at this time or later.', { example: '2026-01-01T00:00:00Z' })
  @IsTime()
  from!: string;

  @ApiField('Accepted before this time; default: now.', { example: '2100-01-01T00:00:00Z' })
  @MayBeAbsent('to')
  @IsTime()
  to?: string;
}

/** Query of `GET /webhook-replays`. */
export class ListReplaysDto extends PageQueryDto {}
