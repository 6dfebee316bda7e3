import type { Caller } from '../webhooks/identity.types';

/** Whoever runs commands: the operator, who may do everything. */
export const CLI: Caller = { actor: { type: 'cli' }, permissions: ['*'] };
