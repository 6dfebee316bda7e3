import { Inject, Injectable, Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnavailable, isTransactionConflict } from '../../database/database-errors';
import { WebhooksMetrics, type ObservedAttempt } from '../../metrics/webhooks-metrics';
import { createBatcher } from '../batcher';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { Admission } from './admission';
import { AdmissionRepository } from './admission.repository';
import { AttemptSlots, type EndpointHealth } from './attempt-slots';
import { AttemptSender } from './attempt.sender';
import { ComeBackPace } from './come-back-pace';
import { DeliveryRepository, type RecordedAttempt } from './delivery.repository';
import type { AttemptRecord, Bundleable, DueDelivery, Enqueueable } from './delivery.types';
import { EndpointWatch } from './endpoint-watch';
import { FailureStreaks } from './failure-streaks';
import type { SendResult } from './http-sender';
import { nextStep } from './next-step';
import { attemptsLeft, nextDelayMs, NO_MORE } from './retry-policy';
import { Slots } from './slots';

const MAX_BATCH = 200;
/** Shorter than the queue's lock on a job, after which another worker would make the attempt again. */
const RECORD_PATIENCE_MS = 10_000;
const RECORD_PAUSE_MS = 250;

/** Deliveries under way (read, waiting for a slot, sent, being written back) for each attempt that may be made at once. */
const DELIVERIES_PER_SLOT = 4;

/** Which delivery a job is about. */
export interface Reminder {
  eventId: string;
  round: number;
  /** Unknown where the job is of an earlier version. */
  customerId?: string | undefined;
  /** Of a job for several deliveries: the attempts each had when the job was added. It is about no later attempt. */
  made?: number;
  /** Of a job for several deliveries, where it is of this version. */
  endpointId?: string | undefined;
}

/** What is left to do for a delivery. */
export type Outcome =
  | { then: 'nothing' }
  /** Its turn came when it was not wanted any more. */
  | { then: 'not-begun' }
  /** It is FAILED, and its row says so. */
  | { then: 'give-up'; error: string }
  /** An attempt failed, and its row says when the next one is due. */
  | { then: 'retry'; error: string; job: Enqueueable }
  /** No attempt was made: it is to be looked at later. */
  | { then: 'later'; job: Enqueueable }
  /** The same, because its endpoint has as many attempts under way as it may. */
  | { then: 'held-up'; job: Bundleable };

/** A delivery's place among those under way. */
interface Turn {
  /** Asked before it waits, and again before the attempt is made: the process may be stopping by then. */
  isWanted: () => boolean;
  leave: () => void;
}

const NOTHING: Outcome = { then: 'nothing' };

/** Looks at a delivery and makes its attempt when it is due. It ends only after what happened is committed. */
@Injectable()
export class AttemptRunner {
  private readonly logger = new Logger('Delivery');
  private readonly load: (id: string) => Promise<DueDelivery | null>;
  private readonly claim: (reminder: Reminder) => Promise<boolean>;
  private readonly record: (record: AttemptRecord) => Promise<RecordedAttempt | null>;
  private readonly attempts: AttemptSlots;
  private readonly deliveries: Slots;
  private readonly streaks = new FailureStreaks();
  private readonly comeBack: ComeBackPace;
  private readonly leaseMs: number;
  private slowListener: (count: number) => void = () => undefined;

  constructor(
    private readonly repository: DeliveryRepository,
    private readonly slots: AdmissionRepository,
    private readonly admission: Admission,
    private readonly sender: AttemptSender,
    private readonly watch: EndpointWatch,
    private readonly metrics: WebhooksMetrics,
    @Inject(WEBHOOKS_OPTIONS) { delivery: { concurrency, leaseMs } }: ResolvedOptions,
  ) {
    this.attempts = new AttemptSlots(concurrency, (count) => this.slowListener(count));
    this.deliveries = new Slots(DELIVERIES_PER_SLOT * concurrency);
    this.comeBack = new ComeBackPace(concurrency);
    this.leaseMs = leaseMs;
    const batching = { maxSize: MAX_BATCH, isHopeless: isDatabaseUnavailable, isPassing: isTransactionConflict };
    // DataLoader has no word for "nothing": a row that is gone is null on the way.
    this.load = createBatcher<string, DueDelivery | null>(
      async (ids) => (await repository.load(ids)).map((row) => row ?? null),
      batching,
    );
    this.claim = createBatcher<Reminder, boolean>((reminders) => repository.claim(reminders), batching);
    this.record = createBatcher<AttemptRecord, RecordedAttempt | null>(
      async (records) => this.writeOncePerDelivery(records),
      batching,
    );
  }

