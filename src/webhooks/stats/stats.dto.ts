import { IsTime, MayBeAbsent } from '../http/validators';
import { ApiField } from '../openapi/api-field.decorator';

/** Query of `GET /webhook-endpoints/:id/stats`. */
export class StatsDto {
  @ApiField('The start of the range. Default: 24 hours before `to`.', { example: '2026-01-30T12:00:00Z' })
  @MayBeAbsent('from')
  @IsTime()
  from?: string;

  @ApiField('Its end, excluded. Default: now.', { example: '2026-01-31T12:00:00Z' })
  @MayBeAbsent('to')
  @IsTime()
  to?: string;
}
