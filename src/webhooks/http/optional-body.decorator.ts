import 'reflect-metadata';

const OPTIONAL_BODY = Symbol('webhooks:optional-body');

/** Marks the DTO of a body that may be left out altogether: then it is as if `{}` had been sent. */
export function OptionalBody(): ClassDecorator {
  return (dto) => Reflect.defineMetadata(OPTIONAL_BODY, true, dto);
}

/** Whether {@link OptionalBody} marks the DTO class. */
export const isOptionalBody = (dto: object): boolean => Reflect.getMetadata(OPTIONAL_BODY, dto) === true;
