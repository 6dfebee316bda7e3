/**
 * An answer that costs something, asked for by many: it is got again after `maxAgeMs` at the earliest, and never for
 * more than a twentieth of the time. Whoever asks meanwhile gets the last one, or waits for the one under way.
 */
export class Remembered<Answer> {
  private last: { answer: Answer; until: number } | undefined;
  private underWay: Promise<Answer> | undefined;

  constructor(
    private readonly ask: () => Promise<Answer>,
    private readonly maxAgeMs: number,
  ) {}

  /** @throws whatever asking fails with; the next call asks again */
  async get(): Promise<Answer> {
    if (this.last !== undefined && performance.now() < this.last.until) return this.last.answer;
    this.underWay ??= this.renew().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private async renew(): Promise<Answer> {
    const startedAt = performance.now();
    const answer = await this.ask();
    const now = performance.now();
    this.last = { answer, until: now + Math.max(this.maxAgeMs, SHARE * (now - startedAt)) };
    return answer;
  }
}

const SHARE = 19;
