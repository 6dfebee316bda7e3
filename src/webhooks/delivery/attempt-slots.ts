import { Slots } from './slots';

/** An attempt that takes longer than this leaves its slot to others. */
const SLOW_MS = 250;
const LOOK_EVERY_MS = 50;

interface UnderWay {
  endpointId: string;
  startedAt: number;
  isSlow: boolean;
  onSlow: () => void;
}

/** What matters here of an endpoint. */
export interface EndpointHealth {
  readonly id: string;
  readonly isFailing: boolean;
}

/**
 * How many attempts a process makes at once. A receiver that does not answer costs a socket and a little memory, and no
 * time: what waits for one longer than a moment leaves its slot, so that a hanging endpoint holds up nobody else. How
 * many such attempts an endpoint may have, and all endpoints together, is bounded.
 */
export class AttemptSlots {
  private readonly slots: Slots;
  private readonly mostSlow: number;
  private readonly mostSlowOfEndpoint: number;
  private readonly mostSlowOfFailing: number;
  /** In the order of their start. */
  private readonly underWay = new Set<UnderWay>();
  private readonly slow = new Map<string, number>();
  private slowCount = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param size attempts at once, without the slow ones */
  constructor(size: number) {
    this.slots = new Slots(size);
    this.mostSlow = 10 * size;
    this.mostSlowOfEndpoint = size;
    this.mostSlowOfFailing = Math.max(1, Math.floor(size / 10));
  }

  /**
   * Whether so many attempts wait for this endpoint's answer that no more should be made now: fewer are enough where its
   * last attempt has failed.
   */
  isHeldUp({ id, isFailing }: EndpointHealth): boolean {
    return (this.slow.get(id) ?? 0) >= (isFailing ? this.mostSlowOfFailing : this.mostSlowOfEndpoint);
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
    const turn = this.slots.take();
    if (turn !== undefined) await turn;
    if (this.isHeldUp(endpoint)) {
      this.slots.giveBack();
      return null;
    }
    const entry: UnderWay = { endpointId: endpoint.id, startedAt: performance.now(), isSlow: false, onSlow };
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
    else this.slots.giveBack();
    this.underWay.delete(entry);
    if (this.underWay.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    const since = performance.now() - SLOW_MS;
    for (const entry of this.underWay) {
      if (entry.startedAt > since || this.slowCount >= this.mostSlow) return;
      if (entry.isSlow) continue;
      entry.isSlow = true;
      this.countSlow(entry.endpointId, 1);
      this.slots.giveBack();
      entry.onSlow();
    }
  }

  private countSlow(endpointId: string, change: number): void {
    this.slowCount += change;
    const count = (this.slow.get(endpointId) ?? 0) + change;
    if (count > 0) this.slow.set(endpointId, count);
    else this.slow.delete(endpointId);
  }
}
