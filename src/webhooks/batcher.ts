import DataLoader from 'dataloader';

interface Batching {
  /** Items of a batch. */
  maxSize: number;
  /** Errors that every item would meet alone too, such as a database that is away. */
  isHopeless: (error: unknown) => boolean;
  /** Errors that the same items need not meet again, such as a deadlock: then a lone item is run again, too. */
  isPassing?: (error: unknown) => boolean;
  /** How long a batch waits for more: for what nobody waits for. */
  gatherMs?: number;
}

/**
 * Collects calls of the same moment and runs them together: a lone call starts at once; what arrives while a batch is
 * under way goes with the next one. So batches grow with the load and cost no waiting without it.
 *
 * @param run answers a batch in the order of its items; when it fails for a batch, each item is run alone, so that one
 * that cannot succeed takes no other with it
 */
export function createBatcher<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
  { maxSize, isHopeless, isPassing = () => false, gatherMs = 0 }: Batching,
): (item: Item) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let isBusy = false;

  const startNext = (): void => {
    const dispatch = isBusy ? undefined : waiting.shift();
    if (dispatch === undefined) return;
    isBusy = true;
    if (gatherMs > 0) setTimeout(dispatch, gatherMs);
    else setImmediate(dispatch);
  };
  const runBatch = async (items: readonly Item[]): Promise<readonly (Result | Error)[]> => {
    try {
      return await runIsolated(run, items, (error) => {
        if (isPassing(error)) return true;
        return items.length > 1 && !isHopeless(error);
      });
    } finally {
      isBusy = false;
      startNext();
    }
  };
  const loader = new DataLoader<Item, Result>(runBatch, {
    cache: false,
    maxBatchSize: maxSize,
    batchScheduleFn: (dispatch) => {
      waiting.push(dispatch);
      startNext();
    },
  });
  return (item) => loader.load(item);
}

async function runIsolated<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
  items: readonly Item[],
  isWorthTrying: (error: unknown) => boolean,
): Promise<readonly (Result | Error)[]> {
  try {
    return await run(items);
  } catch (error) {
    if (!isWorthTrying(error)) throw error;
  }
  const results: (Result | Error)[] = [];
  for (const item of items) {
    try {
      results.push(...(await run([item])));
    } catch (error) {
      results.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  return results;
}
