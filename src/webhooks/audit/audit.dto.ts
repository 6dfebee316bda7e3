import { IsIn } from 'class-validator';
import { PageQueryDto } from '../http/page-query.dto';
import { IsPlainText, IsTime, MayBeAbsent } from '../http/validators';
import { ApiField } from '../openapi/api-field.decorator';
import {
  ACTOR_TYPES,
  AUDIT_ACTIONS,
  AUDIT_TARGETS,
  type Actor,
  type AuditAction,
  type AuditTarget,
} from './audit.types';

const MAX_ID = 255;

/** Query of `GET /audit-log`. */
export class ListAuditLogDto extends PageQueryDto {
  @ApiField('Who made the change.', { example: 'api-key' })
  @MayBeAbsent('actorType')
  @IsIn(ACTOR_TYPES, { message: `must be one of ${ACTOR_TYPES.join(', ')}` })
  actorType?: Actor['type'];

  @ApiField('A user’s id, or an API key’s.', { example: '019bd0c0-1000-7000-8000-000000000000' })
  @MayBeAbsent('actorId')
  @IsPlainText(MAX_ID)
  actorId?: string;

  @ApiField('What was changed, and how.', { example: 'api-key.created' })
  @MayBeAbsent('action')
  @IsIn(AUDIT_ACTIONS, { message: `must be one of ${AUDIT_ACTIONS.join(', ')}` })
  action?: AuditAction;

  @ApiField('What was changed.', { example: 'api-key' })
  @MayBeAbsent('targetType')
  @IsIn(AUDIT_TARGETS, { message: `must be one of ${AUDIT_TARGETS.join(', ')}` })
  targetType?: AuditTarget;

  @ApiField('Which one.', { example: '019bd0c0-1000-7000-8000-000000000001' })
  @MayBeAbsent('targetId')
  @IsPlainText(MAX_ID)
  targetId?: string;

  @ApiField('Made at this time or later.', { example: '2026-01-01T00:00:00Z' })
  @MayBeAbsent('from')
  @IsTime()
  from?: string;

  @ApiField('Made before this time.', { example: '2026-02-01' })
  @MayBeAbsent('to')
  @IsTime()
  to?: string;
}
