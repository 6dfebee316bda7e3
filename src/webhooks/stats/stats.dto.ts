import { IsTime, MayBeAbsent } from '../http/validators';

/** Query of `GET /webhook-endpoints/:id/stats`. */
export class StatsDto {
  /** Default: 24 hours before `to`. */
  @MayBeAbsent('from')
  @IsTime()
  from?: string;

  /** Default: now. */
  @MayBeAbsent('to')
  @IsTime()
  to?: string;
}
