import { Body, Controller, HttpCode, Param, ParseIntPipe, Post, UseGuards } from '@nestjs/common';
import { ApiKeyGuard, CurrentCustomer, RequirePermissions, type AuthenticatedCustomer } from 'webhooks-module';
import { ConversationsService } from './conversations.service';

@Controller('conversations')
@UseGuards(ApiKeyGuard)
@RequirePermissions('conversations:write')
export class ConversationsController {
  constructor(private readonly conversations: ConversationsService) {}

  @Post()
  async open(@CurrentCustomer() customer: AuthenticatedCustomer): Promise<{ id: string }> {
    return this.conversations.open(customer.id);
  }

  @Post(':id/close')
  @HttpCode(204)
  async close(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', ParseIntPipe) id: number,
  ): Promise<void> {
    await this.conversations.close(customer.id, String(id));
  }

  @Post(':id/rating')
  @HttpCode(204)
  async rate(
    @CurrentCustomer() customer: AuthenticatedCustomer,
    @Param('id', ParseIntPipe) id: number,
    @Body('stars', ParseIntPipe) stars: number,
  ): Promise<void> {
    await this.conversations.rate(customer.id, String(id), stars);
  }
}
