import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { parseDatabaseUrl, redactUrl, type DatabaseAddress } from './database-url';

/** PostgreSQL 14, as `server_version_num` counts. */
const OLDEST = 140_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A try gets this long even when the time is up: "does not answer" is the least telling of all reasons. */
const SHORTEST_TRY_MS = 1_000;

/** Why a database cannot be used. */
export type DatabaseProblem =
  | 'invalid-url'
  | 'host-not-found'
  | 'connection-refused'
  | 'timeout'
  | 'authentication'
  | 'no-such-database'
  | 'tls'
  | 'too-old'
  | 'other';

/** A database cannot be used. The message is one line, names what to change, and never holds the password. */
export class DatabaseConnectionError extends Error {
  override readonly name = 'DatabaseConnectionError';
  readonly code = 'database_connection';

  constructor(
    readonly problem: DatabaseProblem,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Waits until a PostgreSQL (14 or newer) answers at `url`. What time may heal (nothing listens yet, the name is not
 * known yet, the server is starting or full) is tried again with growing pauses for `timeoutMs`; a wrong
 * password, a missing database and the like are told at once.
 *
 * @throws DatabaseConnectionError
 */
export async function waitForDatabase(url: string, { timeoutMs }: { timeoutMs: number }): Promise<void> {
  const address = parseDatabaseUrl(url);
  if (!address) {
    throw new DatabaseConnectionError(
      'invalid-url',
      `DATABASE_URL is not a PostgreSQL URL: expected postgresql://user:password@host:port/database, got "${redactUrl(url)}".`,
    );
  }
  const deadline = Date.now() + timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      const leftMs = deadline - Date.now();
      await check(url, address, Math.min(Math.max(leftMs, SHORTEST_TRY_MS), CONNECT_TIMEOUT_MS));
      return;
    } catch (error) {
      const { passes, problem, reason } = explain(error, address);
      const leftMs = deadline - Date.now();
      if (!passes || leftMs <= 0) throw new DatabaseConnectionError(problem, reason);
      await sleep(Math.min(pauseMs, leftMs));
    }
  }
}

async function check(url: string, address: DatabaseAddress, timeoutMs: number): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: timeoutMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ number: number; version: string }>(
      `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version`,
    );
    const found = rows[0];
    if (found && found.number >= OLDEST) return;
    throw new DatabaseConnectionError(
      'too-old',
      `The server at ${address.host}:${address.port} is PostgreSQL ${found?.version ?? '?'}: version 14 or newer is needed.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface Explanation {
  /** Whether it may be otherwise in a moment. */
  passes: boolean;
  problem: DatabaseProblem;
  reason: string;
}

function explain(error: unknown, { host, port, user, database }: DatabaseAddress): Explanation {
  if (error instanceof DatabaseConnectionError) return { passes: false, problem: error.problem, reason: error.message };
  const server = `${host}:${port}`;
  // Fields rather than classes: pg's errors, Node's and its AggregateError (a name with several addresses) differ.
  const { code = '', message: text = '' } = Object(error) as { code?: string; message?: string };
  const message = text.split('\n')[0] ?? '';
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return later('host-not-found', `The database host "${host}" is not known: check the host in DATABASE_URL.`);
    case 'ECONNREFUSED':
    case 'ENOENT': // a Unix socket that is not there
      return later('connection-refused', `No database accepts connections at ${server}: is PostgreSQL running there?`);
    case '57P03':
    case '53300':
      return later('other', `The database at ${server} does not take the connection: ${message}.`);
    case '28000':
      return never('authentication', `The database at ${server} refuses the user "${user}": ${message}.`);
    case '28P01':
      return never('authentication', `The database at ${server} refuses the user "${user}": check user and password.`);
    case '3D000':
      return never('no-such-database', `There is no database "${database}" at ${server}: create it first.`);
  }
  if (/timeout/i.test(message) || code === 'ETIMEDOUT') {
    return later('timeout', `The database at ${server} does not answer: check host, port and firewall.`);
  }
  if (/SSL|TLS|certificate/i.test(`${code} ${message}`)) {
    return never('tls', `No TLS connection to the database at ${server}: ${message} (see sslmode in DATABASE_URL).`);
  }
  return later('other', `The database at ${server} cannot be used: ${message}.`);
}

const later = (problem: DatabaseProblem, reason: string): Explanation => ({ passes: true, problem, reason });
const never = (problem: DatabaseProblem, reason: string): Explanation => ({ passes: false, problem, reason });
