import { Injectable } from '@nestjs/common';
import type { WebhookEventName } from '../events/event-types';
import { CapturedEvents, type CapturedEvent } from './captured-events';
import { TestingData } from './testing.data';
import type { TestingKey } from './testing.options';

/**
 * What a test asks of the {@link WebhooksTestingModule}.
 *
 * @example
 * ```ts
 * const webhooks = app.get(WebhooksTesting);
 * expect(webhooks.captured('message.received')).toMatchObject([{ customerId: 'acme', data: { content: 'Hello!' } }]);
 * ```
 */
@Injectable()
export class WebhooksTesting {
  constructor(
    private readonly events: CapturedEvents,
    private readonly data: TestingData,
  ) {}

  /** The events that would have been delivered, oldest first; of one type, or all. */
  captured(): CapturedEvent[];
  captured<Name extends WebhookEventName>(event: Name): CapturedEvent<Name>[];
  captured(event?: WebhookEventName): CapturedEvent[] {
    return this.events.all.filter((captured) => event === undefined || captured.event === event);
  }

  /** Forgets every event, and brings customers and keys back to what the options say. */
  reset(): void {
    this.events.clear();
    this.data.reset();
  }

  /** Adds a key that the guards accept from now on. @returns what a request presents */
  addKey(key: TestingKey): string {
    return this.data.addKey(key);
  }

  /**
   * Stands in for a transaction of the application's own: events that are emitted with this very `tx` are captured when
   * `work` succeeds, and never when it fails. (With a `tx` that was not begun here, they are captured at once.)
   *
   * @example
   * ```ts
   * const database = { $transaction: (work) => webhooks.runInTransaction(new FakeTransaction(), work) };
   * ```
   */
  async runInTransaction<Tx extends object, Result>(tx: Tx, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.events.run(tx, work);
  }
}
