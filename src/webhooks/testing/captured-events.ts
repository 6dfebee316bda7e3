import { Injectable } from '@nestjs/common';
import type { WebhookEventName, WebhookEventTypes } from '../events/event-types';

/** `data` as it arrives: a `Date` is its ISO 8601 string. */
export type AsSent<Data> = Data extends Date
  ? string
  : Data extends object
    ? { [Field in keyof Data]: AsSent<Data[Field]> }
    : Data;

/** An event that would have been delivered. */
export interface CapturedEvent<Name extends WebhookEventName = WebhookEventName> {
  messageId: string;
  customerId: string;
  event: Name;
  /** When it was accepted. */
  timestamp: Date;
  data: AsSent<WebhookEventTypes[Name]>;
  idempotencyKey: string | null;
  orderingKey: string | null;
}

/** What was emitted under an idempotency key. */
interface KeyedMessage {
  messageId: string;
  bodyHash: string | null;
}

/** Events and the idempotency keys that they used, until they count. */
class Captures {
  readonly events: CapturedEvent[] = [];
  readonly byKey = new Map<string, KeyedMessage>();

  addAll(others: Captures): void {
    this.events.push(...others.events);
    for (const [key, message] of others.byKey) this.byKey.set(key, message);
  }
}

/** The events that were emitted. What is emitted in a transaction counts when that succeeds. */
@Injectable()
export class CapturedEvents {
  private committed = new Captures();
  private readonly open = new Map<object, Captures>();

  get all(): readonly CapturedEvent[] {
    return this.committed.events;
  }

  clear(): void {
    this.committed = new Captures();
    this.open.clear();
  }

  /** @param tx the transaction it belongs to; one that was not begun here counts as none */
  add(event: CapturedEvent, bodyHash: string | null, tx: object | undefined): void {
    const captures = this.capturesOf(tx);
    captures.events.push(event);
    if (event.idempotencyKey === null) return;
    captures.byKey.set(keyOf(event.customerId, event.idempotencyKey), { messageId: event.messageId, bodyHash });
  }

  findByKey(customerId: string, idempotencyKey: string, tx: object | undefined): KeyedMessage | undefined {
    const key = keyOf(customerId, idempotencyKey);
    return this.capturesOf(tx).byKey.get(key) ?? this.committed.byKey.get(key);
  }

  /** Runs work in a transaction: what it emits counts when it succeeds. One within itself is a part of it. */
  async run<Tx extends object, Result>(tx: Tx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    if (this.open.has(tx)) return work(tx);
    const captures = new Captures();
    this.open.set(tx, captures);
    try {
      const result = await work(tx);
      this.committed.addAll(captures);
      return result;
    } finally {
      this.open.delete(tx);
    }
  }

  private capturesOf(tx: object | undefined): Captures {
    return (tx === undefined ? undefined : this.open.get(tx)) ?? this.committed;
  }
}

const keyOf = (customerId: string, idempotencyKey: string): string => JSON.stringify([customerId, idempotencyKey]);
