// What a host application writes to have events of its own, against the module's public surface.
import type { EventTypeDefinition } from '../../../src/webhooks';

declare module '../../../src/webhooks' {
  interface WebhookEventTypes {
    'invoice.paid': { invoiceId: string; amountCents: number; paidAt: Date };
    'invoice.voided': { invoiceId: string };
  }
}

/** How they are registered. */
export const HOST_EVENT_TYPES: EventTypeDefinition[] = [
  {
    name: 'invoice.paid',
    description: 'An invoice was paid.',
    group: 'billing',
    schema: {
      type: 'object',
      required: ['invoiceId', 'amountCents', 'paidAt'],
      properties: {
        invoiceId: { type: 'string' },
        amountCents: { type: 'integer', minimum: 0 },
        paidAt: { type: 'string', format: 'date-time' },
      },
      additionalProperties: false,
    },
    example: { invoiceId: 'inv_1', amountCents: 1200, paidAt: '2026-01-31T12:00:00.000Z' },
  },
  { name: 'invoice.voided', description: 'An invoice was voided.', deprecated: { replacement: 'invoice.paid' } },
];
