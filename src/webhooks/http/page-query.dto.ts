import { IsString, MaxLength } from 'class-validator';
import { IsPageLimit, MayBeAbsent } from './validators';
import { ApiField } from '../openapi/api-field.decorator';

const DEFAULT_LIMIT = 50;
const MAX_CURSOR = 100;

/** What every list that grows can be asked for: how much, and from where on. */
export class PageQueryDto {
  @ApiField('How many at most.', { example: 50 })
  @IsPageLimit()
  limit: number = DEFAULT_LIMIT;

  @ApiField('The `nextCursor` of an earlier page; left out = from the newest on.')
  @MayBeAbsent('cursor')
  @IsString({ message: 'must be the nextCursor of an earlier page' })
  @MaxLength(MAX_CURSOR, { message: 'must be the nextCursor of an earlier page' })
  cursor?: string;
}
