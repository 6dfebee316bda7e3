const QUIET_MS = 10_000;

/**
 * Warnings that come again and again while a database or a queue is away, several a second: one line in ten seconds is
 * logged, with how many were left out.
 */
export class RareWarnings {
  private quietUntil = 0;
  private leftOut = 0;

  constructor(private readonly logger: { warn(message: string): void }) {}

  warn(message: string): void {
    const now = Date.now();
    if (now < this.quietUntil) {
      this.leftOut += 1;
      return;
    }
    this.logger.warn(this.leftOut === 0 ? message : `${message} (${this.leftOut} more were left out before)`);
    this.quietUntil = now + QUIET_MS;
    this.leftOut = 0;
  }
}
