/**
 * What raw SQL is run with, by shape: this module's own Prisma client, a transaction of it, or a transaction of the
 * host application's own generated client.
 */
export interface SqlClient {
  $queryRawUnsafe<Result = unknown>(sql: string, ...values: unknown[]): Promise<Result>;
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
}
