import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { Pool } from 'pg';
import { EngineAdapter } from './engine-adapter';
import { MIGRATIONS_DIRECTORY, readPrismaSchema, SCHEMA_FILE, type Migration } from './migration-files';

const MODULE = '@prisma/schema-engine-wasm/schema_engine_bg';

/** Where a schema engine works: the database, and the PostgreSQL schema in it. */
export interface Target {
  url: string;
  schema: string;
}

/** No tables or enums of our schema are left to others. */
export const FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Runs Prisma's schema engine (the one behind `prisma migrate`, compiled to WebAssembly, so nothing is downloaded)
 * against one PostgreSQL schema. Unqualified names mean that schema and no other: a host application's tables of the
 * same names are neither seen nor touched.
 */
export async function withSchemaEngine<T>(
  target: Target,
  migrations: readonly Migration[],
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const pool = new Pool({
    connectionString: target.url,
    // One connection, so that the engine's session lock covers all it does.
    max: 1,
    // The pool waits for the promise; the type says it does not.
    onConnect: (client) => client.query(`SET search_path TO "${target.schema}"`) as unknown as undefined,
  });
  // An idle connection that breaks is noticed by the next query.
  pool.on('error', () => undefined);
  try {
    const [Engine, schema] = await Promise.all([loadEngine(), readPrismaSchema()]);
    const adapter = bindMigrationAwareSqlAdapterFactory(new EngineAdapter(pool, target.schema, migrations));
    const engine = await Engine.new({ datamodels: [[SCHEMA_FILE, schema]] }, () => undefined, adapter);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** The migrations in the form that the engine takes. */
export function migrationList(migrations: readonly Migration[]) {
  return {
    baseDir: MIGRATIONS_DIRECTORY,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}

/** The part of the global `WebAssembly` used here; TypeScript declares it only together with the browser's DOM. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
  };
};

let engineClass: Promise<typeof SchemaEngine> | undefined;

/** Compiles the engine once per process (a fifth of a second), and only when it is needed. */
function loadEngine(): Promise<typeof SchemaEngine> {
  return (engineClass ??= compileEngine());
}

/**
 * The engine limits its wait for Prisma's advisory lock with a timer of 10 s that it never clears. It must not keep
 * a process alive that has nothing else to do.
 */
function idleTimers(bindings: object): object {
  const start = (callback: () => void, ms: number): NodeJS.Timeout => setTimeout(callback, ms).unref();
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'));
  return Object.fromEntries(names.map((name) => [name, start]));
}

async function compileEngine(): Promise<typeof SchemaEngine> {
  // The package's main file imports the .wasm itself, which Node 20 cannot; these are the steps it takes.
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = await readFile(join(dirname(require.resolve(MODULE)), 'schema_engine_bg.wasm'));
  const { instance } = await webAssembly.instantiate(wasm, {
    './schema_engine_bg.js': { ...bindings, ...idleTimers(bindings) },
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  // The engine reports a panic of its own here, and fails without a word when there is nothing.
  const scope = globalThis as { PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void } };
  scope.PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message(message) {
      throw new Error(`Prisma's schema engine failed: ${message}`);
    },
  };
  return bindings.SchemaEngine;
}
