import { Injectable, type ExecutionContext, type Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { REQUIRED_PERMISSIONS } from '../decorators/require-permissions.decorator';

type Handler = ReturnType<ExecutionContext['getHandler']>;

/** What `@RequirePermissions` asks for on a route; read once per route, because every request asks. */
@Injectable()
export class RequiredPermissions {
  private readonly known = new WeakMap<Type, WeakMap<Handler, readonly string[]>>();

  constructor(private readonly reflector: Reflector) {}

  /** Of the controller and of the method, together. */
  of(context: ExecutionContext): readonly string[] {
    const [controller, handler] = [context.getClass(), context.getHandler()];
    let handlers = this.known.get(controller);
    if (handlers === undefined) this.known.set(controller, (handlers = new WeakMap()));
    let required = handlers.get(handler);
    if (required === undefined) {
      const all = this.reflector.getAllAndMerge<string[]>(REQUIRED_PERMISSIONS, [handler, controller]);
      required = Object.freeze([...new Set(all)]);
      handlers.set(handler, required);
    }
    return required;
  }
}
