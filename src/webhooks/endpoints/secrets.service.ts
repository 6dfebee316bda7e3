import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit.types';
import { PLATFORM, type Caller } from '../identity.types';
import { invalidField, notFound } from '../webhooks.errors';
import { clientKeyContext, EndpointSecurity } from './endpoint-security';
import type { SealedHeaders } from './endpoint-security.types';
import { EndpointsRepository } from './endpoints.repository';
import type { EndpointWithSecret } from './endpoints.service';
import { SECRET_BOX } from './endpoints.tokens';
import { SecretBoxError, type SecretBox } from './secret-box';
import { SecretsRepository, type SealedRow } from './secrets.repository';

/** Longest time that two secrets of an endpoint sign side by side: 7 days. */
export const MAX_OVERLAP_SECONDS = 604_800;

const DEFAULT_OVERLAP_SECONDS = 86_400;
const BATCH_ROWS = 100;
const MAX_PASSES = 5;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** How {@link SecretsService.reseal} goes about it. */
export interface ResealOptions {
  /** Only look: whether everything can be opened, and how much there is to do. */
  dryRun?: boolean;
  /** Endpoints per statement; 100 unless told. */
  batchSize?: number;
  /** Told after each batch. */
  onProgress?: (done: number, total: number) => void;
  /** Stops between two batches; what was done stays done. */
  signal?: AbortSignal;
  /** Who asks, for the audit log; the platform's own code unless told. */
  actor?: Actor;
}

/** What {@link SecretsService.reseal} did. */
export interface ResealResult {
  /** Of the current key. */
  keyId: string;
  /** Endpoints that had something sealed with another key at the start. */
  total: number;
  /** Endpoints that were sealed anew; with `dryRun`, that would be. */
  resealed: number;
  /** Ids of endpoints with something that none of the configured keys opens. They are left as they are. */
  unreadable: string[];
  /** Endpoints that still have something sealed with another key. */
  remaining: number;
}

/** Exchanges secrets: an endpoint's signing secret, and the service's key that encrypts all of them. */
@Injectable()
export class SecretsService {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly repository: SecretsRepository,
    private readonly security: EndpointSecurity,
    @Inject(SECRET_BOX) private readonly box: SecretBox,
  ) {}

  /**
   * Gives an endpoint a new signing secret of its scheme; the answer is the only place where it appears. The secret of
   * before signs as well until the overlap ends; one that was still signing from an earlier rotation ends now.
   *
   * @throws WebhooksError `not_found`, `invalid_overlap`
   */
  async rotate(
    customerId: string,
    id: string,
    { overlapSeconds = DEFAULT_OVERLAP_SECONDS }: { overlapSeconds?: number } = {},
    { actor }: Caller = PLATFORM,
  ): Promise<EndpointWithSecret> {
    if (!Number.isInteger(overlapSeconds) || overlapSeconds < 0 || overlapSeconds > MAX_OVERLAP_SECONDS) {
      const message = `must be an integer from 0 to ${MAX_OVERLAP_SECONDS}`;
      throw invalidField('invalid_overlap', 'overlapSeconds', message);
    }
    const endpoint = await this.endpoints.find(customerId, id);
    if (endpoint === null) throw notFound('webhook endpoint');
    const { columns, shown } = this.security.newSigningSecret(id, endpoint.signatureScheme);
    const rotated = await this.endpoints.rotateSecret(customerId, id, columns, overlapSeconds, actor);
    if (rotated === null) throw notFound('webhook endpoint');
    return { ...rotated, ...shown };
  }

  /**
   * Encrypts with the current key what an older key encrypted: signing secrets and client keys, in batches by id. Each
   * batch is one conditional statement, so that it may run while the service does, be stopped, and be run again.
   * Secrets whose overlap has ended are deleted. Each batch leaves a row in the audit log for each of its customers.
   */
  async reseal(options: ResealOptions = {}): Promise<ResealResult> {
    const { dryRun = false } = options;
    const keyId = this.box.currentKeyId;
    if (!dryRun) await this.repository.forgetExpired();
    const result: ResealResult = {
      keyId,
      total: await this.repository.countOutdated(keyId),
      resealed: 0,
      unreadable: [],
      remaining: 0,
    };
    // A service that still seals with the older key may add to it meanwhile, behind the walk.
    for (let pass = 0; pass < (dryRun ? 1 : MAX_PASSES); pass += 1) {
      const isWalked = await this.walk(result, options);
      result.remaining = await this.repository.countOutdated(keyId);
      if (!isWalked || result.remaining <= result.unreadable.length) break;
    }
    return result;
  }

  /** One pass over all ids. @returns false when it was stopped */
  private async walk(result: ResealResult, options: ResealOptions): Promise<boolean> {
    const { dryRun = false, batchSize = BATCH_ROWS, onProgress, signal, actor = PLATFORM.actor } = options;
    result.unreadable = [];
    for (let after = FIRST_ID; ;) {
      if (signal?.aborted === true) return false;
      const rows = await this.repository.findOutdated(result.keyId, after, batchSize);
      const last = rows.at(-1);
      if (last === undefined) return true;
      after = last.id;
      const readable = rows.flatMap((before) => {
        const sealed = this.sealAnew(before);
        if (sealed === null) result.unreadable.push(before.id);
        return sealed === null ? [] : [{ before, after: sealed }];
      });
      result.resealed += dryRun ? readable.length : await this.repository.replace(readable, actor);
      onProgress?.(result.resealed + result.unreadable.length, result.total);
    }
  }

  /** Null when a part of it does not open: then the row stays whole. */
  private sealAnew(row: SealedRow): SealedRow | null {
    try {
      const secret = this.exchange(row.secret, row.secretKeyId, row.id);
      const previous = this.exchange(row.previousSecret, row.previousSecretKeyId, row.id);
      const clientKey = this.exchange(row.clientKey, row.clientKeyKeyId, clientKeyContext(row.id));
      return {
        ...row,
        secret: secret.ciphertext ?? row.secret,
        secretKeyId: secret.keyId ?? row.secretKeyId,
        previousSecret: previous.ciphertext,
        previousSecretKeyId: previous.keyId,
        clientKey: clientKey.ciphertext,
        clientKeyKeyId: clientKey.keyId,
        headers: row.headers && { ...row.headers, ...this.exchangeHeaders(row.id, row.headers) },
      };
    } catch (error) {
      if (error instanceof SecretBoxError) return null;
      throw error;
    }
  }

  private exchangeHeaders(id: string, sealed: SealedHeaders): Partial<SealedHeaders> {
    if (sealed.keyId === this.box.currentKeyId) return {};
    return this.security.sealHeaders(id, this.security.openHeaders(id, sealed));
  }

  private exchange(
    ciphertext: string | null,
    keyId: string | null,
    context: string,
  ): { ciphertext: string | null; keyId: string | null } {
    const isDue = ciphertext !== null && keyId !== null && keyId !== this.box.currentKeyId;
    return isDue ? this.box.seal(this.box.open({ ciphertext, keyId }, context), context) : { ciphertext, keyId };
  }
}
