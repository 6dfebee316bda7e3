import type { IncomingMessage, ServerResponse } from 'node:http';
import { receive } from './receivers';
import { waitFor } from './wait-for';

/** One request as it arrived. */
export interface RecordedRequest {
  method: string | undefined;
  url: string | undefined;
  /** Name, value, name, value, …, as they were sent. */
  rawHeaders: string[];
  headers: IncomingMessage['headers'];
  body: Buffer;
  /** When its body was complete, in milliseconds of `performance.now()`. */
  arrivedAt: number;
  /** When it was answered; undefined while it is not. */
  answeredAt: number | undefined;
}

/** How one request is answered; a number is a status. */
export type Answer = number | 'never' | { status: number; headers?: Record<string, string>; body?: string };

/** A customer's endpoint that writes down what arrives. */
export interface RecordingReceiver {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** The ids (`X-Webhook-ID`) that arrived, in this order. */
  ids(): string[];
  /** Changes the script for what comes. */
  answerWith(script: Script): void;
  /** Waits until this many requests have arrived. */
  arrivals(count: number, timeoutMs?: number): Promise<readonly RecordedRequest[]>;
  close(): Promise<void>;
}

/** One answer for all, a list (its last answer counts for all further requests), or a function of the request. */
export type Script =
  Answer | readonly Answer[] | ((request: RecordedRequest, index: number) => Answer | Promise<Answer>);

/** Starts a receiver on loopback; without a script it answers 200. */
export async function recordingReceiver(script: Script = 200): Promise<RecordingReceiver> {
  const requests: RecordedRequest[] = [];
  let current = script;
  const receiver = await receive((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method, url, rawHeaders, headers } = request;
      const body = Buffer.concat(chunks);
      const arrivedAt = performance.now();
      const recorded = { method, url, rawHeaders, headers, body, arrivedAt, answeredAt: undefined };
      const index = requests.push(recorded) - 1;
      void answer(recorded, pick(current, recorded, index), response);
    });
  });
  return {
    url: `http://127.0.0.1:${receiver.port}/hook`,
    requests,
    ids: () => requests.map(({ headers }) => String(headers['x-webhook-id'])),
    answerWith: (changed) => (current = changed),
    arrivals: (count, timeoutMs) =>
      waitFor(`${count} requests`, () => (requests.length >= count ? requests : false), timeoutMs),
    close: () => receiver.close(),
  };
}

function pick(script: Script, request: RecordedRequest, index: number): Answer | Promise<Answer> {
  if (typeof script === 'function') return script(request, index);
  return isList(script) ? (script[Math.min(index, script.length - 1)] ?? 200) : script;
}

const isList = (script: Answer | readonly Answer[]): script is readonly Answer[] => Array.isArray(script);

async function answer(
  request: RecordedRequest,
  chosen: Answer | Promise<Answer>,
  response: ServerResponse,
): Promise<void> {
  const picked = await chosen;
  if (picked === 'never') return;
  const { status, headers = {}, body = '' } = typeof picked === 'number' ? { status: picked } : picked;
  request.answeredAt = performance.now();
  response.writeHead(status, headers).end(body);
}

/** A URL at which nobody listens. */
export async function refusingUrl(): Promise<string> {
  const { url, close } = await recordingReceiver();
  await close();
  return url;
}
