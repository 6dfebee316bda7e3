import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RequirePermissions } from '../decorators/require-permissions.decorator';
import { RequiredPermissions } from './required-permissions';

@RequirePermissions('messages:read', 'messages:send')
class MessagesController {
  @RequirePermissions('messages:send')
  send(this: void): void {}
}

it('names each permission once, though the controller and the method require it both', () => {
  const context = { getClass: () => MessagesController, getHandler: () => MessagesController.prototype.send };
  const required = new RequiredPermissions(new Reflector()).of(context as unknown as ExecutionContext);
  expect([...required].sort()).toEqual(['messages:read', 'messages:send']);
});
