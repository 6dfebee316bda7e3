import { Injectable } from '@nestjs/common';
import { DeliveryQueue } from './delivery.queue';
import type { Enqueueable } from './delivery.types';

/** What other slices ask of delivery. */
@Injectable()
export class DeliveryService {
  constructor(private readonly queue: DeliveryQueue) {}

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
}
