import type { AuthenticatedApiKey } from '../../src/webhooks';

type Shown = Record<keyof AuthenticatedApiKey, unknown>;

/** An API key as answers show it, with nothing chosen but what is given. */
export const shownKey = (chosen: Partial<Shown>): Shown => ({
  id: expect.any(String),
  name: expect.any(String),
  preview: expect.stringMatching(/^sk_…[A-Za-z0-9_-]{4}$/),
  permissions: [],
  labels: {},
  isActive: true,
  deactivatedReason: null,
  expiresAt: null,
  allowedCidrs: [],
  rateLimit: null,
  isCanary: false,
  successorId: null,
  rotatedAt: null,
  lastUsedAt: null,
  lastUsedIp: null,
  lastUsedUserAgent: null,
  createdAt: expect.any(String),
  ...chosen,
});

/** The fields of a key as answers show it, in order of the alphabet. */
export const SHOWN_FIELDS = Object.keys(shownKey({})).sort();
