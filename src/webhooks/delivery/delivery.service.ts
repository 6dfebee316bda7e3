import { Injectable } from '@nestjs/common';
import type { SqlClient } from '../../database/sql-client';
import { Admission } from './admission';
import { DeliveryQueue } from './delivery.queue';
import type { Enqueueable } from './delivery.types';
import { EndpointWatch, type DisabledEndpoint } from './endpoint-watch';

export type { DisabledEndpoint };

/** What other slices ask of delivery. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly queue: DeliveryQueue,
    private readonly admission: Admission,
    private readonly watch: EndpointWatch,
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
}
