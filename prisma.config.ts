import { defineConfig } from 'prisma/config';

// `prisma generate` looks for the native schema engine and never runs it. Where Prisma's download host cannot be
// reached there is none: any executable satisfies the look-up.
if (process.argv.includes('generate')) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_DIRECT_URL'] ?? process.env['DATABASE_URL'] ?? '' },
});
