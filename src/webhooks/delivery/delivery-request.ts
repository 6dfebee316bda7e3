import type { DueDelivery } from './delivery.types';
import { TRACE_HEADERS } from '../endpoints/custom-headers';
import { sign } from './signature';

/** Sent with every webhook. */
const USER_AGENT = 'ChatbotSaaS-Webhook/1.0';

/**
 * The request of one attempt: the stored body, byte for byte, the product's headers, and the signature headers of
 * Standard Webhooks 1.0. Pure.
 *
 * @param attempt its number: 1, 2, 3, …
 * @param customHeaders the customer's own; they cannot replace ours (`endpoints/custom-headers.ts`)
 * @param traceparent of the attempt, where it is to be sent along; then the customer's headers cannot set it
 */
export function buildRequest(
  delivery: Pick<DueDelivery, 'id' | 'event' | 'body'> & { endpoint: { url: string } },
  attempt: number,
  secrets: readonly string[],
  now: Date,
  customHeaders: Readonly<Record<string, string>> = {},
  traceparent: string | null = null,
): { url: string; headers: Record<string, string>; body: Buffer } {
  const body = Buffer.from(delivery.body, 'utf8');
  const timestamp = Math.floor(now.getTime() / 1_000);
  return {
    url: delivery.endpoint.url,
    headers: {
      ...(traceparent === null ? customHeaders : { ...withoutTrace(customHeaders), traceparent }),
      'Content-Type': 'application/json',
      'User-Agent': USER_AGENT,
      'X-Webhook-Event': delivery.event,
      'X-Webhook-ID': delivery.id,
      'X-Webhook-Attempt': String(attempt),
      'webhook-id': delivery.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign({ id: delivery.id, timestamp, body, secrets }),
    },
    body,
  };
}

/** Headers that an endpoint had before traces were sent along. */
const withoutTrace = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !TRACE_HEADERS.includes(name.toLowerCase())));
