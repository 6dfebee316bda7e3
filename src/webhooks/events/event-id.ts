import { v7 as uuidv7 } from 'uuid';

/** A new UUIDv7 (RFC 9562). Ids made one after another in a process sort in that order. */
export const newEventId = (): string => uuidv7();

/** The time that an id holds: rows take their `createdAt` from it, so that the order of ids is the order of times. */
export function timeOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** The smallest id of a millisecond: ids of earlier times sort before it. */
export function firstIdAt(time: Date): string {
  const hex = Math.max(0, time.getTime()).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
