import { buildCatalogue, EventCatalogueError, type EventTypeDefinition } from './catalogue';
import { OPERATIONAL_EVENT_TYPES, PLATFORM_EVENT_TYPES } from './platform-event-types';

const build = (...types: EventTypeDefinition[]) => buildCatalogue(types, OPERATIONAL_EVENT_TYPES);
const described = (definition: Partial<EventTypeDefinition>): EventTypeDefinition => ({
  name: 'invoice.paid',
  description: 'An invoice was paid.',
  ...definition,
});

describe('the catalogue', () => {
  it('holds the six events of the platform and those of the system', () => {
    const names = [...buildCatalogue(PLATFORM_EVENT_TYPES, OPERATIONAL_EVENT_TYPES).values()].map(({ type }) => type);
    expect(names.filter(({ operational }) => !operational)).toHaveLength(6);
    expect(names.filter(({ operational }) => operational).map(({ name }) => name)).toEqual([
      'api_key.created',
      'api_key.rotated',
      'api_key.revoked',
      'api_key.leaked',
      'endpoint.disabled',
    ]);
    for (const type of names) expect(type).toMatchObject({ schema: expect.any(Object), example: expect.any(Object) });
  });

  it('requires nothing of the platform’s events, and checks the fields that it knows', () => {
    const check = buildCatalogue(PLATFORM_EVENT_TYPES, []).get('message.received')!.check!;
    expect(check({})).toEqual([]);
    expect(check({ content: 'Hello!' })).toEqual([]);
    expect(check({ conversationId: 'c', messageId: 'm', content: '', timestamp: 'now', more: {} })).toEqual([]);
    expect(check({ content: 5 })).toEqual([{ field: 'data.content', message: 'must be string' }]);
  });

  it('fills in what is left out', () => {
    expect(build(described({})).get('invoice.paid')).toEqual({
      type: {
        name: 'invoice.paid',
        description: 'An invoice was paid.',
        group: 'invoice',
        operational: false,
        deprecated: false,
        replacement: null,
        schema: null,
        example: null,
      },
      check: undefined,
    });
  });

  it('keeps a copy of schemas and examples', () => {
    const example = { id: 'a' };
    const catalogue = build(described({ example }));
    example.id = 'changed';
    expect(catalogue.get('invoice.paid')?.type.example).toEqual({ id: 'a' });
  });

  it('points from a deprecated type to its replacement', () => {
    const types = [
      described({ deprecated: { replacement: 'invoice.settled' } }),
      described({ name: 'invoice.settled' }),
      described({ name: 'invoice.gone', deprecated: {} }),
    ];
    const catalogue = build(...types);
    expect(catalogue.get('invoice.paid')?.type).toMatchObject({ deprecated: true, replacement: 'invoice.settled' });
    expect(catalogue.get('invoice.gone')?.type).toMatchObject({ deprecated: true, replacement: null });
  });

  it.each([
    'paid',
    'Invoice.paid',
    'invoice.',
    '.paid',
    'invoice..paid',
    'invoice.paid ',
    'in-voice.paid',
    'invoice.*',
    '',
  ])('refuses the name %p', (name) => {
    expect(() => build(described({ name }))).toThrow(/the name must have at least two parts/);
  });

  it('accepts names of 100 characters and no longer ones', () => {
    const name = `a.${'b'.repeat(98)}`;
    expect(build(described({ name })).has(name)).toBe(true);
    expect(() => build(described({ name: `a.${'b'.repeat(99)}` }))).toThrow(EventCatalogueError);
  });

  it.each<[string, Partial<EventTypeDefinition>, RegExp]>([
    ['a schema that does not compile', { schema: { type: 'objekt' } }, /"invoice.paid": the schema cannot be used: /],
    ['a schema with code in it', { schema: { a: 1n } }, /the schema cannot be written as JSON/],
    ['a schema that is a list', { schema: [] }, /the schema must be an object/],
    [
      'an example that does not fit',
      { schema: { required: ['id'], type: 'object' }, example: { id_: 1 } },
      /the example does not fit the schema: data.id is missing/,
    ],
    ['a missing description', { description: ' ' }, /the description is missing/],
    [
      'a replacement that is not there',
      { deprecated: { replacement: 'a.b' } },
      /its replacement "a.b" is not registered/,
    ],
    ['a name of the system', { name: 'endpoint.disabled' }, /"endpoint.disabled": is registered twice/],
    ['no name at all', { name: undefined as never }, /"undefined": the name must/],
  ])('refuses %s', (_, definition, message) => {
    expect(() => build(described(definition))).toThrow(message);
  });

  it('names every mistake in one error', () => {
    const mistakes = [described({}), described({}), described({ name: 'x' })];
    expect(() => build(...mistakes)).toThrow(
      'Event types cannot be used:\n  "invoice.paid": is registered twice\n  "x": the name must',
    );
  });
});
