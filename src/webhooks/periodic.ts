/** A task that runs again and again, one run at a time, with a pause after each. */
export class Periodic {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isStopped = true;
  private isWanted = false;

  /** @param run must not reject: it reports its own errors */
  constructor(
    private readonly run: () => Promise<void>,
    private readonly pauseMs: number,
  ) {}

  /** The first run begins after `delayMs`. */
  start(delayMs: number): void {
    this.isStopped = false;
    this.schedule(delayMs);
  }

  /** Runs now, or once more after the run that is under way. Does nothing before the start. */
  kick(): void {
    this.isWanted = true;
    if (this.running === undefined) this.schedule(0);
  }

  /** Ends it after the run that is under way, whose end it waits for. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.isWanted = false;
      this.running = this.run().finally(() => {
        this.running = undefined;
        this.schedule(this.isWanted ? 0 : this.pauseMs);
      });
    }, delayMs);
  }
}
