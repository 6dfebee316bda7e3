/**
 * So many at once; the others wait. Flows take turns: one that has many waiting holds up none that has few. Within a
 * flow, they go in the order they came.
 */
export class Slots {
  /** By flow, the one whose turn is next first. */
  private readonly waiting = new Map<string, (() => void)[]>();
  private free: number;

  constructor(size: number) {
    this.free = size;
  }

  get isFull(): boolean {
    return this.free === 0;
  }

  /** Resolves when there is a slot; it is the caller's until it is given back. */
  take(flow: string): Promise<void> | undefined {
    if (this.free > 0) {
      this.free -= 1;
      return undefined;
    }
    return new Promise((resolve) => {
      const queue = this.waiting.get(flow);
      if (queue === undefined) this.waiting.set(flow, [resolve]);
      else queue.push(resolve);
    });
  }

  giveBack(): void {
    const [turn] = this.waiting;
    if (turn === undefined) {
      this.free += 1;
      return;
    }
    const [flow, queue] = turn;
    const next = queue.shift();
    // What else waits in this flow goes behind the other flows.
    this.waiting.delete(flow);
    if (queue.length > 0) this.waiting.set(flow, queue);
    next?.();
  }
}
