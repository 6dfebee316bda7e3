import { IsString, MaxLength } from 'class-validator';
import { IsPageLimit, MayBeAbsent } from './validators';

const DEFAULT_LIMIT = 50;
const MAX_CURSOR = 100;

/** What every list that grows can be asked for: how much, and from where on. */
export class PageQueryDto {
  @IsPageLimit()
  limit: number = DEFAULT_LIMIT;

  @MayBeAbsent('cursor')
  @IsString({ message: 'must be the nextCursor of an earlier page' })
  @MaxLength(MAX_CURSOR, { message: 'must be the nextCursor of an earlier page' })
  cursor?: string;
}
