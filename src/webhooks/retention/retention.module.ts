import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { RetentionRepository } from './retention.repository';
import { RetentionRunner } from './retention.runner';
import { RetentionService } from './retention.service';

/** Keeps payloads, events and keys no longer than they may be kept. */
@Module({ imports: [DatabaseModule], providers: [RetentionRepository, RetentionService, RetentionRunner] })
export class RetentionModule {}
