import { Module } from '@nestjs/common';
import { DatabaseHealth } from './database-health';
import { DatabaseNotifications } from './database-notifications';
import { PrismaService } from './prisma.service';

/** Gives repositories their database. Its options come from whoever composes the application (`DATABASE_OPTIONS`). */
@Module({
  providers: [PrismaService, DatabaseHealth, DatabaseNotifications],
  exports: [PrismaService, DatabaseHealth, DatabaseNotifications],
})
export class DatabaseModule {}
