import { BadRequestException, Body, Controller, Param, ParseIntPipe, Post, UseGuards } from '@nestjs/common';
import { ApiKeyGuard, CurrentCustomer, RequirePermissions, type AuthenticatedCustomer } from 'webhooks-module';
import { MessagesService, type Message } from './messages.service';

@Controller('conversations/:conversationId/messages')
@UseGuards(ApiKeyGuard)
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  @Post()
  @RequirePermissions('messages:send')
  async send(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('conversationId', ParseIntPipe) conversationId: number,
    @Body('content') content: unknown,
  ): Promise<Message> {
    if (typeof content !== 'string' || content === '') throw new BadRequestException('content must be a text.');
    return this.messages.send(customer.id, String(conversationId), content);
  }
}
