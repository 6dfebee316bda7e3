import { LRUCache } from 'lru-cache';
import type { KeyIdentity } from './verification.types';

/** A remembered key is looked at again after this time at the latest, whatever was heard of it. */
const KNOWN_MS = 60_000;
/** A digest that belongs to no key may do so later, by an import. */
const UNKNOWN_MS = 5_000;
const MAX_UNKNOWN = 10_000;
/** How precise these times are: the library sets a timer as often as it looks at its clock. */
const PRECISION_MS = 1_000;

/**
 * Whom keys belong to, by digest; bounded in both directions, what is a key and what is none. Forgets by key and by
 * customer, whatever was looked up by whom.
 *
 * What was read before something was forgotten may be what had to be forgotten: a look-up notes {@link epoch} when it
 * begins, and its answer is kept only if that is still the same.
 */
export class IdentityCache {
  private readonly known: LRUCache<string, KeyIdentity>;
  private readonly unknown = new LRUCache<string, true>({
    max: MAX_UNKNOWN,
    ttl: UNKNOWN_MS,
    ttlResolution: PRECISION_MS,
  });
  private readonly digestOfKey = new Map<string, string>();
  private readonly keysOfCustomer = new Map<string, Set<string>>();
  private changes = 0;

  /** @param size keys that are remembered at most, at least 1 */
  constructor(size: number) {
    this.known = new LRUCache({
      max: size,
      ttl: KNOWN_MS,
      ttlResolution: PRECISION_MS,
      dispose: (identity) => this.unlink(identity),
    });
  }

  /** Grows whenever something is forgotten. */
  get epoch(): number {
    return this.changes;
  }

  get size(): number {
    return this.known.size;
  }

  /** null = it is known that this digest belongs to no key; undefined = nothing is known. */
  get(digest: string): KeyIdentity | null | undefined {
    return this.known.get(digest) ?? (this.unknown.has(digest) ? null : undefined);
  }

  /** Keeps an answer, unless something was forgotten since the look-up began. */
  set(digest: string, identity: KeyIdentity | null, epoch: number): void {
    if (epoch !== this.changes) return;
    if (identity === null) {
      this.unknown.set(digest, true);
      return;
    }
    const { id: keyId } = identity.apiKey;
    const former = this.digestOfKey.get(keyId);
    // Otherwise nothing would lead to a digest that was replaced, and it would be known until its time is over.
    if (former !== undefined && former !== digest) this.known.delete(former);
    this.known.set(digest, identity);
    this.digestOfKey.set(keyId, digest);
    const keys = this.keysOfCustomer.get(identity.customer.id);
    if (keys === undefined) this.keysOfCustomer.set(identity.customer.id, new Set([keyId]));
    else keys.add(keyId);
  }

  forgetKey(keyId: string): void {
    this.changes += 1;
    // A key that comes back (a restore, an import) was none before.
    this.unknown.clear();
    const digest = this.digestOfKey.get(keyId);
    if (digest !== undefined) this.known.delete(digest);
  }

  forgetCustomer(customerId: string): void {
    this.changes += 1;
    for (const keyId of [...(this.keysOfCustomer.get(customerId) ?? [])]) this.forgetKey(keyId);
  }

  forgetAll(): void {
    this.changes += 1;
    this.known.clear();
    this.unknown.clear();
  }

  private unlink({ apiKey, customer }: KeyIdentity): void {
    this.digestOfKey.delete(apiKey.id);
    const keys = this.keysOfCustomer.get(customer.id);
    keys?.delete(apiKey.id);
    if (keys?.size === 0) this.keysOfCustomer.delete(customer.id);
  }
}
