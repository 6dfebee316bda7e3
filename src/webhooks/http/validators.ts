import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  buildMessage,
  IsInt,
  isISO8601,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  type ValidationOptions,
} from 'class-validator';
import { isPlainText } from './plain-text';

export { isPlainText };

/** A property that must be {@link isPlainText}. */
export function IsPlainText(max: number, options?: ValidationOptions): PropertyDecorator {
  const message = `must be a text of 1 to ${max} characters, without control characters`;
  return ValidateBy(
    {
      name: 'isPlainText',
      constraints: [max],
      validator: { validate: (value) => isPlainText(value, max), defaultMessage: buildMessage(() => message, options) },
    },
    options,
  );
}

// ISO 8601 knows weeks, days of the year and more that Date cannot read; without a zone, a time means something else
// on every server.
const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** Whether the text is a day (UTC), or a time with its zone, that `new Date()` reads. */
export const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  TIME.test(value) &&
  isISO8601(value, { strict: true }) &&
  !Number.isNaN(Date.parse(value));

/** A day (UTC), or a time with its zone, as RFC 3339 writes them; `new Date()` reads every one of them. */
export function IsTime(): PropertyDecorator {
  const message = 'must be an ISO 8601 time with its zone, such as 2026-01-31T12:00:00Z';
  return ValidateBy({ name: 'isTime', validator: { validate: isTime, defaultMessage: buildMessage(() => message) } });
}

/** `limit` of a page: an integer from 1 to 100; anything else is refused, not clamped. */
export function IsPageLimit(): PropertyDecorator {
  const message = 'must be an integer from 1 to 100';
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
    ),
    IsInt({ message }),
    Min(1, { message }),
    Max(100, { message }),
  );
}

/** A field that may be left out. Unlike with `@IsOptional()`, an explicit null is not the same as leaving it out. */
export const MayBeAbsent = (field: string): PropertyDecorator =>
  ValidateIf((dto: Record<string, unknown>) => dto[field] !== undefined);
