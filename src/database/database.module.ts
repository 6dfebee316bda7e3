import { Module } from '@nestjs/common';
import { DatabaseHealth } from './database-health';
import { PrismaService } from './prisma.service';

/** Gives repositories their database. Its options come from whoever composes the application (`DATABASE_OPTIONS`). */
@Module({ providers: [PrismaService, DatabaseHealth], exports: [PrismaService, DatabaseHealth] })
export class DatabaseModule {}
