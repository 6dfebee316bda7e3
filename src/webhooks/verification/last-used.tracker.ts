import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { storable } from '../http/plain-text';
import { VerificationRepository, type UseToWrite } from './verification.repository';
import type { KeyUse } from './verification.types';
import { reasonOf } from '../reason';

/** A key's use is written at most once in this time. */
const WRITE_INTERVAL_MS = 60_000;
/** How often waiting uses are looked through. */
const FLUSH_INTERVAL_MS = 1_000;
/** Keys that may wait at once. Beyond, a use goes unrecorded rather than filling memory. */
const MAX_WAITING = 50_000;
const MAX_USER_AGENT = 255;

/** A key's uses since they were written last. */
interface WaitingUse {
  /** Milliseconds since 1970. */
  at: number;
  ip: string | null;
  userAgent: string | null;
  permissions: Map<string, number>;
}

/**
 * Notes when keys are used without slowing the request down: the first use is written within a second, later ones of
 * the same minute together at its end, and what is left at shutdown.
 */
@Injectable()
export class LastUsedTracker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('ApiKeys');
  private waiting = new Map<string, WaitingUse>();
  private readonly writtenAt = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;

  constructor(private readonly repository: VerificationRepository) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_INTERVAL_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    await this.write([...this.waiting.keys()]);
  }

  markUsed(id: string, { ip, userAgent, permissions }: KeyUse): void {
    let use = this.waiting.get(id);
    if (use === undefined) {
      if (this.waiting.size >= MAX_WAITING) return;
      use = { at: 0, ip, userAgent, permissions: new Map() };
      this.waiting.set(id, use);
    }
    use.at = Date.now();
    use.ip = ip;
    use.userAgent = userAgent;
    for (const permission of permissions) use.permissions.set(permission, (use.permissions.get(permission) ?? 0) + 1);
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
    const taken = ids.flatMap((id) => {
      const use = this.waiting.get(id);
      return use === undefined ? [] : [{ id, use }];
    });
    if (taken.length === 0) return;
    for (const { id } of taken) this.waiting.delete(id);
    try {
      await this.repository.writeUses(taken.map(toWrite));
    } catch (error) {
      for (const { id, use } of taken) this.putBack(id, use);
      this.logger.warn(`the use of ${taken.length} keys is not written yet: ${reasonOf(error)}`);
      return;
    }
    const now = Date.now();
    for (const { id } of taken) this.writtenAt.set(id, now);
  }

  /** What could not be written goes with the next flush, together with what came in meanwhile. */
  private putBack(id: string, earlier: WaitingUse): void {
    const later = this.waiting.get(id);
    if (later === undefined) {
      this.waiting.set(id, earlier);
      return;
    }
    for (const [permission, uses] of earlier.permissions) {
      later.permissions.set(permission, (later.permissions.get(permission) ?? 0) + uses);
    }
  }
}

const toWrite = ({ id, use }: { id: string; use: WaitingUse }): UseToWrite => ({
  id,
  at: new Date(use.at),
  ip: use.ip,
  userAgent: storable(use.userAgent, MAX_USER_AGENT),
  permissions: [...use.permissions].map(([permission, uses]) => ({ permission, uses })),
});
