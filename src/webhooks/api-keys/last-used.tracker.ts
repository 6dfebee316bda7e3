import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ApiKeysRepository } from './api-keys.repository';

/** A key's time is written at most once in this time. */
const WRITE_INTERVAL_MS = 60_000;
/** How often waiting times are looked through. */
const FLUSH_INTERVAL_MS = 1_000;
/** Keys that may wait at once. Beyond, a use goes unrecorded rather than filling memory. */
const MAX_WAITING = 50_000;

/**
 * Notes when keys are used without slowing the request down: the first use is written within a second, later ones of
 * the same minute together at its end, and what is left at shutdown.
 */
@Injectable()
export class LastUsedTracker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('ApiKeys');
  private readonly waiting = new Map<string, Date>();
  private readonly writtenAt = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;

  constructor(private readonly repository: ApiKeysRepository) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_INTERVAL_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    await this.write([...this.waiting.keys()]);
  }

  markUsed(id: string): void {
    if (this.waiting.has(id) || this.waiting.size < MAX_WAITING) this.waiting.set(id, new Date());
  }

  private async flush(): Promise<void> {
    // One write at a time: a slow database must not pile them up.
    if (this.flushing !== undefined) return;
    const now = Date.now();
    for (const [id, at] of this.writtenAt) {
      if (now - at >= WRITE_INTERVAL_MS) this.writtenAt.delete(id);
    }
    const due = [...this.waiting.keys()].filter((id) => !this.writtenAt.has(id));
    this.flushing = this.write(due);
    await this.flushing;
    this.flushing = undefined;
  }

  private async write(ids: readonly string[]): Promise<void> {
    const uses = ids.flatMap((id) => {
      const at = this.waiting.get(id);
      return at === undefined ? [] : [{ id, at }];
    });
    if (uses.length === 0) return;
    try {
      await this.repository.writeLastUsed(uses);
    } catch (error) {
      // The times stay and are tried again with the next flush.
      this.logger.warn(
        `lastUsedAt of ${uses.length} keys is not written yet: ${(error as Error).message.split('\n').at(-1)}`,
      );
      return;
    }
    const now = Date.now();
    for (const { id, at } of uses) {
      this.writtenAt.set(id, now);
      if (this.waiting.get(id) === at) this.waiting.delete(id);
    }
  }
}
