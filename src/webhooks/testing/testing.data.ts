import { Inject, Injectable } from '@nestjs/common';
import { digestOf, generateApiKey, previewOf } from '../api-keys/api-key';
import type { ApiKeyToWrite } from '../api-keys/api-keys.repository';
import type { CustomerRow } from '../customers/customers.repository';
import type { AuthenticatedApiKey } from '../identity.types';
import { TESTING_OPTIONS, type TestingKey, type WebhooksTestingOptions } from './testing.options';
import { newId } from '../ids';

/** A key as it is kept. */
export interface StoredKey {
  customerId: string;
  digest: string;
  deletedAt: Date | null;
  shown: AuthenticatedApiKey;
}

/** What the database holds otherwise. Rows are replaced, never changed. */
@Injectable()
export class TestingData {
  readonly customers = new Map<string, CustomerRow>();
  readonly keys = new Map<string, StoredKey>();

  constructor(@Inject(TESTING_OPTIONS) private readonly options: WebhooksTestingOptions) {
    this.reset();
  }

  /** As it was at the start. */
  reset(): void {
    this.customers.clear();
    this.keys.clear();
    for (const id of this.options.customers ?? []) this.addCustomer(id);
    for (const key of this.options.keys ?? []) this.addKey(key);
  }

  /** Whether events can be emitted for it. */
  takesEvents(customerId: string): boolean {
    const known = this.customers.get(customerId);
    if (known !== undefined) return known.erasingAt === null;
    return this.options.customers === undefined;
  }

  addCustomer(id: string, { userId = `user-of-${id}`, name = id } = {}): CustomerRow {
    const none = { suspendedAt: null, suspendedReason: null, erasingAt: null, payloadDays: null, eventDays: null };
    const customer = { id, userId, name, createdAt: new Date(), ...none };
    this.customers.set(id, customer);
    return customer;
  }

  /** @returns the key that a request presents */
  addKey({ customerId, key = generateApiKey(), isActive = true, ...given }: TestingKey): string {
    if (!this.customers.has(customerId)) this.addCustomer(customerId);
    const {
      name = 'test',
      permissions = [],
      labels = {},
      allowedCidrs = [],
      expiresAt = null,
      rateLimit = null,
    } = given;
    const chosen = { name, permissions, labels, allowedCidrs, expiresAt, rateLimit, isCanary: false };
    const { shown } = this.store(customerId, {
      id: newId(),
      digest: digestOf(key),
      preview: previewOf(key),
      ...chosen,
    });
    if (!isActive) this.changeKey(shown.id, { isActive, deactivatedReason: 'deactivated' });
    return key;
  }

  store(customerId: string, { digest, ...chosen }: ApiKeyToWrite): StoredKey {
    const unused = { successorId: null, rotatedAt: null, lastUsedAt: null, lastUsedIp: null, lastUsedUserAgent: null };
    const shown = { ...chosen, isActive: true, deactivatedReason: null, ...unused, createdAt: new Date() };
    const stored = { customerId, digest, deletedAt: null, shown };
    this.keys.set(shown.id, stored);
    return stored;
  }

  /** @throws Error when there is no such key */
  changeKey(id: string, changes: Partial<AuthenticatedApiKey>, deletedAt?: Date | null): AuthenticatedApiKey {
    const stored = this.keys.get(id);
    if (stored === undefined) throw new Error(`There is no key ${id}.`);
    const shown = { ...stored.shown, ...changes };
    this.keys.set(id, { ...stored, shown, deletedAt: deletedAt === undefined ? stored.deletedAt : deletedAt });
    return shown;
  }
}
