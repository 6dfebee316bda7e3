import { BadRequestException, Body, Controller, Get, Post, Req, UseGuards } from '@nestjs/common';
import { ApiKeyGuard, RequirePermissions, WebhooksService, type AuthenticatedRequest } from '../../src/webhooks';
import { HostDatabase } from './host-database';

interface SentMessage {
  messageId: string;
  eventIds: string[];
  sender: Pick<AuthenticatedRequest, 'user' | 'customer' | 'apiKey'>;
}

/** A route of the host's that is called with the module's API keys, and emits an event. */
@Controller('messages')
export class MessagesController {
  constructor(
    private readonly database: HostDatabase,
    private readonly webhooks: WebhooksService,
  ) {}

  @Post()
  @UseGuards(ApiKeyGuard)
  @RequirePermissions('messages:send')
  async send(
    @Req() { user, customer, apiKey }: AuthenticatedRequest,
    @Body() { content }: { content?: string },
  ): Promise<SentMessage> {
    if (content === undefined) throw new BadRequestException('content is missing');
    const { id } = await this.database.message.create({ data: { customerId: customer.id, content } });
    const messageId = String(id);
    const { eventIds } = await this.webhooks.triggerWebhook(customer.id, 'message.sent', {
      conversationId: 'c-1',
      messageId,
      content,
      timestamp: new Date(),
    });
    return { messageId, eventIds, sender: { user, customer, ...(apiKey === undefined ? {} : { apiKey }) } };
  }

  @Get('broken')
  broken(): never {
    throw new Error('a bug of the host');
  }
}
