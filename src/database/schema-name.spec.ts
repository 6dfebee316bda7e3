import { assertSchemaName } from './schema-name';

describe('assertSchemaName', () => {
  it.each(['webhooks', '_a', 'a1_b', 'a'.repeat(63)])('takes %s', (name) => {
    expect(assertSchemaName(name)).toBe(name);
  });

  it.each(['', 'Webhooks', '1a', 'a-b', 'a"b', 'a b', 'é', 'a'.repeat(64), 'a\n', 'pg_own', 'information_schema'])(
    'refuses %j',
    (name) => {
      expect(() => assertSchemaName(name)).toThrow(TypeError);
    },
  );
});
