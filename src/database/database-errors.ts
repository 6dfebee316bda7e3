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

/** Node's socket errors, and PostgreSQL's SQLSTATE classes 08 (connection), 53 (resources) and 57P (shutdown). */
const SYSTEM_CODE =
  /^(?:ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|08\w{3}|53\w{3}|57P\d\d)$/;

/** A broken connection that `pg` reports only in words. */
const SYSTEM_MESSAGE =
  /connection (?:terminated|ended)|timeout exceeded when trying to connect|server closed the connection/i;

/** Whether the error says that the database cannot be reached or used just now, rather than that a query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  for (let cause = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 6; depth += 1) {
    const link = cause as {
      code?: unknown;
      kind?: unknown;
      originalCode?: unknown;
      message?: unknown;
      cause?: unknown;
      meta?: { driverAdapterError?: unknown };
    };
    if (PRISMA_CODES.has(String(link.code)) || DRIVER_KINDS.has(String(link.kind))) return true;
    if (SYSTEM_CODE.test(String(link.code)) || SYSTEM_CODE.test(String(link.originalCode))) return true;
    if (SYSTEM_MESSAGE.test(String(link.message))) return true;
    cause = link.meta?.driverAdapterError ?? link.cause;
  }
  return false;
}
