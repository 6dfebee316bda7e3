import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema';

/** How the client says who it is: one of the two. */
export type Credential =
  | { /** `sk_…`, sent as `X-API-Key`. */ apiKey: string }
  /** A token of the platform's, or the operator's; a function is asked before each request, so that it can be renewed. */
  | { token: string | (() => string | Promise<string>) };

export interface ClientOptions {
  /** Where the service is, e.g. `https://webhooks.example.com`. */
  baseUrl: string;
  /** Left out: for the routes that ask nobody. */
  credential?: Credential;
  /** Default: the platform's own `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

/** `GET`, `POST`, … with the paths, parameters, bodies and answers of the API. */
export type WebhooksClient = Client<paths>;

/**
 * @example
 * ```ts
 * const client = createWebhooksClient({ baseUrl, credential: { apiKey } });
 * const { messageId } = await unwrap(client.POST('/webhook-events', { body: { event: 'message.sent', data } }));
 * ```
 */
export function createWebhooksClient({ baseUrl, credential, fetch }: ClientOptions): WebhooksClient {
  const client = createClient<paths>({ baseUrl, ...(fetch === undefined ? {} : { fetch }) });
  if (credential !== undefined) {
    client.use({
      async onRequest({ request }) {
        const [name, value] = await headerOf(credential);
        request.headers.set(name, value);
        return request;
      },
    });
  }
  return client;
}

async function headerOf(credential: Credential): Promise<[name: string, value: string]> {
  if ('apiKey' in credential) return ['X-API-Key', credential.apiKey];
  const { token } = credential;
  return ['Authorization', `Bearer ${typeof token === 'function' ? await token() : token}`];
}
