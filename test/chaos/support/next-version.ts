import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The name of the migration that the next version brings. */
export const NEXT_MIGRATION = '29991231000000_next_version';

/** What such a migration may do: it takes the locks of a new column and of a new index on the busiest table. */
const SQL = `ALTER TABLE "WebhookEvent" ADD COLUMN "nextVersion" TEXT NOT NULL DEFAULT 'x';
CREATE INDEX "WebhookEvent_nextVersion_idx" ON "WebhookEvent"("nextVersion", "id");
`;

/** Copies the build as its next version, with one more migration. @returns its `dist` */
export async function buildNextVersion(dist: string, folder: string): Promise<string> {
  const project = dirname(dist);
  const next = join(folder, 'next');
  await cp(dist, join(next, 'dist'), { recursive: true });
  await cp(join(project, 'prisma'), join(next, 'prisma'), { recursive: true });
  await cp(join(project, 'package.json'), join(next, 'package.json'));
  await symlink(join(project, 'node_modules'), join(next, 'node_modules'));
  const migration = join(next, 'prisma/migrations', NEXT_MIGRATION);
  await mkdir(migration);
  await writeFile(join(migration, 'migration.sql'), SQL);
  return join(next, 'dist');
}
