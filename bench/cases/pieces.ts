import type { PiecesCommands } from '../programs/pieces.program';
import type { Case } from '../support/case';
import type { Figure } from '../support/figure';

const TITLES = {
  emit: 'piece: emit, 100 at once (durable, enqueued)',
  enqueue: 'piece: enqueue, 100 at a time',
  load: 'piece: load, 100 at a time',
  'write-back': 'piece: write back attempt and status, 100 at a time',
  sign: 'piece: build and sign a request',
  verify: 'piece: verify a key, warm',
};

/** The steps of an event's way, each by itself. */
export const pieces: Case = {
  name: 'pieces',
  title: 'the steps, each by itself',
  needsCeiling: true,
  run: async (bench) => {
    const { url: databaseUrl } = await bench.database();
    const redisUrl = (await bench.redisUrl()) ?? undefined;
    const rates = await bench.start<PiecesCommands>('programs/pieces.program.ts').ask('run', {
      databaseUrl,
      redisUrl,
      count: bench.size(10_000, 500),
      milliseconds: bench.size(1_000, 100),
    });
    return Object.entries(TITLES).map(([name, title]): Figure => {
      const value = rates[name as keyof typeof TITLES];
      return { name: `piece-${name}`, title, value, unit: 'per second', ratio: value / bench.ceiling };
    });
  },
};
