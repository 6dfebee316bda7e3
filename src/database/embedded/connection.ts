import { Client } from 'pg';
import { SUPERUSER } from './cluster';

/** Does something on a connection of the superuser's to the server on 127.0.0.1, and closes it. */
export async function withSuperuser<T>(
  port: number,
  password: string,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password,
    database: 'postgres',
    // The server has no TLS, whatever PGSSLMODE says.
    ssl: false,
    connectionTimeoutMillis: 5_000,
  });
  // A server that goes away is told by the query that fails, or of no interest.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
