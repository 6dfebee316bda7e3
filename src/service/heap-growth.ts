import { setFlagsFromString } from 'node:v8';

const GROWTH_PERCENT = 50;

/**
 * Lets the heap grow by half of what is alive before it is collected as a whole. V8 itself lets it grow by a multiple where
 * the machine has much memory, and a worker under load then takes hundreds of megabytes more than it uses: bodies that
 * wait for a receiver's answer live long enough to be moved to the old generation. Costs a collection every few seconds.
 */
export function boundHeapGrowth(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
