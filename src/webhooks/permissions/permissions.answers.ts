import { flag, integer, list, model, orNull, shape, text, time, type FieldsOf } from '../openapi/schema';
import type {
  AccessExplanation,
  AccessReason,
  ApiKeyUsage,
  Permission,
  PermissionUse,
  Route,
} from './permissions.types';

const NAMES = { type: 'string' };

const ROUTE = model<Route>('Route', 'A route of this application.', {
  method: text('`ALL` when it takes every method.', 'POST'),
  path: text('As it is called.', '/api-keys/:id/rotate'),
});

export const PERMISSIONS = list(
  model<Permission>('Permission', 'Something that a key may be allowed to do.', {
    permission: text('`resource:action`.', 'api-keys:write'),
    description: orNull(text('What it lets a key do; null when nobody has said.', 'Make and change API keys.')),
    routes: list(ROUTE, 'The routes of this application that require it.'),
    wildcards: list(NAMES, 'What grants it as well.', ['api-keys:*', '*']),
  }),
  'By name.',
);

type Used = ApiKeyUsage['used'][number];

const USE: FieldsOf<PermissionUse> = {
  permission: text('`resource:action`.', 'messages:send'),
  uses: integer('Requests, over the key’s whole life.', 12),
  firstUsedAt: time('When first.'),
  lastUsedAt: time('When last.'),
};

export const API_KEY_USAGE = model<ApiKeyUsage>('ApiKeyUsage', 'Which permissions a key needs.', {
  since: time('From when on a use counts.'),
  used: list(
    shape<Used>({ ...USE, grantedBy: list(NAMES, 'What it holds now that includes it.', ['messages:*']) }),
    'What it was used with since then, by name.',
  ),
  neverUsed: list(NAMES, 'What it may do, wildcards spelled out, and has not done since then.', ['messages:read']),
  wildcards: list(
    shape<ApiKeyUsage['wildcards'][number]>({
      permission: text('The wildcard.', 'messages:*'),
      used: list(NAMES, 'What of it was used.', ['messages:send']),
      neverUsed: list(NAMES, 'What of it was not.', ['messages:read']),
    }),
    'The wildcards it holds, each with what is under it.',
  ),
  advice: shape<ApiKeyUsage['advice']>({
    permissions: list(NAMES, 'The least that covers what it did. Never more than it holds.', ['messages:send']),
    removable: list(NAMES, 'What it holds now and would not hold any more.', ['messages:*']),
  }),
});

export const ACCESS_EXPLANATION = model<AccessExplanation>('AccessExplanation', 'Whether a key may, and why not.', {
  allowed: flag('Whether it would be allowed.', false),
  route: orNull(ROUTE),
  required: list(NAMES, 'The permissions that the route requires.', ['messages:send']),
  missing: list(NAMES, 'Those of them that the key does not hold.', ['messages:send']),
  reasons: list(
    shape<AccessReason>({
      code: text('For programs: `permission_missing`, `ip_not_allowed`, `route_public`, …', 'permission_missing'),
      detail: text('For people.', 'The key does not hold messages:send.'),
    }),
    'What decides, and what was not looked at.',
  ),
});
