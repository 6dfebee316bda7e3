import { IsString, MaxLength } from 'class-validator';
import { OptionalBody } from '../http/optional-body.decorator';
import { MayBeAbsent } from '../http/validators';
import { ApiField } from '../openapi/api-field.decorator';

const MAX_EVENT_NAME = 100;

/** Body of `POST /webhook-endpoints/:id/test`; it may be left out. */
@OptionalBody()
export class TestSendDto {
  @ApiField('The event type whose sample is sent. Default: the first that the endpoint asks for.', {
    example: 'message.received',
  })
  @MayBeAbsent('event')
  @IsString({ message: 'must be the name of an event' })
  @MaxLength(MAX_EVENT_NAME, { message: `must have at most ${MAX_EVENT_NAME} characters` })
  event?: string;
}
