import { applyDecorators } from '@nestjs/common';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsString, IsUUID, MaxLength } from 'class-validator';
import { PageQueryDto } from '../http/page-query.dto';
import { IsTime, MayBeAbsent } from '../http/validators';
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
  /** Accepted at this time or later. */
  @IsTime()
  since!: string;

  /** Accepted before this time; default: now. */
  @MayBeAbsent('until')
  @IsTime()
  until?: string;

  /** Default: `["FAILED"]`. */
  @IsStatuses()
  statuses?: ReplayableStatus[];
}

/** Body of `POST /webhook-replays`. */
export class CreateReplayDto {
  /** Default: all endpoints. */
  @MayBeAbsent('endpointId')
  @IsUUID(undefined, { message: 'must be a UUID' })
  endpointId?: string;

  /** Default: all events. */
  @MayBeAbsent('event')
  @IsString({ message: 'must be the name of an event' })
  @MaxLength(MAX_EVENT_NAME, { message: `must have at most ${MAX_EVENT_NAME} characters` })
  event?: string;

  /** Default: `["FAILED"]`. */
  @IsStatuses()
  statuses?: ReplayableStatus[];

  /** Accepted at this time or later. */
  @IsTime()
  from!: string;

  /** Accepted before this time; default: now. */
  @MayBeAbsent('to')
  @IsTime()
  to?: string;
}

/** Query of `GET /webhook-replays`. */
export class ListReplaysDto extends PageQueryDto {}
