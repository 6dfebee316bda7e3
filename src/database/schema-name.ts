/** What PostgreSQL takes as an identifier without quotes and without folding, at most 63 bytes. */
const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * Checks the name of the PostgreSQL schema that holds our tables, and returns it. It goes into SQL as it is.
 *
 * @throws TypeError when it is not a plain lower-case identifier, or is one that PostgreSQL reserves.
 */
export function assertSchemaName(name: string): string {
  if (!SCHEMA_NAME.test(name)) {
    throw new TypeError(
      `DATABASE_SCHEMA ${JSON.stringify(name)} is not a valid name: lower-case letters, digits and _, ` +
        'not starting with a digit, at most 63 characters.',
    );
  }
  if (name.startsWith('pg_') || name === 'information_schema') {
    throw new TypeError(`DATABASE_SCHEMA "${name}" is PostgreSQL's own: choose another name.`);
  }
  return name;
}
