import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { WebhooksService, type SqlClient } from 'webhooks-module';
import { Database } from '../database';

/** Conversations, and the events about them. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhooksService,
  ) {}

  async open(customerId: string): Promise<{ id: string }> {
    return this.database.transaction(async (tx) => {
      const [row] = await tx.$queryRawUnsafe<{ id: string }[]>(
        'INSERT INTO conversation (account_id) VALUES ($1) RETURNING id',
        customerId,
      );
      if (row === undefined) throw new Error('Nothing was inserted.');
      const data = { conversationId: row.id, timestamp: new Date() };
      await this.webhooks.triggerWebhook(customerId, 'conversation.created', data, { tx, orderingKey: row.id });
      return row;
    });
  }

  async close(customerId: string, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.assertOpen(tx, customerId, id);
      await tx.$executeRawUnsafe('UPDATE conversation SET closed_at = now() WHERE id = $1', id);
      const data = { conversationId: id, timestamp: new Date() };
      await this.webhooks.triggerWebhook(customerId, 'conversation.closed', data, { tx, orderingKey: id });
    });
  }

  /** An event of the application's own: see events.ts. */
  async rate(customerId: string, id: string, stars: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.assertOpen(tx, customerId, id);
      const data = { conversationId: id, stars, ratedAt: new Date() };
      await this.webhooks.triggerWebhook(customerId, 'conversation.rated', data, { tx, orderingKey: id });
    });
  }

  /** Locks the conversation, so that it stays open until the transaction ends. */
  async assertOpen(tx: SqlClient, customerId: string, id: string): Promise<void> {
    const [found] = await tx.$queryRawUnsafe<{ isClosed: boolean }[]>(
      'SELECT closed_at IS NOT NULL AS "isClosed" FROM conversation WHERE id = $1 AND account_id = $2 FOR UPDATE',
      id,
      customerId,
    );
    if (found === undefined) throw new NotFoundException('There is no such conversation.');
    if (found.isClosed) throw new ConflictException('This conversation is closed.');
  }
}
