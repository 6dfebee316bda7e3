import { Pool } from 'undici';
import { ratePerSecond } from './keep-busy';
import { quantile } from './statistics';

/** One request, again and again. */
export interface Load {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  expect: number;
}

/** Sends a load's requests, 50 at once over kept connections; the answer is how many there were per second. */
type Sender = (milliseconds: number) => Promise<number>;

async function sending<Result>(
  { url, method = 'GET', headers = {}, body, expect }: Load,
  use: (send: Sender) => Promise<Result>,
): Promise<Result> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 50 });
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const request = async (): Promise<void> => {
    const answer = await pool.request({ path: pathname, method, headers: { ...type, ...headers }, body: body ?? null });
    const text = await answer.body.text();
    if (answer.statusCode !== expect)
      throw new Error(`${method} ${pathname}: ${answer.statusCode} ${text.slice(0, 300)}`);
  };
  try {
    return await use((milliseconds) => ratePerSecond(milliseconds, 50, request));
  } finally {
    await pool.close();
  }
}

/** How a load does beside another one. */
export interface Comparison {
  perSecond: number;
  /** Of the other load's requests per second. */
  ratio: number;
}

const TURN_MS = 150;

/**
 * The requests of a load per second beside those of another one. They are sent in many short turns, side by side, and the
 * median counts: a machine that changes its mind treats both alike.
 */
export function compared(load: Load, against: Load, milliseconds: number): Promise<Comparison> {
  return sending(load, (send) => sending(against, (sendOther) => inTurns(send, sendOther, milliseconds)));
}

async function inTurns(send: Sender, sendOther: Sender, milliseconds: number): Promise<Comparison> {
  const turns: Comparison[] = [];
  // What is compiled while it is hot is compiled first.
  await send(milliseconds / 4);
  await sendOther(milliseconds / 4);
  for (let turn = 0; turn < milliseconds / TURN_MS; turn += 1) {
    // Neither is always the first.
    const before = turn % 2 === 0 ? await sendOther(TURN_MS) : undefined;
    const perSecond = await send(TURN_MS);
    turns.push({ perSecond, ratio: perSecond / (before ?? (await sendOther(TURN_MS))) });
  }
  return { perSecond: median(turns.map((turn) => turn.perSecond)), ratio: median(turns.map((turn) => turn.ratio)) };
}

const median = (samples: readonly number[]): number => quantile(samples, 0.5);
