import type { IncomingHttpHeaders } from 'node:http';
import { receive } from './receivers';
import { until } from './process-until';

/** One request that a customer's endpoint received. */
export interface Arrival {
  /** When all of it was there, in milliseconds. */
  at: number;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  id: string;
  attempt: number;
  /** The event's `data`. */
  data: Record<string, unknown>;
  /** Undefined while it is not answered; false when the sender hung up before that. */
  isAnswered?: boolean;
}

/** A customer's endpoint that writes down what arrives. */
export interface Recorder {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  /** Waits until the arrivals are as many. */
  expectArrivals(count: number, timeoutMs?: number): Promise<readonly Arrival[]>;
}

/** Starts one, until `closeReceivers()` of receivers.ts; `answer` gives the status, when it resolves. */
export async function recordArrivals(
  answer: (arrival: Arrival) => number | Promise<number> = () => 200,
): Promise<Recorder> {
  const arrivals: Arrival[] = [];
  const { port } = await receive((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const arrival = toArrival(request.url ?? '', request.headers, Buffer.concat(chunks));
      arrivals.push(arrival);
      response.once('close', () => (arrival.isAnswered = response.writableFinished));
      void Promise.resolve(answer(arrival)).then((status) => response.writeHead(status).end());
    });
  });
  return {
    url: `http://127.0.0.1:${port}/hook`,
    arrivals,
    expectArrivals: (count, timeoutMs = 15_000) =>
      until(`${count} arrivals`, timeoutMs, () => arrivals.length >= count && arrivals),
  };
}

function toArrival(path: string, headers: IncomingHttpHeaders, body: Buffer): Arrival {
  const { data } = JSON.parse(body.toString()) as { data: Record<string, unknown> };
  const id = String(headers['x-webhook-id']);
  return { at: performance.now(), path, headers, body, id, attempt: Number(headers['x-webhook-attempt']), data };
}
