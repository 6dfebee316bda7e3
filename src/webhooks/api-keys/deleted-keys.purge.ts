import { Inject, Injectable } from '@nestjs/common';
import { MinuteChore } from '../minute-chore';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';
import { restorableSince } from './api-keys.service';
import { DeletedKeysRepository } from './deleted-keys.repository';

/** Removes deleted keys when they cannot be restored any more. */
@Injectable()
export class DeletedKeysPurge extends MinuteChore {
  constructor(
    private readonly repository: DeletedKeysRepository,
    @Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    super(options.role, 'ApiKeys', 'deleted API keys are not removed yet');
  }

  protected work(): Promise<unknown> {
    return this.repository.purge(restorableSince(this.options.apiKeys.restoreDays));
  }
}
