import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { PrismaService } from '../../database/prisma.service';
import type { DeliveryEndpoint } from './delivery.types';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './retry-policy';

/** Endpoints that are remembered; one takes a kilobyte or two. */
const MAX_ENDPOINTS = 10_000;

type EndpointRow = Omit<DeliveryEndpoint, 'secret' | 'previousSecret' | 'retryPolicy'> & {
  version: string;
  retryPolicy: RetryPolicy | null;
  secret: string;
  secretKeyId: string;
  previousSecret: string | null;
  previousSecretKeyId: string | null;
};

/**
 * Endpoints as deliveries need them. What is remembered counts only when it has the version that the caller has just
 * read in the database, so every change counts at once, on every node, however it was made.
 */
@Injectable()
export class EndpointCacheRepository {
  private readonly known = new LRUCache<string, { version: string; endpoint: DeliveryEndpoint }>({
    max: MAX_ENDPOINTS,
  });

  constructor(private readonly prisma: PrismaService) {}

  /** The endpoints by id, in these versions or newer ones; one that is gone is not in the answer. */
  async get(wanted: readonly { id: string; version: string }[]): Promise<Map<string, DeliveryEndpoint>> {
    const found = new Map<string, DeliveryEndpoint>();
    const missing = new Set<string>();
    for (const { id, version } of wanted) {
      const known = this.known.get(id);
      if (known?.version === version) found.set(id, known.endpoint);
      else missing.add(id);
    }
    if (missing.size === 0) return found;
    for (const { version, ...row } of await this.read([...missing])) {
      const endpoint = toEndpoint(row);
      this.known.set(row.id, { version, endpoint });
      found.set(row.id, endpoint);
    }
    return found;
  }

  /** For deliveries of all customers: the tenant of each is that of its delivery. */
  private async read(ids: readonly string[]): Promise<EndpointRow[]> {
    return this.prisma.rows<EndpointRow>(
      'load-endpoints',
      `SELECT id, xmin::text AS version, url, state::text AS state, "deletedAt" IS NOT NULL AS deleted,
              "deliversPending", secret, "secretKeyId", "previousSecret", "previousSecretKeyId", "retryPolicy",
              "timeoutMs", "ratePerSecond", concurrency, headers,
              jsonb_build_object('clientCertificate', "clientCertificate", 'clientKey', "clientKey",
                'clientKeyKeyId', "clientKeyKeyId", 'caCertificate', "caCertificate") AS tls
         FROM ${this.prisma.tables.WebhookEndpoint} WHERE id = ANY($1::uuid[])`,
      ids,
    );
  }
}

function toEndpoint(row: Omit<EndpointRow, 'version'>): DeliveryEndpoint {
  const { secret, secretKeyId, previousSecret, previousSecretKeyId, retryPolicy, ...endpoint } = row;
  return {
    ...endpoint,
    secret: { keyId: secretKeyId, ciphertext: secret },
    previousSecret:
      previousSecret === null || previousSecretKeyId === null
        ? null
        : { keyId: previousSecretKeyId, ciphertext: previousSecret },
    retryPolicy: retryPolicy ?? DEFAULT_RETRY_POLICY,
  };
}
