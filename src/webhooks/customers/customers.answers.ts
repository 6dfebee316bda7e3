import type { AuthenticatedCustomer } from '../identity.types';
import { integer, model, orNull, shape, text, time } from '../openapi/schema';
import type { Retention } from './customers.service';

/** The id in the paths. */
export const CUSTOMER_ID = text('The platform’s id of the customer.', 'customer_123');

export const CUSTOMER_WITH_RETENTION = model<AuthenticatedCustomer & { retention: Retention }>(
  'CustomerWithRetention',
  'A customer, and how long its events are kept.',
  {
    id: CUSTOMER_ID,
    userId: text('The platform’s id of the user whom it belongs to.', 'user_123'),
    name: text('Its name.', 'Acme'),
    createdAt: time('When it was made.'),
    retention: shape<Retention>({
      payloadDays: integer('Days until the bodies of finished deliveries are emptied.', 30),
      eventDays: integer('Days until deliveries and their messages are deleted.', 90),
    }),
  },
);

export const SUSPENDED = model<{ id: string; suspendedAt: Date; reason: string | null }>(
  'SuspendedCustomer',
  'A customer without access.',
  {
    id: CUSTOMER_ID,
    suspendedAt: time('Since when.'),
    reason: orNull(text('Shown to whoever is refused.', 'unpaid invoices')),
  },
);

export const RESUMED = model<{ id: string; suspendedAt: null }>('ResumedCustomer', 'A customer with access again.', {
  id: CUSTOMER_ID,
  suspendedAt: orNull({}, null),
});

export const ERASING = model<{ id: string; erasingAt: Date }>('ErasingCustomer', 'A customer that is being deleted.', {
  id: CUSTOMER_ID,
  erasingAt: time('Since when.'),
});
