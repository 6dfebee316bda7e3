import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayUnique, buildMessage, IsArray, IsBoolean, ValidateBy } from 'class-validator';
import { IsPlainText, MayBeAbsent } from '../http/validators';
import { isPermission, MAX_PERMISSIONS } from './permissions';

/** The longest name of a key, in characters. */
const MAX_NAME = 255;

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

/** Body of `POST /api-keys`. */
export class CreateApiKeyDto {
  @IsPlainText(MAX_NAME)
  name!: string;

  /** Left out, the key may do nothing. */
  @MayBeAbsent('permissions')
  @IsPermissionList()
  permissions?: string[];
}

/** Body of `PATCH /api-keys/:id`. */
export class UpdateApiKeyDto {
  @MayBeAbsent('name')
  @IsPlainText(MAX_NAME)
  name?: string;

  @MayBeAbsent('permissions')
  @IsPermissionList()
  permissions?: string[];

  @MayBeAbsent('isActive')
  @IsBoolean({ message: 'must be true or false' })
  isActive?: boolean;
}
