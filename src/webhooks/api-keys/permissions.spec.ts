import fc from 'fast-check';
import { covers, isConcretePermission, isPermission, missingPermissions } from './permissions';

const part = fc.stringMatching(/^[a-z0-9_-]{1,12}$/);

describe('permissions', () => {
  it.each(['*', 'messages:*', 'messages:send', 'api-keys:read', 'a_b:c-1'])('accepts %s', (text) => {
    expect(isPermission(text)).toBe(true);
  });

  it.each([
    '',
    '**',
    'messages',
    ':send',
    'messages:',
    'messages:send:now',
    '*:send',
    'Messages:send',
    'messages:se nd',
    'messages:send\n',
    'a:'.padEnd(101, 'b'),
  ])('refuses %j', (text) => {
    expect(isPermission(text)).toBe(false);
  });

  it('tells concrete permissions from wildcards', () => {
    expect(isConcretePermission('messages:send')).toBe(true);
    expect(isConcretePermission('messages:*')).toBe(false);
    expect(isConcretePermission('*')).toBe(false);
    expect(isConcretePermission('a:'.padEnd(101, 'b'))).toBe(false);
  });

  it('[key 20] messages:* covers messages:send and not messagesX:send', () => {
    expect(covers('messages:*', 'messages:send')).toBe(true);
    expect(covers('messages:*', 'messages:*')).toBe(true);
    expect(covers('messages:*', 'messagesx:send')).toBe(false);
    expect(covers('messages:*', 'messagesX:send')).toBe(false);
    expect(covers('messages:*', 'message:send')).toBe(false);
    expect(covers('messages:send', 'messages:*')).toBe(false);
    expect(covers('messages:*', '*')).toBe(false);
    expect(covers('*', 'messages:*')).toBe(true);
  });

  it('lists what is missing', () => {
    expect(missingPermissions(['messages:*'], ['messages:send', 'conversations:read'])).toEqual(['conversations:read']);
    expect(missingPermissions([], [])).toEqual([]);
  });

  it('[key 20] property: a resource wildcard covers exactly its own resource', () => {
    fc.assert(
      fc.property(part, part, part, (held, resource, action) => {
        expect(covers(`${held}:*`, `${resource}:${action}`)).toBe(held === resource);
      }),
    );
  });

  it('[key 20] property: a longer or a shorter resource name is another resource', () => {
    fc.assert(
      fc.property(part, part, part, (resource, more, action) => {
        expect(covers(`${resource}:*`, `${resource}${more}:${action}`)).toBe(false);
        expect(covers(`${resource}${more}:*`, `${resource}:${action}`)).toBe(false);
        expect(covers(`${resource}:${action}`, `${resource}:${action}${more}`)).toBe(false);
      }),
    );
  });

  it('property: what is covered alone is what is not missing', () => {
    const concrete = fc.tuple(part, part).map(([resource, action]) => `${resource}:${action}`);
    fc.assert(
      fc.property(fc.array(concrete), fc.array(concrete), (granted, wanted) => {
        expect(missingPermissions(granted, wanted)).toEqual(wanted.filter((it) => !granted.includes(it)));
        expect(missingPermissions([...granted, '*'], wanted)).toEqual([]);
      }),
    );
  });

  it('property: covering is transitive', () => {
    const permission = fc.oneof(
      fc.constant('*'),
      part.map((resource) => `${resource}:*`),
      fc.tuple(part, part).map(([resource, action]) => `${resource}:${action}`),
    );
    fc.assert(
      fc.property(permission, permission, permission, (a, b, c) => {
        if (covers(a, b) && covers(b, c)) expect(covers(a, c)).toBe(true);
      }),
    );
  });
});
