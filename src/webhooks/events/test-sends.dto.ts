import { IsString, MaxLength } from 'class-validator';
import { OptionalBody } from '../http/optional-body.decorator';
import { MayBeAbsent } from '../http/validators';

const MAX_EVENT_NAME = 100;

/** Body of `POST /webhook-endpoints/:id/test`; it may be left out. */
@OptionalBody()
export class TestSendDto {
  /** Whose sample is sent. Default: the first event that the endpoint asks for. */
  @MayBeAbsent('event')
  @IsString({ message: 'must be the name of an event' })
  @MaxLength(MAX_EVENT_NAME, { message: `must have at most ${MAX_EVENT_NAME} characters` })
  event?: string;
}
