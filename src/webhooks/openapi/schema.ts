import { isDeepStrictEqual } from 'node:util';

/** JSON Schema 2020-12, as OpenAPI 3.1 has it. */
export type Schema = Readonly<Record<string, unknown>>;

declare const nullable: unique symbol;
declare const optional: unique symbol;

/** A schema that also takes null. */
export type NullableSchema = Schema & { readonly [nullable]: true };

/** A field that an answer may be without. */
export interface OptionalField<Inner extends Schema = Schema> {
  readonly schema: Inner;
  readonly [optional]: true;
}

type FieldSchema<Value> = null extends Value ? NullableSchema : Schema;

/** One schema for each field of a type: the compiler misses none, and asks where null or nothing is possible. */
export type FieldsOf<Shape> = {
  readonly [Name in keyof Shape]-?: object extends Pick<Shape, Name>
    ? OptionalField<FieldSchema<Exclude<Shape[Name], undefined>>>
    : FieldSchema<Shape[Name]>;
};

const schemas = new Map<string, Schema>();

/**
 * A schema under `#/components/schemas`; the result refers to it.
 * @throws Error when another schema has this name
 */
export function component(name: string, schema: Schema): Schema {
  const known = schemas.get(name);
  if (known !== undefined && !isDeepStrictEqual(known, schema)) throw new Error(`Two schemas are named ${name}.`);
  schemas.set(name, schema);
  return { $ref: `#/components/schemas/${name}` };
}

/** Every {@link component}, by name. */
export const components = (): Readonly<Record<string, Schema>> => Object.fromEntries(schemas);

/** The shape of an answer, under a name. */
export const model = <Shape>(name: string, description: string, fields: FieldsOf<Shape>): Schema =>
  component(name, { description, ...shape<Shape>(fields) });

/** The shape of an object. */
export function shape<Shape>(fields: FieldsOf<Shape>): Schema {
  const entries = Object.entries<Schema | OptionalField>(fields);
  const isOptional = (field: Schema | OptionalField): field is OptionalField => Object.hasOwn(field, 'schema');
  const required = entries.filter(([, field]) => !isOptional(field)).map(([name]) => name);
  const properties = entries.map(([name, field]) => [name, isOptional(field) ? field.schema : field] as const);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
  };
}

export const text = (description: string, example: string, more: Schema = {}): Schema => ({
  type: 'string',
  description,
  examples: [example],
  ...more,
});

export const uuid = (description: string, example = '019bd0c0-0000-7000-8000-000000000000'): Schema =>
  text(description, example, { format: 'uuid' });

/** ISO 8601, UTC. */
export const time = (description: string, example = '2026-01-31T12:00:00.000Z'): Schema =>
  text(description, example, { format: 'date-time' });

export const integer = (description: string, example: number, more: Schema = {}): Schema => ({
  type: 'integer',
  description,
  examples: [example],
  ...more,
});

export const number = (description: string, example: number, more: Schema = {}): Schema => ({
  ...integer(description, example, more),
  type: 'number',
});

export const flag = (description: string, example: boolean): Schema => ({
  type: 'boolean',
  description,
  examples: [example],
});

export const choice = (values: readonly string[], description: string, example = values[0]): Schema => ({
  type: 'string',
  enum: values,
  description,
  examples: [example],
});

export const list = (items: Schema, description: string, example?: readonly unknown[]): Schema => ({
  type: 'array',
  items,
  description,
  ...(example === undefined ? {} : { examples: [example] }),
});

/** An object with names of the user's own. */
export const dictionary = (values: Schema, description: string, example: object): Schema => ({
  type: 'object',
  additionalProperties: values,
  description,
  examples: [example],
});

/** Any JSON object. */
export const anyObject = (description: string, example: object): Schema => ({
  type: 'object',
  additionalProperties: true,
  description,
  examples: [example],
});

/** The schema, or null; `example` when null shows more. */
export function orNull(schema: Schema, example?: null): NullableSchema {
  const { type, description } = schema;
  const examples = example === null ? { examples: [null] } : {};
  if (typeof type !== 'string') {
    const about = description === undefined ? {} : { description };
    return { anyOf: [schema, { type: 'null' }], ...about, ...examples } as Schema as NullableSchema;
  }
  const values = Array.isArray(schema['enum']) ? { enum: [...(schema['enum'] as unknown[]), null] } : {};
  return { ...schema, ...values, type: [type, 'null'], ...examples } as Schema as NullableSchema;
}

/** A field that an answer may be without. */
export const maybe = <Inner extends Schema>(schema: Inner): OptionalField<Inner> =>
  ({ schema }) as unknown as OptionalField<Inner>;

/** Says more about a schema that others use too. */
export const about = (schema: Schema, description: string): Schema => ({ ...schema, description });

/** A value that fits the schema: its own example, or one put together from those of its parts. */
export function exampleOf(schema: Schema): unknown {
  const { $ref, examples, type, properties, items, anyOf, oneOf } = schema as Record<string, unknown>;
  if (typeof $ref === 'string') return exampleOf(schemas.get($ref.slice($ref.lastIndexOf('/') + 1)) ?? {});
  if (Array.isArray(examples)) return examples[0];
  if ('const' in schema) return schema['const'];
  const alternatives = (anyOf ?? oneOf) as Schema[] | undefined;
  if (alternatives?.[0] !== undefined) return exampleOf(alternatives[0]);
  if (type === 'array') return items === undefined ? [] : [exampleOf(items as Schema)];
  if (properties === undefined) return type === 'object' ? {} : undefined;
  const fields = Object.entries(properties as Record<string, Schema>);
  // What has no example is left out: an id of somebody's own, say.
  const examplesOf = fields.map(([name, field]) => [name, exampleOf(field)] as const);
  return Object.fromEntries(examplesOf.filter(([, example]) => example !== undefined));
}
