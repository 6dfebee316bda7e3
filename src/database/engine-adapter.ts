import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, DriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { DatabaseError, type Pool, type QueryArrayConfig, type QueryArrayResult } from 'pg';
import type { Migration } from './migration-files';

/** PostgreSQL's one-byte type `"char"`, which its catalogs use, and its `text`. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/** Ends every migration; the one row without an end is the one that is being applied. */
const MARK_FINISHED =
  'UPDATE "_prisma_migrations" SET "finished_at" = now() WHERE "finished_at" IS NULL AND "rolled_back_at" IS NULL';

/** `PrismaPg` with what the schema engine needs and the query engine does not. */
export class EngineAdapter extends PrismaPg {
  constructor(
    private readonly pool: Pool,
    schema: string,
    private readonly migrations: readonly Migration[],
  ) {
    super(pool, { schema });
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = (script) => this.runScript(script);
    readCharColumns(this.pool, adapter);
    return adapter;
  }

  /**
   * A script goes to the server whole: `PrismaPg` cuts it at every semicolon, also in comments, strings and function
   * bodies. The server runs it in one transaction, and a migration is marked as finished in the same one: whenever
   * the process dies, it is applied and known to be, or neither.
   */
  private async runScript(script: string): Promise<void> {
    const isMigration = this.migrations.some(({ sql }) => sql === script);
    try {
      await this.pool.query(isMigration ? `${script}\n;${MARK_FINISHED}` : script);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      const { code = '', severity = 'ERROR', message, detail, column, hint } = error;
      throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint });
    }
  }
}

/**
 * Lets the engine read PostgreSQL's catalogs, which it does to compare: `PrismaPg` refuses columns of the type
 * `"char"`. They pass through it as text and get their type afterwards.
 */
function readCharColumns(pool: Pool, adapter: SqlDriverAdapter): void {
  const charColumns = new Map<string, number[]>();
  const query = pool.query.bind(pool) as unknown as (config: QueryArrayConfig | string) => Promise<QueryArrayResult>;
  const queryRaw = adapter.queryRaw.bind(adapter);

  pool.query = (async (config: QueryArrayConfig | string) => {
    const result = await query(config);
    if (typeof config === 'string') return result;
    const indexes = [...result.fields.keys()].filter((index) => result.fields[index]?.dataTypeID === CHAR_OID);
    charColumns.set(config.text, indexes);
    for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID;
    return result;
  }) as unknown as Pool['query'];

  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    for (const index of charColumns.get(statement.sql) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
}
