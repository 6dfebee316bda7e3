import { Inject, Injectable } from '@nestjs/common';
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Switch } from '../decorators/switched-on.decorator';
import { WebhooksError } from '../webhooks.errors';
import { WEBHOOKS_OPTIONS, type ResolvedOptions } from '../webhooks.options';

const FETCH_TIMEOUT_MS = 5_000;
const MAX_BYTES = 65_536;
const MAX_KEYS = 100;
/** An identifier that is not in the list has it fetched again, at most this often. */
const REFETCH_MS = 60_000;
/** The list is fetched anew after this time, so that a key which GitHub takes back is not accepted for ever. */
const FRESH_MS = 3_600_000;
/** While GitHub cannot be asked, the keys of an older list are used for this long. */
const STALE_MS = 86_400_000;
/** After a failure GitHub is left alone for this long. */
const PAUSE_MS = 5_000;

/** Whether reports are taken at all. */
export const takesReports: Switch = ({ apiKeys }) => apiKeys.githubKeysUrl !== undefined;

/** The public keys that GitHub signs its secret-scanning reports with, by their identifiers. */
@Injectable()
export class GithubKeys {
  private keys: ReadonlyMap<string, KeyObject> = new Map();
  private fetchedAt = -Infinity;
  private failedAt = -Infinity;
  private fetching: Promise<void> | undefined;

  constructor(@Inject(WEBHOOKS_OPTIONS) private readonly options: ResolvedOptions) {}

  get isOn(): boolean {
    return takesReports(this.options);
  }

  /**
   * The key with this identifier; undefined when GitHub has none.
   * @throws WebhooksError `github_keys_unavailable` when GitHub cannot be asked
   */
  async find(identifier: string): Promise<KeyObject | undefined> {
    const age = Date.now() - this.fetchedAt;
    const isKnown = this.keys.has(identifier);
    if (age > (isKnown ? FRESH_MS : REFETCH_MS)) await this.refresh({ mayFail: isKnown && age < STALE_MS });
    return this.keys.get(identifier);
  }

  private async refresh({ mayFail }: { mayFail: boolean }): Promise<void> {
    try {
      if (Date.now() - this.failedAt < PAUSE_MS) throw new Error('it did not answer just now');
      // Everybody who asks meanwhile waits for the same answer.
      this.fetching ??= this.fetch().finally(() => (this.fetching = undefined));
      await this.fetching;
    } catch (error) {
      if (mayFail) return;
      const detail = `The keys that GitHub signs with cannot be fetched: ${(error as Error).message}.`;
      throw new WebhooksError('unavailable', 'github_keys_unavailable', detail);
    }
  }

  private async fetch(): Promise<void> {
    try {
      const response = await fetch(this.options.apiKeys.githubKeysUrl ?? '', {
        headers: { Accept: 'application/json', 'User-Agent': 'webhooks-module' },
        redirect: 'error',
        signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`the answer is HTTP ${response.status}`);
      this.keys = readKeys(await readCapped(response));
      this.fetchedAt = Date.now();
    } catch (error) {
      this.failedAt = Date.now();
      throw error;
    }
  }
}

async function readCapped({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** `{ public_keys: [{ key_identifier, key }] }`; what is no P-256 key is left out. */
function readKeys(text: string): Map<string, KeyObject> {
  let answer: { public_keys?: unknown } | null;
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    throw new Error('the answer is not JSON');
  }
  const list = answer?.public_keys;
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_KEYS) {
    throw new Error('the answer holds no list of keys');
  }
  const keys = new Map<string, KeyObject>();
  for (const entry of list as ({ key_identifier?: unknown; key?: unknown } | null)[]) {
    const key = p256(entry?.key);
    if (typeof entry?.key_identifier === 'string' && key !== undefined) keys.set(entry.key_identifier, key);
  }
  return keys;
}

function p256(pem: unknown): KeyObject | undefined {
  if (typeof pem !== 'string') return undefined;
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
  } catch {
    return undefined;
  }
}
