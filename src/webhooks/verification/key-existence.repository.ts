import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../database/prisma.service';

/** Whether keys exist, and nothing else of them. */
@Injectable()
export class KeyExistenceRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Which of the digests belong to a key, whosever it is: one query, by the unique index. */
  async findExisting(digests: readonly string[]): Promise<Set<string>> {
    const { APIKey } = this.prisma.tables;
    const rows = await this.prisma.query<{ key: string }>(
      `SELECT k.key FROM unnest($1::text[]) AS asked(digest) JOIN ${APIKey} k ON k.key = asked.digest
        WHERE k."deletedAt" IS NULL`,
      digests,
    );
    return new Set(rows.map(({ key }) => key));
  }
}
