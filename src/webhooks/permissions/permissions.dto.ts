import { IsIP, Matches, MaxLength } from 'class-validator';
import { IsTime, MayBeAbsent } from '../http/validators';
import { ApiField } from '../openapi/api-field.decorator';

/** Query of `GET /api-keys/:id/usage`. */
export class UsageDto {
  @ApiField('From when on a use counts. Default: the key’s creation.', { example: '2026-01-01T00:00:00Z' })
  @MayBeAbsent('since')
  @IsTime()
  since?: string;
}

const MAX_PATH = 2048;

/** Body of `POST /api-keys/:id/explain`. */
export class ExplainDto {
  @ApiField('An HTTP method.', { example: 'POST' })
  @Matches(/^[a-z]{1,16}$/i, { message: 'must be an HTTP method such as GET' })
  method!: string;

  @ApiField('As it would be called.', { example: '/webhook-events' })
  @Matches(/^\/[\x21-\x7e]*$/, { message: 'must be a path that begins with /, as a client would send it' })
  @MaxLength(MAX_PATH, { message: `must have at most ${MAX_PATH} characters` })
  path!: string;

  @ApiField('Where the request would come from.', { example: '203.0.113.9' })
  @MayBeAbsent('ip')
  @IsIP(undefined, { message: 'must be an IP address' })
  ip?: string;
}
