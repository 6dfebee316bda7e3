import { Module } from '@nestjs/common';
import { ProblemFilter, WebhooksModule } from 'webhooks-module';
import { APP_FILTER } from '@nestjs/core';
import { AccountsModule } from './accounts/accounts.module';
import { ConversationsModule } from './conversations/conversations.module';
import { DatabaseModule } from './database.module';
import { EVENT_TYPES } from './events';
import { MessagesModule } from './messages/messages.module';

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: examples/chatbot/README.md says what it is.`);
  return value;
}

@Module({
  imports: [
    WebhooksModule.forRootAsync({
      useFactory: () => ({
        database: { url: required('DATABASE_URL') },
        secretsKey: required('SECRETS_KEY'),
        eventTypes: EVENT_TYPES,
        // For a receiver on this machine; in production, neither.
        delivery: { allowHttp: true, allowedCidrs: ['127.0.0.0/8', '::1/128'] },
      }),
    }),
    DatabaseModule,
    AccountsModule,
    ConversationsModule,
    MessagesModule,
  ],
  // What the module refuses (data that does not fit its schema, say) is answered as its own routes answer it.
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
export class AppModule {}
