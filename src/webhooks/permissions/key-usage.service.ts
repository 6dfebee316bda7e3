import { Injectable } from '@nestjs/common';
import { notFound } from '../webhooks.errors';
import { KeyRightsRepository } from './key-rights.repository';
import { compareUse } from './least-privilege';
import { PermissionsService } from './permissions.service';
import type { ApiKeyUsage } from './permissions.types';

/** Which of its permissions a key needs. */
@Injectable()
export class KeyUsageService {
  constructor(
    private readonly repository: KeyRightsRepository,
    private readonly permissions: PermissionsService,
  ) {}

  /**
   * What a key used, what it never did, and the least it could do with. Uses are written behind: the last minute may
   * be missing.
   * @param since from when on a use counts; default: the key's creation
   * @throws WebhooksError `not_found`
   */
  async usage(customerId: string, id: string, since?: Date): Promise<ApiKeyUsage> {
    const key = await this.repository.find(customerId, id);
    if (key?.deletedAt !== null) throw notFound('API key');
    const { permissions: granted, createdAt } = key;
    return compareUse({
      granted,
      concrete: this.permissions.expand(granted),
      uses: await this.repository.uses(customerId, id),
      since: since === undefined || since < createdAt ? createdAt : since,
    });
  }
}
