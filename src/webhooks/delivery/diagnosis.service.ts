import { Inject, Injectable } from '@nestjs/common';
import { queueAdvice } from '../../queue/queue-advice';
import { counted } from '../counted';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { DiagnosisRepository, type HeldGroup } from './diagnosis.repository';
import type { Finding } from './diagnosis.types';
import { QueueInspection } from './queue-inspection.queue';

export type { Finding };

/** A sweep comes every second: rows that nobody has picked up after this are not picked up. */
const SWEEP_LATE_SECONDS = 10;
const FAILING_SECONDS = 3_600;
const STALE_SECONDS = 600;
const MAX_ENDPOINTS = 100;
/** With fewer rows a difference between table and queue is what is just happening. */
const MIN_ROWS = 20;

const HELD_ADVICE: Record<string, string> = {
  active: 'They go out as their endpoint’s limits (rate, concurrency, order) and the queue’s window have room.',
  paused: 'Resume the endpoint: PATCH /webhook-endpoints/:id {"isActive": true}.',
  disabled: 'Have the receiver repaired, then PATCH /webhook-endpoints/:id {"isActive": true}.',
  deleted: 'They end FAILED at the next look of a worker.',
};

/** Looks for what keeps deliveries from going out. Changes nothing. */
@Injectable()
export class DiagnosisService {
  constructor(
    private readonly repository: DiagnosisRepository,
    private readonly inspection: QueueInspection,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** @throws Error when the database is away */
  async examine(): Promise<Finding[]> {
    return [
      await this.examineSweep(),
      await this.examineQueue(),
      ...(await this.repository.findHeld()).map(heldFinding),
      await this.examineEndpoints(),
      await this.examineBackgroundWork(),
    ];
  }

  private async examineSweep(): Promise<Finding> {
    const counts = await this.repository.countPending();
    const { pending, overdue, overdueSeconds } = counts;
    const isLate = overdueSeconds > SWEEP_LATE_SECONDS;
    return {
      check: 'reconciler',
      level: isLate ? 'problem' : 'ok',
      found: `${counted(pending, 'delivery waits', 'deliveries wait')}, ${overdue} without a job; the reconciler is ${seconds(overdueSeconds)} behind`,
      advice: isLate
        ? 'Is a worker running (ROLE=worker or all)? Its log says why its sweeps fail ("sweep failed").'
        : null,
      details: counts,
    };
  }

  private async examineQueue(): Promise<Finding> {
    const jobs = await this.inspection.count();
    if (jobs === null) {
      const advice = queueAdvice(this.options.queue);
      return { check: 'queue', level: 'problem', found: 'the queue does not answer', advice };
    }
    const { leased } = await this.repository.countPending();
    const { failed = 0, ...alive } = jobs;
    const depth = Object.values(alive).reduce((sum, count) => sum + count, 0);
    const isEmpty = leased >= MIN_ROWS && depth === 0;
    return {
      check: 'queue',
      level: isEmpty ? 'problem' : failed > 0 ? 'warning' : 'ok',
      found: `${counted(depth, 'job')} for ${counted(leased, 'delivery', 'deliveries')} that should have one${failed > 0 ? `, ${counted(failed, 'broken job')}` : ''}`,
      advice: isEmpty
        ? 'The queue was lost. It comes back by itself as leases end; `queue rebuild` does not wait for that.'
        : failed > 0
          ? 'Jobs that are none of this service’s: `queue rebuild` leaves them, the queue’s own tools remove them.'
          : null,
      details: { jobs, leased },
    };
  }

  private async examineEndpoints(): Promise<Finding> {
    const sick = await this.repository.findSick(FAILING_SECONDS, MAX_ENDPOINTS);
    const disabled = sick.filter(({ state }) => state === 'disabled').length;
    const failing = sick.length - disabled;
    return {
      check: 'endpoints',
      level: sick.length === 0 ? 'ok' : 'warning',
      found: `${counted(disabled, 'endpoint is', 'endpoints are')} disabled, ${counted(failing, 'has', 'have')} failed for over an hour`,
      advice: sick.length === 0 ? null : 'Tell these customers; GET /webhook-events?endpointId= shows them why.',
      ...(sick.length === 0 ? {} : { details: sick }),
    };
  }

  private async examineBackgroundWork(): Promise<Finding> {
    const { replays, erasures } = await this.repository.countStale(STALE_SECONDS);
    const isStale = replays + erasures > 0;
    return {
      check: 'background work',
      level: isStale ? 'warning' : 'ok',
      found: `${counted(replays, 'replay')} and ${counted(erasures, 'erasure')} have not moved for ten minutes`,
      advice: isStale ? 'Workers do this work: is one running, and what does its log say?' : null,
    };
  }
}

function heldFinding(group: HeldGroup): Finding {
  const { reason, state, deliveries, endpoints, oldestSeconds } = group;
  return {
    check: 'held',
    level: 'warning',
    found: `${counted(deliveries, 'delivery', 'deliveries')} of ${counted(endpoints, 'endpoint')} (${state}) ${deliveries === 1 ? 'is' : 'are'} held: ${reason}; the oldest for ${seconds(oldestSeconds)}`,
    advice: HELD_ADVICE[state] ?? null,
    details: group,
  };
}

const seconds = (value: number): string => `${Math.round(value).toLocaleString('en')} s`;
