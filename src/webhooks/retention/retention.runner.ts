import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Periodic } from '../periodic';
import { isWorker, WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { RetentionService } from './retention.service';
import { reasonOf } from '../reason';

const FIRST_MS = 30_000;
const PAUSE_MS = 300_000;

/** Has the retention swept every five minutes, and a first time soon after the start. */
@Injectable()
export class RetentionRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Retention');
  private readonly periodic = new Periodic(() => this.sweep(), PAUSE_MS);

  constructor(
    private readonly retention: RetentionService,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  onApplicationBootstrap(): void {
    const { role } = this.options;
    if (isWorker(role)) this.periodic.start(FIRST_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.retention.stop();
    await this.periodic.stop();
  }

  private async sweep(): Promise<void> {
    try {
      const report = await this.retention.sweep();
      if (Object.values(report).some((count: number) => count > 0)) this.logger.log('retention', report);
    } catch (error) {
      // Nothing is lost by it: the next sweep finds the same rows.
      this.logger.warn(`retention failed: ${reasonOf(error)}`);
    }
  }
}
