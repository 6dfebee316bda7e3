import { Injectable, Logger } from '@nestjs/common';
import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import { isDatabaseUnavailable, isTransactionConflict } from '../../database/database-errors';
import { WebhooksMetrics, type ObservedAttempt } from '../../metrics/webhooks-metrics';
import { createBatcher } from '../batcher';
import { AdmissionRepository } from './admission.repository';
import { DeliveryRepository, type RecordedAttempt } from './delivery.repository';
import type { AttemptRecord, DeliveryJob, DueDelivery } from './delivery.types';
import { Admission } from './admission';
import { AttemptSender } from './attempt.sender';
import { EndpointWatch } from './endpoint-watch';
import type { SendResult } from './http-sender';
import { nextStep } from './next-step';
import { nextDelayMs, NO_MORE } from './retry-policy';

const MAX_BATCH = 200;

/** The attempt failed and another one is due: carries the wait to BullMQ's backoff strategy. */
export class AttemptFailedError extends Error {
  override readonly name = 'AttemptFailedError';

  constructor(
    message: string,
    /** Milliseconds to the next attempt. */
    readonly delayMs: number,
  ) {
    super(message);
  }
}

/** The delivery is FAILED, and its row says so: no attempt follows. */
export class DeliveryFailedError extends UnrecoverableError {
  override readonly name = 'DeliveryFailedError';
}

/** Makes the attempts. It ends only after what happened is committed. */
@Injectable()
export class DeliveryProcessor {
  private readonly logger = new Logger('Delivery');
  private readonly load: (id: string) => Promise<DueDelivery | undefined>;
  private readonly record: (record: AttemptRecord) => Promise<RecordedAttempt | null>;

  constructor(
    private readonly repository: DeliveryRepository,
    private readonly slots: AdmissionRepository,
    private readonly admission: Admission,
    private readonly sender: AttemptSender,
    private readonly watch: EndpointWatch,
    private readonly metrics: WebhooksMetrics,
  ) {
    const batching = { maxSize: MAX_BATCH, isHopeless: isDatabaseUnavailable, isPassing: isTransactionConflict };
    // DataLoader has no word for "nothing": a row that is gone is null on the way.
    const load = createBatcher<string, DueDelivery | null>(
      async (ids) => (await repository.load(ids)).map((row) => row ?? null),
      batching,
    );
    this.load = async (id) => (await load(id)) ?? undefined;
    this.record = createBatcher<AttemptRecord, RecordedAttempt | null>(
      async (records) => this.writeOncePerDelivery(records),
      batching,
    );
  }

  /**
   * Looks at the job's row and does what is due.
   * @throws AttemptFailedError when another attempt follows, DeliveryFailedError when none does
   */
  async process(job: Job<DeliveryJob, void>, token?: string): Promise<void> {
    const { eventId, round } = job.data;
    const delivery = await this.load(eventId);
    const step = nextStep(delivery, round);
    if (step.do === 'attempt' && delivery !== undefined) return this.attemptInTurn(job, delivery, token);
    if (step.do === 'hold') return this.repository.hold(eventId, round, step.reason);
    if (step.do === 'fail') return this.repository.fail(eventId, round, step.reason);
    if (step.do === 'wait') return this.postpone(job, step.delayMs, token);
  }

  /** At an endpoint with limits, an attempt needs a slot; without one the delivery waits in PostgreSQL again. */
  private async attemptInTurn(job: Job<DeliveryJob, void>, delivery: DueDelivery, token?: string): Promise<void> {
    const { id, ratePerSecond, concurrency } = delivery.endpoint;
    if (ratePerSecond !== null || concurrency !== null) {
      const slot = await this.slots.reserve(delivery);
      if (slot.outcome === 'later') return this.postpone(job, slot.delayMs, token);
      if (slot.outcome === 'full') {
        await this.repository.hold(delivery.id, delivery.round, 'waiting for its turn');
        this.admission.request([id]);
        return;
      }
    }
    return this.attempt(job, delivery, token);
  }

  private async attempt(job: Job<DeliveryJob, void>, delivery: DueDelivery, token?: string): Promise<void> {
    const result = await this.sender.send(delivery);
    const record = toRecord(delivery, result);
    const recorded = await this.record(record);
    this.report(delivery, record, result, recorded !== null);
    if (recorded === null) return this.lookAgain(job, token);
    if (recorded.othersWait) this.admission.request([delivery.endpoint.id]);
    if (record.error !== null) await this.watch.afterFailure(delivery, record);
    if (record.status === 'FAILED') throw new DeliveryFailedError(record.error ?? 'failed');
    if (record.nextDelayMs !== null) throw new AttemptFailedError(record.error ?? 'failed', record.nextDelayMs);
  }

  /** The row moved on while we were sending: another worker's word stands. Its next attempt may still need this job. */
  private async lookAgain(job: Job<DeliveryJob, void>, token?: string): Promise<void> {
    const step = nextStep(await this.load(job.data.eventId), job.data.round);
    if (step.do === 'wait') return this.postpone(job, step.delayMs, token);
    if (step.do === 'attempt') return this.postpone(job, 0, token);
  }

  /** Puts the job back without using up one of its attempts. */
  private async postpone(job: Job<DeliveryJob, void>, delayMs: number, token?: string): Promise<never> {
    await job.moveToDelayed(Date.now() + delayMs, token);
    throw new DelayedError();
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
