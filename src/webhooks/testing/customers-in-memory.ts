import { Injectable } from '@nestjs/common';
import type {
  CustomerRow,
  CustomersRepository,
  CustomerToEnsure,
  EnsuredCustomer,
  OwnedCustomer,
  RetentionOverride,
  Suspension,
} from '../customers/customers.repository';
import type { AuthenticatedCustomer } from '../identity.types';
import { notFound } from '../webhooks.errors';
import { TestingData } from './testing.data';

type Repository = {
  [Method in keyof CustomersRepository]: (
    ...args: Parameters<CustomersRepository[Method]>
  ) => ReturnType<CustomersRepository[Method]>;
};

/** Customers without a database. */
@Injectable()
export class CustomersInMemory implements Repository {
  constructor(private readonly data: TestingData) {}

  ensure({ id, userId, name }: CustomerToEnsure): Promise<EnsuredCustomer> {
    const found = this.data.customers.get(id) ?? this.data.addCustomer(id, { userId, name });
    const isErasing = found.erasingAt !== null;
    if (found.userId === userId && !isErasing) this.data.customers.set(id, { ...found, name });
    return Promise.resolve({ ...shown(this.data.customers.get(id) ?? found), isErasing });
  }

  findOwned(userId: string, customerId: string): Promise<OwnedCustomer | null> {
    const found = this.there(customerId);
    if (found?.userId !== userId) return Promise.resolve(null);
    const { suspendedAt: at, suspendedReason: reason, createdAt } = found;
    const suspension = at === null ? null : { at, reason };
    return Promise.resolve({ user: { id: userId, createdAt }, customer: shown(found), suspension });
  }

  suspend(id: string, reason: string | null): Promise<Suspension | null> {
    const at = this.there(id)?.suspendedAt ?? new Date();
    const isThere = this.change(id, { suspendedAt: at, suspendedReason: reason });
    return Promise.resolve(isThere ? { at, reason } : null);
  }

  resume(id: string): Promise<boolean> {
    return Promise.resolve(this.change(id, { suspendedAt: null, suspendedReason: null }));
  }

  ownersOf(ids: readonly string[]): Promise<Map<string, string>> {
    const found = ids.flatMap((id) => this.there(id) ?? []);
    return Promise.resolve(new Map(found.map(({ id, userId }) => [id, userId])));
  }

  findDescribed(id: string): Promise<CustomerRow | null> {
    return Promise.resolve(this.data.customers.get(id) ?? null);
  }

  list(after: string | null, limit: number): Promise<CustomerRow[]> {
    const all = [...this.data.customers.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
    return Promise.resolve(all.filter(({ id }) => after === null || id > after).slice(0, limit));
  }

  find(id: string): Promise<AuthenticatedCustomer | null> {
    const found = this.there(id);
    return Promise.resolve(found === undefined ? null : shown(found));
  }

  setRetention(id: string, changes: Partial<RetentionOverride>): Promise<RetentionOverride | null> {
    if (!this.change(id, changes)) return Promise.resolve(null);
    const { payloadDays = null, eventDays = null } = this.there(id) ?? {};
    return Promise.resolve({ payloadDays, eventDays });
  }

  private there(id: string): CustomerRow | undefined {
    const found = this.data.customers.get(id);
    return found?.erasingAt === null ? found : undefined;
  }

  private change(id: string, changes: Partial<CustomerRow>): boolean {
    const found = this.there(id);
    if (found !== undefined) this.data.customers.set(id, { ...found, ...changes });
    return found !== undefined;
  }
}

const shown = ({ id, userId, name, createdAt }: CustomerRow): AuthenticatedCustomer => ({
  id,
  userId,
  name,
  createdAt,
});

/** Erases at once. */
@Injectable()
export class ErasureInMemory {
  constructor(private readonly data: TestingData) {}

  begin(customerId: string): Promise<Date> {
    const erasingAt = new Date();
    const found = this.data.customers.get(customerId);
    if (found === undefined) return Promise.reject(notFound('customer'));
    this.data.customers.set(customerId, { ...found, erasingAt });
    for (const [id, key] of this.data.keys) if (key.customerId === customerId) this.data.keys.delete(id);
    return Promise.resolve(erasingAt);
  }

  complete(customerId: string): Promise<true> {
    this.data.customers.delete(customerId);
    return Promise.resolve(true);
  }
}