  /** Calls the listener with the number of attempts that wait for a slow receiver, whenever it changes. */
  onSlowCount(listener: (count: number) => void): void {
    this.slowListener = listener;
  }

  /**
   * Looks at the reminder's row, when there is room for one more, and does what is due.
   * @param job what it came with: customers take turns, and so do the jobs of each, so that one with many deliveries holds
   *   up none with few
   * @param isWanted asked when its turn has come
   */
  async run(reminder: Reminder, job: string, isWanted: () => boolean): Promise<Outcome> {
    const turn = this.deliveries.take(reminder.customerId ?? '', job);
    if (turn !== undefined) await turn;
    const room = { isTaken: true };
    try {
      if (!isWanted()) return { then: 'not-begun' };
      const heldUp = this.heldUpUnread(reminder);
      if (heldUp !== undefined) return heldUp;
      return await this.look(reminder, { isWanted, leave: () => this.leave(room) });
    } finally {
      this.leave(room);
    }
  }

  private leave(room: { isTaken: boolean }): void {
    if (!room.isTaken) return;
    room.isTaken = false;
    this.deliveries.giveBack();
  }

  /** What its endpoint would not take now is not read either: there may be many of them, and their bodies large. */
  private heldUpUnread({ eventId: id, round, made, customerId, endpointId }: Reminder): Outcome | undefined {
    if (made === undefined || customerId === undefined || endpointId === undefined) return undefined;
    const health = this.healthOf(customerId, endpointId);
    return this.attempts.isHeldUp(health)
      ? this.heldUp({ id, customerId, endpointId, round, made }, health)
      : undefined;
  }

  private async look(reminder: Reminder, turn: Turn): Promise<Outcome> {
    const { eventId, round, made } = reminder;
    const delivery = await this.load(eventId);
    if (delivery !== null && made !== undefined && delivery.attempts !== made) return NOTHING;
    const step = nextStep(delivery ?? undefined, round);
    if (step.do === 'hold') await this.repository.hold(eventId, round, step.reason);
    if (step.do === 'fail') await this.repository.fail(eventId, round, step.reason);
    if (delivery === null) return NOTHING;
    if (step.do === 'wait') return later(delivery, step.delayMs);
    if (step.do !== 'attempt') return NOTHING;
    return this.attemptInTurn(reminder, delivery, turn);
  }

  /** At an endpoint with limits, an attempt needs a slot; without one the delivery waits in PostgreSQL again. */
  private async attemptInTurn(reminder: Reminder, delivery: DueDelivery, turn: Turn): Promise<Outcome> {
    const { id, ratePerSecond, concurrency } = delivery.endpoint;
    const health = this.healthOf(delivery.customerId, id);
    if (this.attempts.isHeldUp(health)) return this.heldUp(toJob(delivery, 0), health);
    if (!(await this.isOurs(reminder, delivery))) return NOTHING;
    if (ratePerSecond !== null || concurrency !== null) {
      const slot = await this.slots.reserve(delivery);
      if (slot.outcome === 'later') return later(delivery, slot.delayMs);
      if (slot.outcome === 'full') {
        await this.repository.hold(delivery.id, delivery.round, 'waiting for its turn');
        this.admission.request([id]);
        return NOTHING;
      }
    }
    return this.attempt(delivery, turn);
  }

  /**
   * A delivery that came in a job with others has no job of its own id, so a sweep may have given it one. Where it has
   * waited for so long that this may be, or soon will, it begins a new round: of all jobs that remind of it, one gets it.
   */
  private async isOurs(reminder: Reminder, delivery: DueDelivery): Promise<boolean> {
    const waitedMs = -(delivery.dueInMs ?? 0);
    if (waitedMs < this.leaseMs / 2) return true;
    if (!(await this.claim(reminder))) return false;
    delivery.round += 1;
    return true;
  }

  private async attempt(delivery: DueDelivery, { isWanted, leave }: Turn): Promise<Outcome> {
    const { endpoint } = delivery;
    const health = this.healthOf(delivery.customerId, endpoint.id);
    const result = await this.attempts.run(
      health,
      async () => (isWanted() ? this.sender.send(delivery) : undefined),
      leave,
    );
    if (result === undefined) return { then: 'not-begun' };
    if (result === null) return this.heldUp(toJob(delivery, 0), health);
    const record = toRecord(delivery, result);
    this.streaks.note(endpoint.id, record.error !== null);
    const recorded = await this.recordPatiently(record);
    this.report(delivery, record, result, recorded !== null);
    if (recorded === null) return this.lookAgain(delivery);
    if (recorded.othersWait) this.admission.request([endpoint.id]);
    if (record.error === null) return NOTHING;
    await this.watch.afterFailure(delivery, record);
    if (record.nextDelayMs === null) return { then: 'give-up', error: record.error };
    const now: DueDelivery = { ...delivery, attempts: delivery.attempts + 1 };
    return { then: 'retry', error: record.error, job: toJob(now, record.nextDelayMs) };
  }

