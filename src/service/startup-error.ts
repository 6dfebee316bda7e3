import { ConfigError } from '../config/config.error';
import { DataDirInUseError } from '../database/data-dir-lock';
import { EmbeddedPostgresError } from '../database/embedded-postgres';
import { MigrationError } from '../database/migrator';
import { DatabaseConnectionError } from '../database/wait-for-database';
import { RedisConnectionError } from '../queue/wait-for-redis';
import { WebhooksError } from '../webhooks/webhooks.errors';

const EXPECTED = [
  ConfigError,
  DataDirInUseError,
  DatabaseConnectionError,
  EmbeddedPostgresError,
  MigrationError,
  RedisConnectionError,
  WebhooksError,
];

/** Why a start failed, for the person who tried: one clear line for what can be expected, a stack for the rest. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return `Cannot start: ${String(error)}`;
  const { code, syscall, port, address, hostname } = error as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
    hostname?: string;
  };
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${address} is in use by another process: stop it, or set PORT to a free one.`;
  }
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be used by this user: set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || (code === 'EINVAL' && syscall === 'listen'))
    return `HOST ${address} is not an address of this machine.`;
  if (syscall === 'getaddrinfo' && hostname !== undefined) return `HOST ${hostname} is not an address or a known name.`;
  if (EXPECTED.some((kind) => error instanceof kind)) return error.message;
  return error.stack ?? error.message;
}
