import type { Schema } from './schema';

/** What a DTO's property is, beside what its validators say. */
export interface FieldDescription {
  description: string;
  example?: unknown;
  /** For what no validator describes. */
  schema?: Schema;
  /** The DTO of a nested object. */
  nested?: abstract new () => object;
}

const FIELDS = Symbol('webhooks:api-fields');

/**
 * Describes a property of a body or a query in the API description. Its type and its limits come from its validators.
 *
 * @param example fits the property; the examples of bodies are put together from them
 */
export function ApiField(description: string, more: Omit<FieldDescription, 'description'> = {}): PropertyDecorator {
  return (target, property) => {
    const fields = { ...fieldsOf(target.constructor), [String(property)]: { description, ...more } };
    Reflect.defineMetadata(FIELDS, fields, target.constructor);
  };
}

/** The described properties of a DTO class, inherited ones included. */
export const fieldsOf = (dto: object): Readonly<Record<string, FieldDescription>> =>
  (Reflect.getMetadata(FIELDS, dto) as Record<string, FieldDescription> | undefined) ?? {};
