import type { PermissionDefinition } from './permission-catalogue';

/**
 * What this module's own routes require. Listed here as well, so that a process that does not mount them (a worker, the
 * CLI, `controllers: false`) knows them, and because a decorator has no room for a description.
 */
export const OWN_PERMISSIONS: readonly (PermissionDefinition & { description: string })[] = [
  { permission: 'api-keys:read', description: 'See API keys, how they are used and what they may do; not the keys.' },
  { permission: 'api-keys:write', description: 'Create, change, rotate, deactivate, delete and restore API keys.' },
  { permission: 'audit-log:read', description: 'See who changed what.' },
  { permission: 'webhook-endpoints:read', description: 'See webhook endpoints; not their secrets.' },
  {
    permission: 'webhook-endpoints:write',
    description: 'Create, change, pause, test and delete endpoints, and their secrets.',
  },
  { permission: 'webhook-events:publish', description: 'Publish events.' },
  {
    permission: 'webhook-events:read',
    description: 'See deliveries with their payloads, timelines, statistics and replays.',
  },
  { permission: 'webhook-events:write', description: 'Send deliveries again, one or many.' },
];
