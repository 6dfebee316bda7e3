import { SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { runCli } from './process-service';
import { until } from './process-until';

/** An answer of the service. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, of any type; undefined for an empty answer. */
  body: ReturnType<typeof JSON.parse>;
}

/** What `GET /webhook-events/:id` shows. */
export interface Delivery {
  id: string;
  status: 'PENDING' | 'SENT' | 'FAILED';
  attempts: number;
  lastError: string | null;
  attemptLog: { attempt: number; statusCode: number | null; error: string | null; url: string }[];
}

/** Speaks to the service's REST API with a credential. */
export interface Client {
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  /** A delivery, once it is SENT or FAILED. */
  settled(eventId: string, timeoutMs?: number): Promise<Delivery>;
}

/** `body` is sent as JSON, or as it is when it is a string. */
export async function call(method: string, url: string, credential?: string, body?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

export function clientOf(url: string, credential: string): Client {
  const get = (path: string): Promise<Answer> => call('GET', `${url}${path}`, credential);
  return {
    get,
    post: (path, body) => call('POST', `${url}${path}`, credential, body),
    settled: (eventId, timeoutMs = 15_000) =>
      until(`${eventId} is SENT or FAILED`, timeoutMs, async () => {
        const delivery: Delivery = (await get(`/webhook-events/${eventId}`)).body;
        return delivery.status !== 'PENDING' && delivery;
      }),
  };
}

/** A customer, and a key that may do everything for it. */
export interface NewCustomer {
  userId: string;
  customerId: string;
  apiKey: { id: string; key: string };
}

/** Settings with which the platform may use the REST API. */
export const PLATFORM = {
  AUTH_JWT_SECRET: 'a secret of thirty-two bytes, for tests only',
  OPERATOR_TOKEN: 'operator-token-for-tests-0123456789',
};

/** Makes a customer as the platform does, at a service that has the settings {@link PLATFORM}. */
export async function putCustomer(url: string, id: string = randomUUID()): Promise<NewCustomer> {
  const userId = `user-${id}`;
  await succeed(call('PUT', `${url}/customers/${id}`, PLATFORM.OPERATOR_TOKEN, { userId, name: id }), 200);
  const token = await new SignJWT({ customerId: id })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(PLATFORM.AUTH_JWT_SECRET));
  const answer = call('POST', `${url}/api-keys`, token, { name: 'first key', permissions: ['*'] });
  const apiKey = (await succeed(answer, 201)) as NewCustomer['apiKey'];
  return { userId, customerId: id, apiKey };
}

/** @throws Error that shows the answer, when its status is another */
export async function succeed(answer: Promise<Answer>, wanted: number): Promise<Record<string, unknown>> {
  const { status, body } = await answer;
  if (status !== wanted) throw new Error(`${status} instead of ${wanted}: ${JSON.stringify(body)}`);
  return body as Record<string, unknown>;
}

/** Makes a customer with the command line. */
export async function createCustomer(env: Readonly<Record<string, string>>): Promise<NewCustomer> {
  const { code, stdout, stderr } = await runCli(['customer', 'create', '--name', 'Acme', '--json'], env);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as NewCustomer;
}
