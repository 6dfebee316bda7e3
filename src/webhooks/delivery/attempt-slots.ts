import { Slots } from './slots';

/** An attempt that takes longer than this leaves its slot to others. */
const SLOW_MS = 250;
/** Where attempts fail, the next ones are not given as much time. */
const SLOW_OF_FAILING_MS = 50;
const LOOK_EVERY_MS = 50;
/** Slow attempts for each slot, of all endpoints together. */
const SLOW_PER_SLOT = 10;
/** Of the slow attempts that may be added, an endpoint may have this part, and no more than there are slots. */
const PART = 1 / 2;
/** Where its attempts fail, this one, */
const PART_OF_FAILING = 1 / 8;
/** and, while there are not enough for all, this part of the slots, those that wait for one included. */
const SLOTS_OF_FAILING = 1 / 10;

interface UnderWay {
  endpointId: string;
  startedAt: number;
  slowAfterMs: number;
  isSlow: boolean;
  onSlow: () => void;
}

/** What matters here of an endpoint. */
export interface EndpointHealth {
  readonly id: string;
  readonly customerId: string;
  readonly isFailing: boolean;
}

/**
 * How many attempts a process makes at once; customers, and the endpoints of each, take turns. A receiver that does not answer costs a socket and a
 * little memory, and no time: what waits for one longer than a moment leaves its slot, so that a hanging endpoint holds
 * up nobody else. How many such attempts there may be is bounded, and of what is left of them, an endpoint may have a
 * part, and one at least: the more endpoints hang, the less each may.
 */
export class AttemptSlots {
  private readonly slots: Slots;
  private readonly mostSlow: number;
  /** In the order of their start. */
  private readonly underWay = new Set<UnderWay>();
  private readonly slow = new Map<string, number>();
  private slowCount = 0;
  /** Attempts that have a slot or wait for one, by endpoint. */
  private readonly quick = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param size attempts at once, without the slow ones
   * @param onSlowCount told how many slow attempts there are, whenever that changes
   */
  constructor(
    private readonly size: number,
    private readonly onSlowCount: (count: number) => void = () => undefined,
  ) {
    this.slots = new Slots(size);
    this.mostSlow = SLOW_PER_SLOT * size;
  }

  /**
   * Whether so many attempts wait for this endpoint's answer that no more should be made now: fewer are enough where
   * attempts fail.
   */
  isHeldUp(endpoint: EndpointHealth): boolean {
    const { id, isFailing } = endpoint;
    const hasItsPart = (this.quick.get(id) ?? 0) >= SLOTS_OF_FAILING * this.size;
    return this.isTooSlow(endpoint) || (isFailing && this.slots.isFull && hasItsPart);
  }

  private isTooSlow({ id, isFailing }: EndpointHealth): boolean {
    const part = isFailing ? PART_OF_FAILING : PART;
    const most = Math.min(this.size, Math.ceil(part * (this.mostSlow - this.slowCount)));
    return (this.slow.get(id) ?? 0) >= Math.max(1, most);
  }

  /**
   * @param onSlow called when the attempt leaves its slot before it has ended
   * @returns null when the endpoint is held up now, and no attempt was made
   */
  async run<Result>(
    endpoint: EndpointHealth,
    attempt: () => Promise<Result>,
    onSlow: () => void,
  ): Promise<Result | null> {
    change(this.quick, endpoint.id, 1);
    const turn = this.slots.take(endpoint.customerId, endpoint.id);
    if (turn !== undefined) await turn;
    if (this.isTooSlow(endpoint)) {
      this.giveBack(endpoint.id);
      return null;
    }
    const entry: UnderWay = {
      endpointId: endpoint.id,
      startedAt: performance.now(),
      slowAfterMs: endpoint.isFailing ? SLOW_OF_FAILING_MS : SLOW_MS,
      isSlow: false,
      onSlow,
    };
    this.underWay.add(entry);
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS);
    try {
      return await attempt();
    } finally {
      this.end(entry);
    }
  }

  private end(entry: UnderWay): void {
    if (entry.isSlow) this.countSlow(entry.endpointId, -1);
    else this.giveBack(entry.endpointId);
    this.underWay.delete(entry);
    if (this.underWay.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    const now = performance.now();
    for (const entry of this.underWay) {
      const tookMs = now - entry.startedAt;
      if (tookMs < SLOW_OF_FAILING_MS || this.slowCount >= this.mostSlow) return;
      if (entry.isSlow || tookMs < entry.slowAfterMs) continue;
      entry.isSlow = true;
      this.countSlow(entry.endpointId, 1);
      this.giveBack(entry.endpointId);
      entry.onSlow();
    }
  }

  private giveBack(endpointId: string): void {
    change(this.quick, endpointId, -1);
    this.slots.giveBack();
  }

  private countSlow(endpointId: string, by: number): void {
    this.slowCount += by;
    change(this.slow, endpointId, by);
    this.onSlowCount(this.slowCount);
  }
}

function change(counts: Map<string, number>, name: string, by: number): void {
  const count = (counts.get(name) ?? 0) + by;
  if (count > 0) counts.set(name, count);
  else counts.delete(name);
}
