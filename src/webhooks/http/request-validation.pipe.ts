import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { WebhooksError, type FieldError } from '../webhooks.errors';
import { isDeeperThan, MAX_DATA_DEPTH } from './json-depth';
import { isOptionalBody } from './optional-body.decorator';
import { opaqueFieldsOf } from './opaque-json.decorator';
import { ProblemException } from './problem.exception';

/** class-transformer drops these in silence; an unknown field is an error here, whatever its name. */
const DROPPED_BY_TRANSFORMER = ['__proto__', 'constructor'];

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
    if (metadata.type !== 'body' || metadata.metatype === undefined) return super.transform(value, metadata);
    const body = jsonObject(value ?? (isOptionalBody(metadata.metatype) ? {} : value));
    const opaque = opaqueFieldsOf(metadata.metatype).filter((field) => Object.hasOwn(body, field));
    const checked = Object.fromEntries(
      Object.entries(body).map(([key, entry]) => [key, opaque.includes(key) ? {} : entry]),
    );
    const dto = (await super.transform(checked, metadata)) as Record<string, unknown>;
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
  const unknown = DROPPED_BY_TRANSFORMER.filter((field) => Object.hasOwn(value, field));
  if (unknown.length > 0) throw invalid(unknown.map((field) => ({ field, message: 'is not a known field' })));
  return value as Record<string, unknown>;
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
