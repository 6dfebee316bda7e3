import { PrismaService } from '../../../src/database/prisma.service';
import { createTestDatabase, type TestDatabase } from '../../support/database';

describe('hot statements', () => {
  let database: TestDatabase;
  let prisma: PrismaService;
  beforeAll(async () => {
    database = await createTestDatabase();
    const { url } = database;
    prisma = new PrismaService({
      url,
      directUrl: url,
      schema: 'webhooks',
      poolSize: 1,
      migrate: false,
      queryTimeoutMs: 5_000,
    });
  });
  afterAll(async () => {
    await prisma.onApplicationShutdown();
    await database.drop();
  });

  const one = () => prisma.rows<{ one: number }>('one', 'SELECT $1::int AS one', 1);
  const prepared = async () =>
    (await prisma.query<{ name: string }>(`SELECT name FROM pg_prepared_statements`)).map(({ name }) => name);

  it('are prepared once on each connection', async () => {
    expect(await one()).toEqual([{ one: 1 }]);
    expect(await one()).toEqual([{ one: 1 }]);
    expect(await prepared()).toEqual(['one']);
  });

  it('report what is wrong with them', async () => {
    await expect(prisma.rows('wrong', 'SELECT 1 / $1::int', 0)).rejects.toThrow('division by zero');
  });

  it('go on without, where a proxy hands the connection to others in between', async () => {
    await one();
    // In a block, where `pg` does not see it.
    await prisma.$executeRawUnsafe(`DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$`);
    expect(await one()).toEqual([{ one: 1 }]);
    expect(await one()).toEqual([{ one: 1 }]);
    expect(await prepared()).toEqual([]);
  });
});
