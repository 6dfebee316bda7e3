import { IsIP, Matches, MaxLength } from 'class-validator';
import { IsTime, MayBeAbsent } from '../http/validators';

/** Query of `GET /api-keys/:id/usage`. */
export class UsageDto {
  /** From when on a use counts: an ISO 8601 time. Default: the key's creation. */
  @MayBeAbsent('since')
  @IsTime()
  since?: string;
}

const MAX_PATH = 2048;

/** Body of `POST /api-keys/:id/explain`. */
export class ExplainDto {
  @Matches(/^[a-z]{1,16}$/i, { message: 'must be an HTTP method such as GET' })
  method!: string;

  /** As it would be called, with the global prefix. */
  @Matches(/^\/[\x21-\x7e]*$/, { message: 'must be a path that begins with /, as a client would send it' })
  @MaxLength(MAX_PATH, { message: `must have at most ${MAX_PATH} characters` })
  path!: string;

  /** Where the request would come from. */
  @MayBeAbsent('ip')
  @IsIP(undefined, { message: 'must be an IP address' })
  ip?: string;
}
