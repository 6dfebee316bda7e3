import type { EventTypeDefinition } from 'webhooks-module';

// An event of the application's own: the compiler knows what it carries …
declare module 'webhooks-module' {
  interface WebhookEventTypes {
    'conversation.rated': { conversationId: string; stars: number; ratedAt: Date };
  }
}

/** … and so does the catalogue, which checks it and shows it to customers. */
export const EVENT_TYPES: EventTypeDefinition[] = [
  {
    name: 'conversation.rated',
    description: 'A conversation was rated by the person who had it.',
    schema: {
      type: 'object',
      required: ['conversationId', 'stars', 'ratedAt'],
      properties: {
        conversationId: { type: 'string' },
        stars: { type: 'integer', minimum: 1, maximum: 5 },
        ratedAt: { type: 'string', format: 'date-time' },
      },
    },
    example: { conversationId: '7', stars: 5, ratedAt: '2026-01-31T12:00:00.000Z' },
  },
];
