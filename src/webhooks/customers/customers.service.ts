import { Injectable } from '@nestjs/common';
import { isPlainText } from '../http/validators';
import type { AuthenticatedCustomer, AuthenticatedUser } from '../identity.types';
import { invalidField, notFound, WebhooksError } from '../webhooks.errors';
import { CustomersRepository } from './customers.repository';

/** The longest id or name, in characters. */
export const MAX_CUSTOMER_TEXT = 255;

/** The tenants. Their ids are the platform's own strings. */
@Injectable()
export class CustomersService {
  constructor(private readonly repository: CustomersRepository) {}

  /**
   * Makes sure that the customer exists, with this name, and belongs to this user. Call it as often as you like, for
   * example each time the platform creates or renames a customer.
   *
   * @throws WebhooksError `invalid_customer` for an id or name that is not a text of 1 to 255 characters
   * @throws WebhooksError `customer_owner_differs` when the customer belongs to another user
   */
  async ensure(customer: { id: string; userId: string; name: string }): Promise<AuthenticatedCustomer> {
    for (const field of ['id', 'userId', 'name'] as const) {
      if (!isPlainText(customer[field], MAX_CUSTOMER_TEXT)) {
        const expected = `must be a text of 1 to ${MAX_CUSTOMER_TEXT} characters, without control characters`;
        throw invalidField('invalid_customer', field, expected);
      }
    }
    const current = await this.repository.ensure(customer);
    if (current.userId !== customer.userId) {
      throw new WebhooksError('conflict', 'customer_owner_differs', 'This customer belongs to another user.');
    }
    return current;
  }

  /** @throws WebhooksError `not_found` */
  async get(id: string): Promise<AuthenticatedCustomer> {
    const customer = isPlainText(id, MAX_CUSTOMER_TEXT) ? await this.repository.find(id) : null;
    if (customer === null) throw notFound('customer');
    return customer;
  }

  /** The customer and its user; null unless the customer belongs to that user. */
  async findOwned(
    userId: string,
    customerId: string,
  ): Promise<{ user: AuthenticatedUser; customer: AuthenticatedCustomer } | null> {
    if (!isPlainText(userId, MAX_CUSTOMER_TEXT) || !isPlainText(customerId, MAX_CUSTOMER_TEXT)) return null;
    return this.repository.findOwned(userId, customerId);
  }
}
