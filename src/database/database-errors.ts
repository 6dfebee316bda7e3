import { Prisma } from '../generated/prisma/client';

/** Prisma's codes for: unreachable, timed out, connection closed, no free connection, too many connections. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037']);

/** The driver adapter's names for the same. */
const DRIVER_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TlsConnectionError',
]);

/**
 * Node's socket errors, and PostgreSQL's SQLSTATE classes 08 (connection), 53 (resources) and 57P (shutdown), and 25006: it
 * is read-only, as a standby is until it takes over.
 */
const SYSTEM_CODE =
  /^(?:ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|08\w{3}|25006|53\w{3}|57P\d\d)$/;

/** A connection that broke, or that nothing comes over any more, where `pg` reports it only in words. */
const SYSTEM_MESSAGE =
  /connection (?:terminated|ended)|timeout exceeded when trying to connect|server closed the connection|query read timeout/i;

interface Link {
  code?: unknown;
  kind?: unknown;
  originalCode?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
}

/** An error and what caused it, outermost first. */
function* chainOf(error: unknown): Generator<Link> {
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 6; depth += 1) {
    const link = cause as Link;
    yield link;
    cause = link.meta?.driverAdapterError ?? link.cause;
  }
}

/** Whether a row could not be written because what it refers to is not there, or not any more. */
export function isForeignKeyViolation(error: unknown): boolean {
  for (const { code, originalCode } of chainOf(error)) {
    if (code === 'P2003' || code === '23503' || originalCode === '23503') return true;
  }
  return false;
}

/** Prisma's and PostgreSQL's codes for: a deadlock, a transaction that cannot be put in a row with another. */
const CONFLICT_CODES = new Set(['P2034', '40P01', '40001']);

/** Whether PostgreSQL ended the statement for the sake of another: nothing was written, and it may be made again. */
export function isTransactionConflict(error: unknown): boolean {
  for (const { code, originalCode, kind } of chainOf(error)) {
    if (CONFLICT_CODES.has(String(code)) || CONFLICT_CODES.has(String(originalCode))) return true;
    if (kind === 'TransactionWriteConflict') return true;
  }
  return false;
}

/** Whether the error says that the database cannot be reached or used just now, rather than that a query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  for (const link of chainOf(error)) {
    if (PRISMA_CODES.has(String(link.code)) || DRIVER_KINDS.has(String(link.kind))) return true;
    if (SYSTEM_CODE.test(String(link.code)) || SYSTEM_CODE.test(String(link.originalCode))) return true;
    if (SYSTEM_MESSAGE.test(String(link.message))) return true;
  }
  return false;
}
