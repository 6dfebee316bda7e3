/** Injection token of the `SecretBox` that keeps endpoint secrets. */
export const SECRET_BOX = Symbol('SECRET_BOX');
