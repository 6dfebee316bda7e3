import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { RequiredPermissions } from './required-permissions';

@RequirePermissions('messages:read', 'messages:send')
class MessagesController {
  @RequirePermissions('messages:send')
  send(): string {
    return 'sent';
  }
}

it('names each permission once, though the controller and the method require it both', () => {
  const handler = Object.getOwnPropertyDescriptor(MessagesController.prototype, 'send')?.value as () => string;
  const context = { getClass: () => MessagesController, getHandler: () => handler };
  const required = new RequiredPermissions(new Reflector()).of(context as unknown as ExecutionContext);
  expect([...required].sort()).toEqual(['messages:read', 'messages:send']);
});
