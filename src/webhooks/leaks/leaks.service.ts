import { Injectable } from '@nestjs/common';
import { ApiKeysService } from '../api-keys/api-keys.service';
import type { Actor } from '../audit/audit.types';
import { feedbackOn, type Feedback, type Finding } from './github-report';

const GITHUB: Actor = { type: 'system', id: 'github-secret-scanning' };

/** Ends keys that were found where they should not be. */
@Injectable()
export class LeaksService {
  constructor(private readonly apiKeys: ApiKeysService) {}

  /**
   * Switches off every key that is in a report, and tells their customers. The same report again changes nothing.
   * @returns for each finding, in its order, whether it is a key
   */
  async takeGithubReport(findings: readonly Finding[]): Promise<Feedback[]> {
    const found = new Map(findings.map(({ token, url }) => [token, { source: 'github', url }]));
    const keys = await this.apiKeys.reportAllLeaked(found, GITHUB);
    return findings.map((finding) => feedbackOn(finding, keys.has(finding.token)));
  }
}
