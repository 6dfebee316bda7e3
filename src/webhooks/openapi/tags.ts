/** What the groups of routes are about, by the first part of their path. */
export const TAGS: Readonly<Record<string, string>> = {
  'api-keys': 'Keys for the customer’s own programs: make, restrict, rotate, end.',
  me: 'Who a key is.',
  permissions: 'What a key may be allowed to do.',
  'webhook-endpoints': 'The URLs that events are delivered to, and how.',
  'webhook-events': 'Publish events, and see what became of each delivery.',
  'webhook-messages': 'What became of an event, endpoint by endpoint.',
  'webhook-replays': 'Many deliveries, again.',
  'event-types': 'Which events there are and what they carry.',
  'audit-log': 'Who changed what.',
  customers: 'The tenants, managed by the platform itself.',
  'leaked-keys': 'Where scanners report keys that they found.',
  health: 'Whether the service works.',
  webhooks: 'What is sent to endpoints.',
};
