import { Injectable, Inject, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { RareWarnings } from '../rare-warnings';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { DeliveryRepository } from './delivery.repository';
import { reasonOf } from '../reason';

/**
 * Knows which deliveries are under way in this process, so that none is twice, and renews their leases, so that no sweep
 * takes them for lost: several that were taken from the queue together have no job of their own id that would tell it.
 * When this process dies, the leases end, and the sweep takes the deliveries over.
 */
@Injectable()
export class LeaseKeeper implements OnApplicationShutdown {
  private readonly warnings = new RareWarnings(new Logger('LeaseKeeper'));
  private readonly underWay = new Set<string>();
  private readonly intervalMs: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: DeliveryRepository,
    @Inject(WEBHOOKS_OPTIONS) options: ResolvedOptions,
  ) {
    // A lease is at least half there when an attempt begins: see AttemptRunner.
    this.intervalMs = options.delivery.leaseMs / 4;
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @returns false when it is under way already */
  begin(id: string): boolean {
    if (this.underWay.has(id)) return false;
    this.underWay.add(id);
    this.timer ??= setInterval(() => void this.renew(), this.intervalMs);
    return true;
  }

  end(id: string): void {
    this.underWay.delete(id);
    if (this.underWay.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async renew(): Promise<void> {
    try {
      await this.repository.renewLeases([...this.underWay]);
    } catch (error) {
      // The database is away; it does not matter then who has a lease.
      this.warnings.warn(`leases are not renewed: ${reasonOf(error)}`);
    }
  }
}
