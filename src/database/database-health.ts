import { Injectable } from '@nestjs/common';
import { within } from '../time/within';
import { migrationNames } from './migration-files';
import { PrismaService, type PoolUse } from './prisma.service';

const PATIENCE_MS = 2_000;

/** Whether the database can be used, and how much it is. */
@Injectable()
export class DatabaseHealth {
  private isMigrated = false;

  constructor(private readonly prisma: PrismaService) {}

  /** How the pool of this process is used at this moment. */
  get poolUse(): PoolUse {
    return this.prisma.poolUse;
  }

  /** Asks it, and waits two seconds for the answer. */
  async answers(): Promise<boolean> {
    try {
      return await within(PATIENCE_MS, this.prisma.query('SELECT 1'));
    } catch {
      return false;
    }
  }

  /**
   * Migrations of this build that the database does not have yet, oldest first. What was applied once stays so, and is
   * not asked for again.
   * @throws Error when the database is away, or does not answer within two seconds
   */
  async pendingMigrations(): Promise<string[]> {
    if (this.isMigrated) return [];
    const reading = this.readPending();
    if (!(await within(PATIENCE_MS, reading))) throw new Error('The database does not answer.');
    const pending = await reading;
    this.isMigrated = pending.length === 0;
    return pending;
  }

  private async readPending(): Promise<string[]> {
    const rows = await this.prisma.query<{ name: string }>(
      `SELECT migration_name AS name FROM "${this.prisma.schema}"._prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    const applied = new Set(rows.map(({ name }) => name));
    return (await migrationNames()).filter((name) => !applied.has(name));
  }
}
