import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  buildMessage,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { OptionalBody } from '../http/optional-body.decorator';
import { IsPlainText, IsTime, MayBeAbsent } from '../http/validators';
import { ApiField } from '../openapi/api-field.decorator';
import { isCidr } from '../verification/ip-allow-list';
import { isLabels, LABELS_RULE, MAX_LABEL, MAX_LABELS } from './labels';
import { isPermission, MAX_PERMISSIONS } from './permissions';

/** The longest name of a key, in characters. */
const MAX_NAME = 255;
const MAX_CIDRS = 100;
/** Thirty days. */
const MAX_GRACE_SECONDS = 2_592_000;
const RATE_LIMIT = 'must be a whole number from 1 to 1000000';
const RATE_WINDOW = 'must be a whole number of seconds from 1 to 86400';
const GRACE = `must be a whole number of seconds from 0 to ${MAX_GRACE_SECONDS}`;

function IsPermissionList(): PropertyDecorator {
  const grammar = 'each must be "*", "resource:*" or "resource:action" of a-z, 0-9, _ and -';
  return applyDecorators(
    IsArray({ message: 'must be an array of permissions' }),
    ArrayMaxSize(MAX_PERMISSIONS, { message: `must hold at most ${MAX_PERMISSIONS} permissions` }),
    ArrayUnique({ message: 'must not repeat a permission' }),
    ValidateBy(
      {
        name: 'isPermission',
        validator: {
          validate: (value) => typeof value === 'string' && isPermission(value),
          defaultMessage: buildMessage(() => grammar),
        },
      },
      { each: true },
    ),
  );
}

/** `{ name: value }`, both short texts. */
function IsLabels(): PropertyDecorator {
  return ValidateBy({
    name: 'isLabels',
    constraints: [MAX_LABELS, MAX_LABEL],
    validator: { validate: isLabels, defaultMessage: () => LABELS_RULE },
  });
}

function IsCidrList(): PropertyDecorator {
  const message = 'each must be an address range such as 203.0.113.0/24 or 2001:db8::/32';
  return applyDecorators(
    IsArray({ message: 'must be an array of address ranges' }),
    ArrayMaxSize(MAX_CIDRS, { message: `must hold at most ${MAX_CIDRS} address ranges` }),
    ArrayUnique({ message: 'must not repeat an address range' }),
    ValidateBy({ name: 'isCidr', validator: { validate: isCidr, defaultMessage: () => message } }, { each: true }),
  );
}

/** May be left out or null; what it is otherwise, the other decorators say. */
const MayBeAbsentOrNull = (field: string): PropertyDecorator =>
  ValidateIf((dto: Record<string, unknown>) => dto[field] !== undefined && dto[field] !== null);

/** How many requests a key may make. */
class RateLimitDto {
  @ApiField('Requests in one window.', { example: 100 })
  @IsInt({ message: RATE_LIMIT })
  @Min(1, { message: RATE_LIMIT })
  @Max(1_000_000, { message: RATE_LIMIT })
  limit!: number;

  @ApiField('The length of the window in which they are counted.', { example: 60 })
  @IsInt({ message: RATE_WINDOW })
  @Min(1, { message: RATE_WINDOW })
  @Max(86_400, { message: RATE_WINDOW })
  windowSeconds!: number;
}

/** What limits a key, whether new or there already. */
class RestrictionsDto {
  @ApiField('What the key may do: `*`, `resource:*` or `resource:action`. Left out, it may do nothing.', {
    example: ['messages:send'],
  })
  @MayBeAbsent('permissions')
  @IsPermissionList()
  permissions?: string[];

  @ApiField('The customer’s own: an environment, a team.', { example: { environment: 'production' } })
  @MayBeAbsent('labels')
  @IsLabels()
  labels?: Record<string, string>;

  @ApiField('When it ends: in the future, or null = never.', { example: '2100-01-31T12:00:00Z' })
  @MayBeAbsentOrNull('expiresAt')
  @IsTime()
  expiresAt?: string | null;

  @ApiField('Address ranges that it may be used from; empty = everywhere.', { example: ['203.0.113.0/24'] })
  @MayBeAbsent('allowedCidrs')
  @IsCidrList()
  allowedCidrs?: string[];

  @ApiField('Its own rate limit; null = none.', {
    nested: RateLimitDto,
    example: { limit: 100, windowSeconds: 60 },
  })
  @MayBeAbsentOrNull('rateLimit')
  @IsObject({ message: 'must be an object or null' })
  @ValidateNested()
  @Type(() => RateLimitDto)
  rateLimit?: RateLimitDto | null;
}

/** Body of `POST /api-keys`. */
export class CreateApiKeyDto extends RestrictionsDto {
  @ApiField('Its name.', { example: 'Production' })
  @IsPlainText(MAX_NAME)
  name!: string;

  @ApiField('A decoy, to be left where a thief would look: using it sets off an alarm.', { example: false })
  @MayBeAbsent('isCanary')
  @IsBoolean({ message: 'must be true or false' })
  isCanary?: boolean;
}

/** Body of `PATCH /api-keys/:id`. */
export class UpdateApiKeyDto extends RestrictionsDto {
  @ApiField('Its name.', { example: 'Production' })
  @MayBeAbsent('name')
  @IsPlainText(MAX_NAME)
  name?: string;

  @ApiField('False ends it, true opens it again.', { example: true })
  @MayBeAbsent('isActive')
  @IsBoolean({ message: 'must be true or false' })
  isActive?: boolean;
}

/** Body of `POST /api-keys/:id/rotate`. */
@OptionalBody()
export class RotateApiKeyDto {
  @ApiField('How long the old key is accepted beside the new one; 0 = not at all. Default: a day.', { example: 86_400 })
  @MayBeAbsent('gracePeriodSeconds')
  @IsInt({ message: GRACE })
  @Min(0, { message: GRACE })
  @Max(MAX_GRACE_SECONDS, { message: GRACE })
  gracePeriodSeconds?: number;

  @ApiField('When the new key expires; left out = when the old one would have, null = never.', { example: null })
  @MayBeAbsentOrNull('expiresAt')
  @IsTime()
  expiresAt?: string | null;
}

/** Query of `GET /api-keys`. */
export class ListApiKeysDto {
  @ApiField('`true`: the deleted keys that can still be restored, instead of the others.', { example: 'false' })
  @MayBeAbsent('deleted')
  @IsIn(['true', 'false'], { message: 'must be true or false' })
  deleted?: 'true' | 'false';

  @ApiField('`name:value`: only keys with this label.', { example: 'environment:production' })
  @MayBeAbsent('label')
  @Matches(/^[a-z0-9_.-]{1,63}:./, { message: 'must be name:value' })
  @MaxLength(MAX_LABEL + 64, { message: 'is too long for a label' })
  label?: string;
}

/** What a body says, with its time as one. */
export function withTimes<Body extends { expiresAt?: string | null }>(
  body: Body,
): Omit<Body, 'expiresAt'> & { expiresAt: Date | null | undefined } {
  const { expiresAt, ...others } = body;
  return { ...others, expiresAt: typeof expiresAt === 'string' ? new Date(expiresAt) : expiresAt };
}
