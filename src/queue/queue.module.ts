import { Module } from '@nestjs/common';
import { QueueFactory } from './queue.factory';

/** Opens queues on PostgreSQL or Redis. Its options come from whoever composes the application (`QUEUE_OPTIONS`). */
@Module({ providers: [QueueFactory], exports: [QueueFactory] })
export class QueueModule {}
