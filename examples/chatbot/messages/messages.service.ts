import { Injectable } from '@nestjs/common';
import { WebhooksService, type SqlClient } from 'webhooks-module';
import { ConversationsService } from '../conversations/conversations.service';
import { Database } from '../database';
import { Bot } from './bot';

/** A message of a conversation. */
export interface Message {
  id: string;
  author: 'person' | 'bot';
  content: string;
}

/** Messages, and the events about them. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly database: Database,
    private readonly conversations: ConversationsService,
    private readonly webhooks: WebhooksService,
    private readonly bot: Bot,
  ) {}

  /** Both messages are stored and both events are sent, or nothing of it is. */
  async send(customerId: string, conversationId: string, content: string): Promise<Message> {
    return this.database.transaction(async (tx) => {
      await this.conversations.assertOpen(tx, customerId, conversationId);
      const question = await this.store(tx, conversationId, 'person', content);
      await this.announce(tx, customerId, conversationId, 'message.received', question);
      const answer = await this.store(tx, conversationId, 'bot', this.bot.answer(content));
      await this.announce(tx, customerId, conversationId, 'message.sent', answer);
      return answer;
    });
  }

  private async store(
    tx: SqlClient,
    conversationId: string,
    author: Message['author'],
    content: string,
  ): Promise<Message> {
    const [message] = await tx.$queryRawUnsafe<Message[]>(
      'INSERT INTO message (conversation_id, author, content) VALUES ($1, $2, $3) RETURNING id, author, content',
      conversationId,
      author,
      content,
    );
    if (message === undefined) throw new Error('Nothing was inserted.');
    return message;
  }

  private async announce(
    tx: SqlClient,
    customerId: string,
    conversationId: string,
    event: 'message.received' | 'message.sent',
    { id: messageId, content }: Message,
  ): Promise<void> {
    const data = { conversationId, messageId, content, timestamp: new Date() };
    // With the ordering key, endpoints that keep the order get the messages of a conversation one after another.
    await this.webhooks.triggerWebhook(customerId, event, data, { tx, orderingKey: conversationId });
  }
}
