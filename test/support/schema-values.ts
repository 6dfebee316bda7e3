import fc, { type Arbitrary } from 'fast-check';
import type { ApiDescription, Schema } from './api-description';

const LONGEST = 40;
const DAY_MS = 86_400_000;

/** Values that fit a schema of an API description. */
export function valuesOf(api: ApiDescription, given: Schema): Arbitrary<unknown> {
  const schema = api.resolve(given);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) {
    return fc.oneof(
      ...alternatives.map((part) => valuesOf(api, { ...withoutAlternatives(schema), ...api.resolve(part) })),
    );
  }
  const types = [schema.type ?? 'object'].flat();
  return fc.oneof(...types.map((type) => valuesOfType(api, type, schema)));
}

function withoutAlternatives({ anyOf: _any, oneOf: _one, ...rest }: Schema): Schema {
  return rest;
}

function valuesOfType(api: ApiDescription, type: string, schema: Schema): Arbitrary<unknown> {
  const { minimum = -1_000, maximum = 1_000_000 } = schema;
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true, noDefaultInfinity: true });
    case 'array':
      return fc.uniqueArray(valuesOf(api, schema.items ?? { type: 'string' }), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
        comparator: (one, other) => JSON.stringify(one) === JSON.stringify(other),
      });
    case 'object':
      return objectsOf(api, schema);
    default:
      return textsOf(schema);
  }
}

function objectsOf(api: ApiDescription, schema: Schema): Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames, minProperties = 0 } = schema;
  const known = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valuesOf(api, field)])),
    { requiredKeys: [...required] },
  );
  if (typeof additionalProperties !== 'object' && additionalProperties !== true) return known;
  const names = propertyNames === undefined ? fc.stringMatching(/^[a-z]{1,8}$/) : textsOf(propertyNames);
  const values = additionalProperties === true ? fc.jsonValue({ maxDepth: 2 }) : shallow(api, additionalProperties);
  const more = fc.dictionary(names, values, { minKeys: minProperties, maxKeys: 3 });
  return fc.tuple(known, more).map(([one, other]) => ({ ...other, ...(one as object) }));
}

/** A schema may hold itself: from the second level on, the last of its alternatives is taken. */
function shallow(api: ApiDescription, schema: Schema): Arbitrary<unknown> {
  const alternatives = schema.anyOf;
  return valuesOf(api, alternatives?.at(-1) ?? schema);
}

function textsOf({ pattern, format, minLength = 0, maxLength = LONGEST }: Schema): Arbitrary<string> {
  if (format === 'uuid') return fc.uuid({ version: [4, 7] });
  if (format === 'date-time') return times().map((time) => time.toISOString());
  if (format === 'date') return times().map((time) => time.toISOString().slice(0, 10));
  if (format === 'ipv4') return fc.ipV4();
  if (format === 'ipv6') return fc.ipV6();
  // A pattern for one character somewhere says little: words have one.
  if (pattern !== undefined && pattern !== '\\S') {
    return fc.stringMatching(new RegExp(pattern, 'u')).filter((text) => text.length <= maxLength);
  }
  const max = Math.min(maxLength, LONGEST);
  return fc
    .stringMatching(/^[\x21-\x7e]+$/)
    .map((text) => text.slice(0, max))
    .filter((text) => text.length >= minLength);
}

const times = (): Arbitrary<Date> =>
  fc.date({ min: new Date(Date.now() - 300 * DAY_MS), max: new Date(Date.now() + 300 * DAY_MS), noInvalidDate: true });

/** A value that does not fit, and what is wrong with it. */
export interface Misfit {
  what: string;
  value: Record<string, unknown>;
}

/** From a value that fits: one change each, after which it does not. */
export function misfitsOf(api: ApiDescription, given: Schema, fitting: Readonly<Record<string, unknown>>): Misfit[] {
  const { properties = {}, required = [], additionalProperties } = api.resolve(given);
  const without = (name: string): Record<string, unknown> =>
    Object.fromEntries(Object.entries(fitting).filter(([key]) => key !== name));
  return [
    ...required.map((name) => ({ what: `${name} is missing`, value: without(name) })),
    ...(additionalProperties === false ? [{ what: 'an unknown field', value: { ...fitting, unheardOf: 1 } }] : []),
    ...Object.entries(properties).flatMap(([name, field]) =>
      wrongValues(api, field).map(([what, value]) => ({
        what: `${name}: ${what}`,
        value: { ...fitting, [name]: value },
      })),
    ),
  ];
}

function wrongValues(api: ApiDescription, given: Schema): [what: string, value: unknown][] {
  const schema = api.resolve(given);
  const types = [schema.type ?? []].flat();
  const parts = (schema.anyOf ?? schema.oneOf ?? []).map((part) => api.resolve(part));
  const all = [...types, ...parts.flatMap((part) => [part.type ?? []].flat())];
  const wrong: [string, unknown][] = [];
  if (all.length > 0 && !all.includes('null')) wrong.push(['null', null]);
  if (all.length > 0 && !all.includes('string')) wrong.push(['a text', 'x']);
  if (all.length > 0 && !all.includes('number') && !all.includes('integer')) wrong.push(['a number', 5]);
  if (all.length > 0 && !all.includes('array')) wrong.push(['a list', []]);
  if (all.length > 0 && !all.includes('object')) wrong.push(['an object', { a: 1 }]);
  if (schema.maxLength !== undefined && types.includes('string'))
    wrong.push(['too long', 'x'.repeat(schema.maxLength + 1)]);
  if (schema.minLength !== undefined) wrong.push(['empty', '']);
  if (schema.minimum !== undefined) wrong.push(['too small', schema.minimum - 1]);
  if (schema.maximum !== undefined) wrong.push(['too large', schema.maximum + 1]);
  if (types.includes('integer')) wrong.push(['no whole number', 1.5]);
  if (schema.enum !== undefined && types.includes('string')) wrong.push(['none of the values', 'none-of-these']);
  if (schema.format === 'uuid') wrong.push(['not a UUID', 'abc']);
  if (schema.maxItems !== undefined && types.includes('array')) {
    wrong.push(['too many', Array.from({ length: schema.maxItems + 1 }, (_, index) => `a:b${index}`)]);
  }
  return wrong;
}
