import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Periodic } from './periodic';
import { RareWarnings } from './rare-warnings';
import { reasonOf } from './reason';
import { isWorker, type Role } from './webhooks.options';

const INTERVAL_MS = 60_000;

/** What workers do once a minute, and what may wait for the next minute when it fails. */
export abstract class MinuteChore implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly warnings: RareWarnings;
  private readonly periodic = new Periodic(() => this.run(), INTERVAL_MS);

  /**
   * @param context of its log lines
   * @param failure what a failed run means, in words
   */
  protected constructor(
    private readonly role: Role,
    context: string,
    private readonly failure: string,
  ) {
    this.warnings = new RareWarnings(new Logger(context));
  }

  onApplicationBootstrap(): void {
    if (isWorker(this.role)) this.periodic.start(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.periodic.stop();
  }

  protected abstract work(): Promise<unknown>;

  private async run(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.warnings.warn(`${this.failure}: ${reasonOf(error)}`);
    }
  }
}
