import { Injectable } from '@nestjs/common';
import type { SqlClient } from '../../database/sql-client';
import { notFound } from '../webhooks.errors';
import { Admission } from './admission';
import { AttemptSender } from './attempt.sender';
import { DeliveryQueue } from './delivery.queue';
import { DeliveryRepository } from './delivery.repository';
import type { Enqueueable, TestDelivery } from './delivery.types';
import { EndpointWatch, type DisabledEndpoint } from './endpoint-watch';
import type { SendResult } from './http-sender';
import { TestSendRepository } from './test-send.repository';

export type { DisabledEndpoint, TestDelivery };

/** What other slices ask of delivery. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly queue: DeliveryQueue,
    private readonly admission: Admission,
    private readonly watch: EndpointWatch,
    private readonly sender: AttemptSender,
    private readonly deliveries: DeliveryRepository,
    private readonly tests: TestSendRepository,
  ) {}

  /** Whether this process hands its deliveries to the queue itself; otherwise a worker's sweep finds the rows. */
  get handsOver(): boolean {
    return this.queue.isOpen;
  }

  /** Whether the queue answers, within two seconds. */
  async queueAnswers(): Promise<boolean> {
    return this.queue.answers();
  }

  /** Call it after the commit of the rows. Does not wait and does not fail. */
  enqueue(rows: readonly Enqueueable[]): void {
    this.queue.enqueue(rows);
  }

  /** Brings what waits for its turn at these endpoints into the queue, soon. Does not wait and does not fail. */
  admit(endpointIds: readonly string[]): void {
    if (endpointIds.length > 0) this.admission.request(endpointIds);
  }

  /** What is done in the same transaction as the service disables an endpoint. */
  onEndpointDisabled(listener: (tx: SqlClient, disabled: DisabledEndpoint) => Promise<void>): void {
    this.watch.onDisabled(listener);
  }

  /**
   * Sends a sample now, in any state of its endpoint, through the same sender, URL policy and signature as every
   * delivery. It is in the log before it is sent, makes one attempt, and changes nothing about its endpoint.
   * @throws WebhooksError `not_found` when the endpoint was deleted a moment ago
   */
  async sendTest(test: TestDelivery): Promise<SendResult> {
    await this.tests.begin(test);
    const [delivery] = await this.deliveries.load([test.eventId]);
    if (delivery === undefined || delivery.endpoint.deleted) throw notFound('webhook endpoint');
    const result = await this.sender.send(delivery);
    await this.tests.finish(test, delivery.endpoint.url, result);
    return result;
  }
}
