import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { formatLine, type EmitterLine } from './ledger-lines';

/** What the emitter is told, as JSON in its one argument. */
export interface EmitterOrders {
  file: string;
  /** The nodes to publish at, in turn. */
  urls: string[];
  key: string;
  /** Event types, in turn. */
  names: string[];
  events: number;
  /** Events per request, and requests at once. */
  batch: number;
  requests: number;
  /** 0 = as fast as they are accepted. */
  perSecond: number;
  /** Sets the idempotency keys of one emitter apart from another's. */
  run: string;
}

// Publishes events over HTTP, again and again until each is accepted: an emit that was refused, or whose answer was lost,
// is made again under its idempotency key, at another node. What is promised is written to the file as it comes.

interface Answer {
  results?: { status: number; eventIds?: string[]; code?: string }[];
  code?: string;
}

const TEXT = 'x'.repeat(400);
const PAUSE_MS = 50;
const ANSWER_MS = 15_000;

const orders = JSON.parse(process.argv[2] ?? '') as EmitterOrders;
const pools = orders.urls.map(
  (url) => new Pool(url, { connections: orders.requests, headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS }),
);
const write = (line: EmitterLine): void => appendFileSync(orders.file, formatLine(line));

const again: number[] = [];
const startedAt = Date.now();
let next = 0;
let accepted = 0;
let turn = 0;

/** The next events to publish, as far as the pace allows: those first that were refused. */
function take(): number[] {
  const dueBy =
    orders.perSecond === 0 ? orders.events : Math.floor(((Date.now() - startedAt) * orders.perSecond) / 1_000);
  const taken = again.splice(0, orders.batch);
  while (taken.length < orders.batch && next < orders.events && next < dueBy) taken.push(next++);
  return taken;
}

async function publish(numbers: readonly number[]): Promise<void> {
  const events = numbers.map((n) => ({
    event: orders.names[n % orders.names.length],
    data: { n, text: TEXT },
    idempotencyKey: `${orders.run}-${n}`,
  }));
  const began = Date.now();
  const { status, answer } = await post(JSON.stringify({ events }));
  const at = Date.now();
  const tookMs = at - began;
  for (const [index, n] of numbers.entries()) {
    const result = answer.results?.[index];
    if (result?.status === 202) {
      accepted += 1;
      write({ kind: 'promised', at, n, ids: result.eventIds ?? [], tookMs });
    } else again.push(n);
  }
  const problem = answer.results?.find((result) => result.status !== 202) ?? (status === 200 ? undefined : answer);
  if (problem === undefined) return;
  write({ kind: 'refused', at, status: answer.results === undefined ? status : 207, code: problem.code ?? '', tookMs });
  await sleep(PAUSE_MS);
}

async function post(body: string): Promise<{ status: number; answer: Answer }> {
  const pool = pools[turn++ % pools.length];
  try {
    const headers = { 'content-type': 'application/json', 'x-api-key': orders.key };
    const response = await pool!.request({ method: 'POST', path: '/webhook-events/batch', headers, body });
    return { status: response.statusCode, answer: (await response.body.json()) as Answer };
  } catch (error) {
    return { status: 0, answer: { code: (error as NodeJS.ErrnoException).code ?? String(error) } };
  }
}

async function emit(): Promise<void> {
  while (accepted < orders.events) {
    const numbers = take();
    if (numbers.length > 0) await publish(numbers);
    else await sleep(5);
  }
}

void Promise.all(Array.from({ length: orders.requests }, emit)).then(() => process.exit(0));
