import { Injectable } from '@nestjs/common';
import { PrismaService } from './prisma.service';

const PATIENCE_MS = 2_000;

/** Whether the database answers. */
@Injectable()
export class DatabaseHealth {
  constructor(private readonly prisma: PrismaService) {}

  /** Asks it, and waits two seconds for the answer. */
  async answers(): Promise<boolean> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const timeout = new Promise<false>((resolve) => signal.addEventListener('abort', () => resolve(false)));
    const answer = this.prisma.query('SELECT 1').then(
      () => true,
      () => false,
    );
    return Promise.race([answer, timeout]);
  }
}
