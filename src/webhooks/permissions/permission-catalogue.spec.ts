import fc from 'fast-check';
import {
  checkDefinitions,
  describeUnknown,
  isKnown,
  PermissionCatalogueError,
  wildcardOf,
  type PermissionDefinition,
} from './permission-catalogue';

const KNOWN = ['chatbots:read', 'messages:read', 'messages:send'];

describe('registered permissions', () => {
  it('may have a description or none', () => {
    expect(() => checkDefinitions([{ permission: 'a:b' }, { permission: 'a:c', description: 'C.' }])).not.toThrow();
    expect(() => checkDefinitions([])).not.toThrow();
  });

  it('are refused all at once, with what is wrong with each', () => {
    const wrong = [
      { permission: 'messages' },
      { permission: 'messages:*' },
      { permission: '*' },
      { permission: 'Messages:send' },
      { permission: 7 },
      { permission: 'a:b', description: ' ' },
      { permission: 'c:d' },
      { permission: 'c:d' },
    ] as PermissionDefinition[];
    let error: unknown;
    try {
      checkDefinitions(wrong);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(PermissionCatalogueError);
    expect((error as Error).message.split('\n')).toEqual([
      'Permissions cannot be used:',
      '  "messages" is not of the form resource:action',
      '  "messages:*" is not of the form resource:action',
      '  "*" is not of the form resource:action',
      '  "Messages:send" is not of the form resource:action',
      '  "7" is not of the form resource:action',
      '  "a:b": its description is no text',
      '  "c:d" is registered twice',
    ]);
  });
});

it.each([
  ['*', true],
  ['messages:send', true],
  ['messages:*', true],
  ['messages:sned', false],
  ['message:*', false],
  ['messagesx:send', false],
  ['messages:', false],
])('[key 20] %s is known: %s', (permission, known) => {
  expect(isKnown(permission, KNOWN)).toBe(known);
});

it.each([
  ['messages:sned', 'messages:send'],
  ['message:send', 'messages:send'],
  ['mesages:raed', 'messages:read'],
  ['messages.send', 'messages:send'],
  ['chatbot:*', 'chatbots:*'],
  ['Messages:*', 'messages:*'],
])('[key 20] for %s, %s is suggested', (wrong, right) => {
  expect(describeUnknown(wrong, KNOWN)).toBe(`"${wrong}" is not a known permission; did you mean "${right}"?`);
});

it('suggests nothing that is not alike, and repeats no more than a hundred characters', () => {
  expect(describeUnknown('billing:refund', KNOWN)).toBe(
    '"billing:refund" is not a known permission; GET /permissions lists what there is',
  );
  expect(describeUnknown('x'.repeat(10_000), KNOWN).length).toBeLessThan(200);
  expect(describeUnknown('a:b', [])).toMatch('GET /permissions');
});

const part = fc.stringMatching(/^[a-z0-9_-]{1,12}$/);
const concrete = fc.tuple(part, part).map(([resource, action]) => `${resource}:${action}`);

it('property: what is in the catalogue is known, by itself and by its wildcard, and another resource is not', () => {
  fc.assert(
    fc.property(concrete, fc.array(concrete), part, (permission, others, suffix) => {
      const known = [...others, permission];
      expect([permission, wildcardOf(permission), '*'].every((granted) => isKnown(granted, known))).toBe(true);
      const longer = `${permission.slice(0, permission.indexOf(':'))}${suffix}:*`;
      expect(isKnown(longer, [permission])).toBe(false);
    }),
  );
});

it('property: a suggestion always exists', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(concrete), (wrong, known) => {
      const suggested = /did you mean "(.*)"\?$/.exec(describeUnknown(wrong, known))?.[1];
      if (suggested !== undefined) expect(isKnown(suggested, known)).toBe(true);
    }),
  );
});
