import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations/conversations.module';
import { Bot } from './bot';
import { MessagesController } from './messages.controller';
import { MessagesService } from './messages.service';

@Module({ imports: [ConversationsModule], controllers: [MessagesController], providers: [MessagesService, Bot] })
export class MessagesModule {}
