import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { RareWarnings } from '../rare-warnings';
import { AdmissionRepository } from './admission.repository';
import { DeliveryQueue } from './delivery.queue';
import { reasonOf } from '../reason';

/** Endpoints looked at in one statement. */
const MAX_ENDPOINTS = 200;

/** Brings deliveries that wait for their turn into the queue, as soon as there is room. */
@Injectable()
export class Admission implements BeforeApplicationShutdown {
  private readonly warnings = new RareWarnings(new Logger('Admission'));
  private readonly wanted = new Set<string>();
  private running: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly repository: AdmissionRepository,
    private readonly queue: DeliveryQueue,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  /** Looks at these endpoints soon. What is asked for meanwhile is looked at together. Does not wait and does not fail. */
  request(endpointIds: readonly string[]): void {
    if (!this.queue.isOpen || this.isStopped) return;
    for (const id of endpointIds) this.wanted.add(id);
    this.running ??= this.run().finally(() => (this.running = undefined));
  }

  /** Admits what may go now. @throws Error when the database or the queue is away */
  async admit(endpointIds: readonly string[]): Promise<void> {
    for (let start = 0; start < endpointIds.length; start += MAX_ENDPOINTS) {
      await this.queue.addDue(await this.repository.admit(endpointIds.slice(start, start + MAX_ENDPOINTS)));
    }
  }

  private async run(): Promise<void> {
    while (this.wanted.size > 0) {
      const ids = [...this.wanted];
      this.wanted.clear();
      try {
        await this.admit(ids);
      } catch (error) {
        // The sweep finds what still waits, and what was admitted and has no job.
        this.warnings.warn(`not admitted yet: ${reasonOf(error)}`);
      }
    }
  }
}
