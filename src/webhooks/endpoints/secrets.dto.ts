import { IsInt, Max, Min } from 'class-validator';
import { OptionalBody } from '../http/optional-body.decorator';
import { MayBeAbsent } from '../http/validators';
import { ApiField } from '../openapi/api-field.decorator';
import { MAX_OVERLAP_SECONDS } from './secrets.service';

const message = `must be an integer from 0 to ${MAX_OVERLAP_SECONDS} (7 days)`;

/** Body of `POST /webhook-endpoints/:id/rotate-secret`. */
@OptionalBody()
export class RotateSecretDto {
  @ApiField('How long the secret of before signs as well; a day unless told. 0 ends it at once.', { example: 86_400 })
  @MayBeAbsent('overlapSeconds')
  @IsInt({ message })
  @Min(0, { message })
  @Max(MAX_OVERLAP_SECONDS, { message })
  overlapSeconds?: number;
}
