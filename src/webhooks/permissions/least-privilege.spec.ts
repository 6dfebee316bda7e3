import fc from 'fast-check';
import { covers, missingPermissions } from '../api-keys/permissions';
import { compareUse } from './least-privilege';
import type { PermissionUse } from './permissions.types';

const SINCE = new Date('2026-06-01T00:00:00Z');
const EXISTING = ['chatbots:read', 'chatbots:write', 'messages:read', 'messages:send'];

const use = (permission: string, lastUsedAt = '2026-06-02T00:00:00Z'): PermissionUse => ({
  permission,
  uses: 3,
  firstUsedAt: new Date('2026-01-01T00:00:00Z'),
  lastUsedAt: new Date(lastUsedAt),
});
const compare = (granted: string[], uses: PermissionUse[]) =>
  compareUse({
    granted,
    concrete: EXISTING.filter((permission) => granted.some((holder) => covers(holder, permission))),
    uses,
    since: SINCE,
  });

it('spells wildcards out, and advises what was used of them', () => {
  expect(compare(['messages:*', 'chatbots:read'], [use('messages:send')])).toEqual({
    since: SINCE,
    used: [{ ...use('messages:send'), grantedBy: ['messages:*'] }],
    neverUsed: ['chatbots:read', 'messages:read'],
    wildcards: [{ permission: 'messages:*', used: ['messages:send'], neverUsed: ['messages:read'] }],
    advice: { permissions: ['messages:send'], removable: ['messages:*', 'chatbots:read'] },
  });
});

it('has nothing to take away where everything was used', () => {
  const { neverUsed, advice } = compare(['messages:send'], [use('messages:send', SINCE.toISOString())]);
  expect({ neverUsed, advice }).toEqual({ neverUsed: [], advice: { permissions: ['messages:send'], removable: [] } });
});

it('does not count a use from before', () => {
  const { used, advice } = compare(['messages:send'], [use('messages:send', '2026-05-31T23:59:59.999Z')]);
  expect({ used, advice }).toEqual({ used: [], advice: { permissions: [], removable: ['messages:send'] } });
});

it('shows what the key used and does not hold any more, and never advises it', () => {
  const { used, advice } = compare(['chatbots:read'], [use('messages:send')]);
  expect(used).toEqual([{ ...use('messages:send'), grantedBy: [] }]);
  expect(advice).toEqual({ permissions: [], removable: ['chatbots:read'] });
});

it('takes away what has ceased to exist', () => {
  const { neverUsed, advice } = compare(['gone:for-good', 'gone:*'], []);
  expect(neverUsed).toEqual(['gone:for-good']);
  expect(advice).toEqual({ permissions: [], removable: ['gone:for-good', 'gone:*'] });
});

it('advises no more than a key can hold', () => {
  const many = Array.from({ length: 101 }, (_, index) => use(`messages:a${index}`));
  expect(compare(['messages:*', '*'], many).advice.permissions).toEqual(['messages:*', '*']);
});

it('property: the advice covers every use that the key has the right to, and grants nothing that it does not hold', () => {
  const part = fc.constantFrom('a', 'b', 'c');
  const single = fc.tuple(part, part).map(([resource, action]) => `${resource}:${action}`);
  const granted = fc.oneof(
    single,
    part.map((resource) => `${resource}:*`),
    fc.constant('*'),
  );
  fc.assert(
    fc.property(fc.uniqueArray(granted), fc.uniqueArray(single), (held, used) => {
      const { advice } = compare(
        held,
        used.map((permission) => use(permission)),
      );
      const allowed = used.filter((permission) => missingPermissions(held, [permission]).length === 0);
      expect(missingPermissions(advice.permissions, allowed)).toEqual([]);
      expect(missingPermissions(held, advice.permissions)).toEqual([]);
    }),
  );
});
