import { IsIn } from 'class-validator';
import { PageQueryDto } from '../http/page-query.dto';
import { IsPlainText, IsTime, MayBeAbsent } from '../http/validators';
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
  @MayBeAbsent('actorType')
  @IsIn(ACTOR_TYPES, { message: `must be one of ${ACTOR_TYPES.join(', ')}` })
  actorType?: Actor['type'];

  /** A user's id, or an API key's. */
  @MayBeAbsent('actorId')
  @IsPlainText(MAX_ID)
  actorId?: string;

  @MayBeAbsent('action')
  @IsIn(AUDIT_ACTIONS, { message: `must be one of ${AUDIT_ACTIONS.join(', ')}` })
  action?: AuditAction;

  @MayBeAbsent('targetType')
  @IsIn(AUDIT_TARGETS, { message: `must be one of ${AUDIT_TARGETS.join(', ')}` })
  targetType?: AuditTarget;

  @MayBeAbsent('targetId')
  @IsPlainText(MAX_ID)
  targetId?: string;

  /** Made at this time or later. */
  @MayBeAbsent('from')
  @IsTime()
  from?: string;

  /** Made before this time. */
  @MayBeAbsent('to')
  @IsTime()
  to?: string;
}
