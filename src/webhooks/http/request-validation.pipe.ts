import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { WebhooksError, type FieldError } from '../webhooks.errors';
import { isDeeperThan, MAX_DATA_DEPTH } from './json-depth';
import { isOptionalBody } from './optional-body.decorator';
import { opaqueFieldsOf } from './opaque-json.decorator';
import { ProblemException } from './problem.exception';

/** Checks bodies and queries against their DTO: unknown fields are refused, nothing is coerced that was not asked for. */
@Injectable()
export class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) => invalid(errors.flatMap((error) => fieldErrors(error))),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.metatype === undefined) return super.transform(value, metadata);
    if (metadata.type === 'query') refuse(inheritedNames(value));
    if (metadata.type !== 'body') return super.transform(value, metadata);
    const body = jsonObject(value ?? (isOptionalBody(metadata.metatype) ? {} : value));
    const opaque = opaqueFieldsOf(metadata.metatype).filter((field) => Object.hasOwn(body, field));
    const checked = Object.fromEntries(
      Object.entries(body).map(([key, entry]) => [key, opaque.includes(key) ? {} : entry]),
    );
    // Looked for before Nest strips `__proto__`, told after: a value that should not be an object is the first problem.
    const nested = Object.entries(checked).flatMap(([key, entry]) => inheritedNames(entry, `${key}.`));
    const dto = (await super.transform(checked, metadata)) as Record<string, unknown>;
    refuse(nested);
    for (const field of opaque) dto[field] = body[field];
    return dto;
  }
}

function jsonObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProblemException(new WebhooksError('invalid', 'invalid_body', 'The body must be a JSON object.'));
  }
  // The body is one level above `data`.
  if (isDeeperThan(value, MAX_DATA_DEPTH + 1)) {
    const detail = `The body is nested more than ${MAX_DATA_DEPTH} levels deep.`;
    throw new ProblemException(new WebhooksError('invalid', 'nested_too_deeply', detail));
  }
  refuse(inheritedNames(value));
  return value as Record<string, unknown>;
}

/**
 * An unknown field is an error, whatever its name; class-transformer drops `__proto__` and `constructor` in silence, and
 * class-validator takes whatever every object inherits (`toString`, …) for a known field.
 */
function inheritedNames(value: unknown, parent = ''): string[] {
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return names.filter((field) => field in Object.prototype).map((field) => parent + field);
}

function refuse(unknown: readonly string[]): void {
  if (unknown.length > 0) throw invalid(unknown.map((field) => ({ field, message: 'is not a known field' })));
}

function invalid(errors: FieldError[]): ProblemException {
  const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new ProblemException(new WebhooksError('invalid', 'invalid_request', detail, errors));
}

function fieldErrors(error: ValidationError, parent = ''): FieldError[] {
  const field = parent === '' ? error.property : `${parent}.${error.property}`;
  const messages = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation' ? 'is not a known field' : message,
  );
  // Rules that share a sentence ("an integer from 0 to 9") say it once.
  const own = [...new Set(messages)].map((message) => ({ field, message }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}
