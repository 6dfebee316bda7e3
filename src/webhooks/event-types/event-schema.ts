import Ajv2020, { type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { FieldError } from '../webhooks.errors';

/** What is wrong with a value, by a schema; none = it fits. */
export type SchemaCheck = (data: unknown) => FieldError[];

/** Fields that one answer names at most. */
const MAX_FIELDS = 20;
/** Paths hold names that a publisher chose. */
const MAX_PATH = 200;

/**
 * Unknown keywords and formats are mistakes, and refused. The rules of style among ajv's strict ones are off: they
 * refuse schemas that are right. There is no loader, so a `$ref` to another document does not compile.
 */
const OPTIONS: Options = {
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  ownProperties: true,
  addUsedSchema: false,
  logger: false,
};

/** Compiles schemas (JSON Schema 2020-12), each on its own: they cannot refer to one another. */
export class SchemaCompiler {
  private readonly first = addFormats(new Ajv2020(OPTIONS));
  private all: Ajv2020 | undefined;

  /** @throws Error that says what is wrong with the schema */
  compile(schema: object): SchemaCheck {
    if ('$async' in schema) throw new Error('"$async" is not supported');
    const isValid = this.first.compile(schema);
    let checkAll: ValidateFunction | undefined;
    return (data) => {
      if (isValid(data)) return [];
      const found = isValid.errors ?? [];
      if (hasMoreValuesThan(data, MAX_VALUES)) return fieldErrors(found);
      checkAll ??= this.compileForAllErrors(schema);
      checkAll(data);
      return fieldErrors(checkAll.errors ?? found);
    };
  }

  /** Made when the first mistake is to be explained: most applications start without ever needing it. */
  private compileForAllErrors(schema: object): ValidateFunction {
    this.all ??= addFormats(new Ajv2020({ ...OPTIONS, allErrors: true, validateSchema: false }));
    return this.all.compile(schema);
  }
}

/** Values that are larger than this have their first mistake named only: all mistakes of a large value cost too much. */
const MAX_VALUES = 1_000;

function hasMoreValuesThan(data: unknown, limit: number): boolean {
  const waiting = [data];
  for (let seen = 0; waiting.length > 0; seen += 1) {
    if (seen > limit) return true;
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const values = Object.values(next);
    if (values.length > limit) return true;
    waiting.push(...(values as unknown[]));
  }
  return false;
}

function fieldErrors(errors: readonly ErrorObject[]): FieldError[] {
  const byPath = new Map<string, FieldError>();
  for (const { instancePath, keyword, message = 'is not valid', params } of errors) {
    const { missingProperty, additionalProperty: extra } = params as Record<string, string | undefined>;
    const name = missingProperty ?? extra;
    const parts = ['data', ...instancePath.split('/').slice(1).map(unescape), ...(name === undefined ? [] : [name])];
    const field = parts.join('.').slice(0, MAX_PATH);
    const text = keyword === 'required' ? 'is missing' : extra === undefined ? message : 'is not a known field';
    if (!byPath.has(field)) byPath.set(field, { field, message: text });
    if (byPath.size === MAX_FIELDS) break;
  }
  return [...byPath.values()];
}

/** RFC 6901. */
const unescape = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');
