import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Periodic } from '../periodic';
import { RareWarnings } from '../rare-warnings';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { restorableSince } from './api-keys.service';
import { DeletedKeysRepository } from './deleted-keys.repository';
import { reasonOf } from '../reason';

const INTERVAL_MS = 60_000;

/** Removes deleted keys when they cannot be restored any more. */
@Injectable()
export class DeletedKeysPurge implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly warnings = new RareWarnings(new Logger('ApiKeys'));
  private readonly periodic = new Periodic(() => this.purge(), INTERVAL_MS);

  constructor(
    private readonly repository: DeletedKeysRepository,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  onApplicationBootstrap(): void {
    if (this.options.role === 'all' || this.options.role === 'worker') this.periodic.start(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.periodic.stop();
  }

  private async purge(): Promise<void> {
    try {
      await this.repository.purge(restorableSince(this.options.apiKeys.restoreDays));
    } catch (error) {
      this.warnings.warn(`deleted API keys are not removed yet: ${reasonOf(error)}`);
    }
  }
}
