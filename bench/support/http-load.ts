import { Pool } from 'undici';
import { ratePerSecond } from './keep-busy';

/** One request, again and again. */
export interface Load {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  expect: number;
}

/** Requests per second that a server answers, 50 at once over kept connections. */
async function requestsPerSecond(
  { url, method = 'GET', headers = {}, body, expect }: Load,
  milliseconds: number,
): Promise<number> {
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
    await ratePerSecond(milliseconds / 4, 50, request);
    return await ratePerSecond(milliseconds, 50, request);
  } finally {
    await pool.close();
  }
}

/** The requests of each load per second, measured in turns, so that a machine that changes its mind treats all alike. */
export async function compared(loads: readonly Load[], milliseconds: number, turns = 3): Promise<number[]> {
  const sums = loads.map(() => 0);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, load] of loads.entries()) {
      sums[index] = (sums[index] ?? 0) + (await requestsPerSecond(load, milliseconds / turns)) / turns;
    }
  }
  return sums;
}
