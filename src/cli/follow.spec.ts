import type { EventDetail, EventSummary } from '../webhooks/events/events.service';
import { Follower, type Happening } from './follow';

type Attempt = EventDetail['attemptLog'][number];

const START = 1_700_000_000_000;
let rows: EventDetail[];
let gets: number;

const source = {
  list: (from: Date, cursor: string | undefined) => {
    const found = rows.filter(({ createdAt }) => createdAt >= from).reverse();
    const begin = Number(cursor ?? 0);
    const data: EventSummary[] = found.slice(begin, begin + 2);
    return Promise.resolve({ data, nextCursor: begin + 2 < found.length ? String(begin + 2) : null });
  },
  get: (id: string) => {
    gets += 1;
    return Promise.resolve(rows.find((row) => row.id === id)!);
  },
};

beforeEach(() => {
  rows = [];
  gets = 0;
});

const add = (id: string, seconds: number): void => {
  const createdAt = new Date(START + seconds * 1_000);
  rows.push({ id, createdAt, status: 'PENDING', attempts: 0, attemptLog: [] as Attempt[] } as unknown as EventDetail);
};

function attempt(id: string, seconds: number, status: EventDetail['status'] = 'PENDING'): void {
  rows = rows.map((row) => {
    if (row.id !== id) return row;
    const made = { attempt: row.attempts + 1, startedAt: new Date(START + seconds * 1_000) } as Attempt;
    return { ...row, status, attempts: row.attempts + 1, attemptLog: [...row.attemptLog, made] };
  });
}

const at = (seconds: number): Date => new Date(START + seconds * 1_000);
const told = (happenings: Happening[]): string[] =>
  happenings.map((one) => (one.type === 'event' ? one.delivery.id : `${one.delivery.id}#${one.attempt.attempt}`));

it('tells each delivery and each attempt once, in their order, over pages', async () => {
  const follower = new Follower(source, at(0));
  add('before', -1);
  for (const [index, id] of ['a', 'b', 'c'].entries()) add(id, index + 1);
  attempt('a', 10, 'SENT');
  expect(told(await follower.look(at(11)))).toEqual(['a', 'b', 'c', 'a#1']);
  expect(await follower.look(at(12))).toEqual([]);
  attempt('b', 13);
  attempt('b', 14, 'FAILED');
  attempt('c', 13.5);
  expect(told(await follower.look(at(15)))).toEqual(['b#1', 'c#1', 'b#2']);
});

it('finds what was committed later than what has a later id', async () => {
  const follower = new Follower(source, at(0));
  add('second', 2);
  expect(told(await follower.look(at(3)))).toEqual(['second']);
  add('first', 1);
  expect(told(await follower.look(at(4)))).toEqual(['first']);
});

it('tells retries of what was accepted long ago, and asks for nothing that is over', async () => {
  const follower = new Follower(source, at(0));
  add('retried', 1);
  add('sent', 1);
  attempt('sent', 2, 'SENT');
  attempt('retried', 2);
  await follower.look(at(3));
  await follower.look(at(3_600));
  attempt('retried', 7_000, 'SENT');
  expect(told(await follower.look(at(7_200)))).toEqual(['retried#2']);
  gets = 0;
  expect(await follower.look(at(7_201))).toEqual([]);
  expect(gets).toBe(0);
});
