import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of the heap that are really in use: what nobody refers to any more is not counted. */
export function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
