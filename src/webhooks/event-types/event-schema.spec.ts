import { SchemaCompiler } from './event-schema';

const compile = (schema: object) => new SchemaCompiler().compile(schema);

describe('a compiled schema', () => {
  it('accepts what fits', () => {
    const check = compile({ type: 'object', required: ['id'], properties: { id: { type: 'string' } } });
    expect(check({ id: 'x', more: 1 })).toEqual([]);
  });

  it('names every field that is wrong by its path, without its value', () => {
    const check = compile({
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'string' },
        lines: { type: 'array', items: { type: 'object', properties: { 'a/b~c': { type: 'integer' } } } },
        strict: { type: 'object', additionalProperties: false },
      },
    });
    const errors = check({ lines: [{}, { 'a/b~c': 'secret' }], strict: { extra: 'secret' } });
    expect(errors).toEqual([
      { field: 'data.id', message: 'is missing' },
      { field: 'data.lines.1.a/b~c', message: 'must be integer' },
      { field: 'data.strict.extra', message: 'is not a known field' },
    ]);
    expect(JSON.stringify(errors)).not.toContain('secret');
  });

  it('looks at own properties only', () => {
    const check = compile({ type: 'object', required: ['toString'] });
    expect(check({})).toEqual([{ field: 'data.toString', message: 'is missing' }]);
    expect(check(JSON.parse('{"toString": 1, "__proto__": 2}'))).toEqual([]);
  });

  it('names at most 20 fields, and of a large value the first only', () => {
    const check = compile({ type: 'object', additionalProperties: { type: 'string' } });
    const wrong = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, i]));
    expect(check(wrong(100))).toHaveLength(20);
    expect(check(wrong(2_000))).toHaveLength(1);
  });

  it('shortens paths that a publisher made long', () => {
    const [error] = compile({ additionalProperties: { type: 'string' } })({ ['x'.repeat(5_000)]: 1 });
    expect(error?.field.length).toBeLessThanOrEqual(200);
  });

  it('checks formats, and types that may be null', () => {
    const check = compile({ properties: { at: { type: ['string', 'null'], format: 'date-time' } } });
    expect(check({ at: null })).toEqual([]);
    expect(check({ at: '2026-01-31T12:00:00Z' })).toEqual([]);
    expect(check({ at: 'yesterday' })).toEqual([{ field: 'data.at', message: 'must match format "date-time"' }]);
  });

  it('follows references within the schema', () => {
    const check = compile({ $defs: { id: { type: 'string' } }, properties: { id: { $ref: '#/$defs/id' } } });
    expect(check({ id: 1 })).toEqual([{ field: 'data.id', message: 'must be string' }]);
  });
});

describe('a schema is refused', () => {
  it.each([
    ['that refers to another document', { $ref: 'https://example.com/schema.json' }],
    ['with an unknown keyword', { type: 'object', requierd: ['a'] }],
    ['with an unknown format', { properties: { a: { type: 'string', format: 'no-such' } } }],
    ['with an unknown type', { type: 'objekt' }],
    ['with a pattern that is none', { properties: { a: { type: 'string', pattern: '(' } } }],
    ['of another draft', { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' }],
    ['that is asynchronous', { $async: true, type: 'object' }],
  ])('%s', (_, schema) => {
    expect(() => compile(schema)).toThrow();
  });

  it('also when it refers to a schema that was compiled before', () => {
    const compiler = new SchemaCompiler();
    compiler.compile({ $id: 'https://example.com/a', type: 'object' });
    expect(() => compiler.compile({ $ref: 'https://example.com/a' })).toThrow(/can't resolve reference/);
  });
});
