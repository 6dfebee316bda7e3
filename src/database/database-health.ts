import { Injectable } from '@nestjs/common';
import { within } from '../time/within';
import { PrismaService } from './prisma.service';

const PATIENCE_MS = 2_000;

/** Whether the database answers. */
@Injectable()
export class DatabaseHealth {
  constructor(private readonly prisma: PrismaService) {}

  /** Asks it, and waits two seconds for the answer. */
  async answers(): Promise<boolean> {
    try {
      return await within(PATIENCE_MS, this.prisma.query('SELECT 1'));
    } catch {
      return false;
    }
  }
}
