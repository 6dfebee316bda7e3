import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiKeysService } from '../api-keys/api-keys.service';
import { storable } from '../http/plain-text';
import { VerificationService } from '../verification/verification.service';
import { reasonOf } from '../reason';

/** A decoy sets off one alarm in this time, however often it is used. */
const QUIET_MS = 60_000;
/** Decoys that are remembered as used. */
const MAX_REMEMBERED = 10_000;
/** Alarms that may wait for the database at once. */
const MAX_PENDING = 100;
const RETRY_AFTER_MS = [500, 2_000, 10_000];
const MAX_USER_AGENT = 255;

interface CanaryUse {
  keyId: string;
  customerId: string;
  ip: string | null;
  userAgent: string | null;
}

/**
 * Somebody uses a decoy: its customer is told, and the operator by the log. Whoever used it learns nothing, and does
 * not wait for it either.
 */
@Injectable()
export class CanaryAlarm implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Canary');
  private readonly raised = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: QUIET_MS });
  private readonly pending = new Set<Promise<void>>();
  private readonly stop = new AbortController();

  constructor(
    private readonly verification: VerificationService,
    private readonly apiKeys: ApiKeysService,
  ) {}

  onModuleInit(): void {
    this.verification.onCanaryUsed(({ id, customerId }, use) => this.raise({ keyId: id, customerId, ...use }));
  }

  /** What waits is tried once more, and not later. */
  async onApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.pending);
  }

  private raise({ keyId, customerId, ip, userAgent }: CanaryUse): void {
    if (this.raised.has(keyId)) return;
    this.raised.set(keyId, true);
    const use = { keyId, customerId, ip, userAgent: storable(userAgent, MAX_USER_AGENT) };
    const from = `from ${ip ?? 'an unknown address'} by ${JSON.stringify(use.userAgent)}`;
    this.logger.warn(`the canary key ${keyId} of customer ${customerId} was used ${from}`);
    if (this.pending.size >= MAX_PENDING) {
      this.logger.error(`too many alarms wait for the database: customer ${customerId} is not told of ${keyId}`);
      return;
    }
    const telling = this.tell(use).finally(() => this.pending.delete(telling));
    this.pending.add(telling);
  }

  /** Never fails: the log has it, whatever becomes of the rest. */
  private async tell({ keyId, customerId, ip, userAgent }: CanaryUse): Promise<void> {
    const leak = { source: 'canary', ip: ip ?? undefined, userAgent: userAgent ?? undefined };
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.apiKeys.reportCanaryUsed(customerId, keyId, leak);
        return;
      } catch (error) {
        const pause = RETRY_AFTER_MS[attempt];
        const reason = reasonOf(error);
        if (pause === undefined || this.stop.signal.aborted) {
          this.logger.error(`customer ${customerId} is not told that its canary key ${keyId} was used: ${reason}`);
          return;
        }
        await sleep(pause, undefined, { signal: this.stop.signal, ref: false }).catch(() => undefined);
      }
    }
  }
}