  private heldUp(job: Omit<Bundleable, 'delayMs'>, health: EndpointHealth): Outcome {
    return { then: 'held-up', job: { ...job, delayMs: this.comeBack.nextMs(health) } };
  }

  private healthOf(customerId: string, id: string): EndpointHealth {
    return { id, customerId, isFailing: this.streaks.isFailing(id) };
  }

  /** An attempt that is not written down is made again: a database that is away for a moment gets that moment. */
  private async recordPatiently(record: AttemptRecord): Promise<RecordedAttempt | null> {
    const deadline = performance.now() + RECORD_PATIENCE_MS;
    for (;;) {
      try {
        return await this.record(record);
      } catch (error) {
        if (!isDatabaseUnavailable(error) || performance.now() > deadline) throw error;
      }
      await sleep(RECORD_PAUSE_MS);
    }
  }

  /** The row moved on while we were sending: another worker's word stands. Its next attempt may still need this job. */
  private async lookAgain({ id, round }: DueDelivery): Promise<Outcome> {
    const delivery = await this.load(id);
    const step = nextStep(delivery ?? undefined, round);
    if (delivery === null) return NOTHING;
    if (step.do === 'wait') return later(delivery, step.delayMs);
    return step.do === 'attempt' ? later(delivery, 0) : NOTHING;
  }

  private async writeOncePerDelivery(records: readonly AttemptRecord[]): Promise<(RecordedAttempt | null)[]> {
    const first = new Map<string, AttemptRecord>();
    for (const record of records) {
      if (!first.has(record.eventId)) first.set(record.eventId, record);
    }
    const recorded = new Map((await this.repository.record([...first.values()])).map((row) => [row.id, row]));
    return records.map(
      (record) => (first.get(record.eventId) === record ? recorded.get(record.eventId) : null) ?? null,
    );
  }

  /** One wide line per attempt; no payload, no URL with what a customer may have put in it, no secret. */
  private report(delivery: DueDelivery, record: AttemptRecord, result: SendResult, isWritten: boolean): void {
    this.metrics.attempt(observed(delivery, record, isWritten));
    this.logger.log('attempt', {
      eventId: delivery.id,
      customerId: delivery.customerId,
      endpointId: delivery.endpoint.id,
      event: delivery.event,
      attempt: delivery.attempts + 1,
      status: isWritten ? record.status : 'STALE',
      statusCode: record.statusCode,
      error: record.error,
      errorCode: result.errorCode,
      durationMs: record.durationMs,
      nextDelayMs: record.nextDelayMs,
    });
  }
}

const later = (delivery: DueDelivery, delayMs: number): Outcome => ({ then: 'later', job: toJob(delivery, delayMs) });

function toJob({ id, customerId, round, attempts, roundStart, endpoint }: DueDelivery, delayMs: number): Enqueueable {
  const left = attemptsLeft(endpoint.retryPolicy, attempts - roundStart);
  return { id, customerId, endpointId: endpoint.id, round, attempts: left, delayMs, made: attempts };
}

const RESULT = { SENT: 'sent', PENDING: 'retry', FAILED: 'failed' } as const;

/** What is counted of an attempt. */
function observed(
  { event }: DueDelivery,
  { status, errorCode, durationMs }: AttemptRecord,
  isWritten: boolean,
): ObservedAttempt {
  return { event, result: isWritten ? RESULT[status] : 'stale', errorCode, durationMs };
}

function toRecord(delivery: DueDelivery, result: SendResult): AttemptRecord {
  const attemptsInRound = delivery.attempts + 1 - delivery.roundStart;
  const { statusCode, retryAfterMs, error } = result;
  const delayMs =
    error === null
      ? NO_MORE
      : nextDelayMs(delivery.endpoint.retryPolicy, { attemptsInRound, statusCode, retryAfterMs });
  const retries = error !== null && delayMs !== NO_MORE;
  return {
    eventId: delivery.id,
    customerId: delivery.customerId,
    endpointId: delivery.endpoint.id,
    round: delivery.round,
    expectedAttempts: delivery.attempts,
    url: delivery.endpoint.url,
    startedAt: result.startedAt,
    durationMs: result.durationMs,
    statusCode,
    error,
    errorCode: result.errorCode,
    responseBody: result.responseBody,
    responseHeaders: result.responseHeaders,
    status: error === null ? 'SENT' : retries ? 'PENDING' : 'FAILED',
    nextDelayMs: retries ? delayMs : null,
  };
}
