/** What the receiver writes down: a request that arrived, and what became of its answer. */
export type ReceiverLine =
  | { kind: 'arrived'; at: number; id: string; attempt: number; path: string }
  | { kind: 'answered' | 'cut'; at: number; id: string; attempt: number; status: number };

/** What the emitter writes down: ids that it was promised, or that an emit was refused (status 0: no answer). */
export type EmitterLine =
  | { kind: 'promised'; at: number; n: number; ids: string[]; tookMs: number }
  | { kind: 'refused'; at: number; status: number; code: string; tookMs: number };

/** A line is one JSON value: it is whole when it ends. */
export const formatLine = (line: ReceiverLine | EmitterLine): string => `${JSON.stringify(line)}\n`;
