import 'reflect-metadata';

const OPAQUE_FIELDS = Symbol('webhooks:opaque-json-fields');

/**
 * Marks a DTO property that is passed on exactly as the JSON parser made it. Without it class-transformer would copy
 * it, and drop a key like `__proto__` on the way.
 */
export function OpaqueJson(): PropertyDecorator {
  return (target, property) => {
    const fields = [...opaqueFieldsOf(target.constructor), String(property)];
    Reflect.defineMetadata(OPAQUE_FIELDS, fields, target.constructor);
  };
}

/** The properties of a DTO class that {@link OpaqueJson} marks. */
export const opaqueFieldsOf = (dto: object): readonly string[] =>
  (Reflect.getMetadata(OPAQUE_FIELDS, dto) as string[] | undefined) ?? [];
