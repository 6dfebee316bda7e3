import { getRandomValues } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** Random bytes are drawn for many ids at once: one by one, that costs more than the rest of an id. */
const RANDOM_BYTES = 16;
const reserve = new Uint8Array(256 * RANDOM_BYTES);
let used = reserve.length;

/** Where ids are up to; the library counts by itself only as long as it draws by itself. */
let msecs = -Infinity;
let seq = 0;

/**
 * A new UUIDv7 (RFC 9562). Ids made one after another in a process sort in that order: those of one millisecond have a
 * counter of 32 bits, which begins at a random number and carries over into the time.
 */
export function newId(): string {
  if (used === reserve.length) {
    getRandomValues(reserve);
    used = 0;
  }
  const random = reserve.subarray(used, (used += RANDOM_BYTES));
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    // Half of its range, so that there is room to count.
    seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else {
    seq = (seq + 1) >>> 0;
    if (seq === 0) msecs += 1;
  }
  return uuidv7({ random, msecs, seq });
}

/** The time that an id holds: rows take their `createdAt` from it, so that the order of ids is the order of times. */
export function timeOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** The smallest id of a millisecond: ids of earlier times sort before it. */
export function firstIdAt(time: Date): string {
  const hex = Math.max(0, time.getTime()).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
