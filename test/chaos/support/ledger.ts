import { open, type FileHandle } from 'node:fs/promises';
import type { EmitterLine, ReceiverLine } from './ledger-lines';

const LAST_ATTEMPT = 3;

/** Paths of the receiver that never give a proper answer: their last attempt is over when it has arrived. */
export const HOSTILE_PATHS = ['/hang', '/drip', '/huge', '/reset'];

/** What the two files say about one delivery. */
export interface Entry {
  id: string;
  /** When its emit was answered; undefined for one whose answer was lost. */
  promisedAt?: number;
  arrivals: { at: number; attempt: number; path: string }[];
  /** When a 2xx was answered in full. */
  deliveredAt?: number;
  /** When the last attempt of the default schedule was answered with a failure. */
  givenUpAt?: number;
}

/** A refused emit. */
export type Refusal = Extract<EmitterLine, { kind: 'refused' }>;

/** Follows the files of the receiver and the emitters, and compares them. It knows nothing from the service itself. */
export class Ledger {
  readonly entries = new Map<string, Entry>();
  readonly refusals: Refusal[] = [];
  /** Arrivals whose sender hung up before the answer. */
  cut = 0;
  /** Emits that were accepted, and how long their answers took, in milliseconds. */
  readonly emits: { at: number; tookMs: number; entries: number }[] = [];
  private readonly files: { path: string; handle?: FileHandle; position: number; rest: string }[] = [];
  private reading: Promise<void> | undefined;

  follow(path: string): void {
    this.files.push({ path, position: 0, rest: '' });
  }

  /** Reads what was written since the last time. */
  async read(): Promise<this> {
    this.reading ??= this.readAll().finally(() => (this.reading = undefined));
    await this.reading;
    return this;
  }

  async close(): Promise<void> {
    for (const { handle } of this.files) await handle?.close();
  }

  /** Deliveries that were promised. */
  get promised(): Entry[] {
    return [...this.entries.values()].filter(({ promisedAt }) => promisedAt !== undefined);
  }

  /** Promised, and neither delivered nor through with all its attempts. */
  get inFlight(): Entry[] {
    return this.promised.filter(({ deliveredAt, givenUpAt }) => deliveredAt === undefined && givenUpAt === undefined);
  }

  private async readAll(): Promise<void> {
    for (const file of this.files) {
      file.handle ??= await open(file.path, 'a+');
      const chunk = Buffer.alloc(1_048_576);
      for (;;) {
        const { bytesRead } = await file.handle.read(chunk, 0, chunk.length, file.position);
        if (bytesRead === 0) break;
        file.position += bytesRead;
        const lines = (file.rest + chunk.toString('latin1', 0, bytesRead)).split('\n');
        file.rest = lines.pop() ?? '';
        for (const line of lines) this.take(JSON.parse(line) as EmitterLine | ReceiverLine);
      }
    }
  }

  private take(line: EmitterLine | ReceiverLine): void {
    if (line.kind === 'refused') {
      this.refusals.push(line);
      return;
    }
    if (line.kind === 'promised') {
      for (const id of line.ids) this.entry(id).promisedAt ??= line.at;
      this.emits.push({ at: line.at, tookMs: line.tookMs, entries: line.ids.length });
      return;
    }
    const entry = this.entry(line.id);
    if (line.kind === 'arrived') {
      const { at, attempt, path } = line;
      entry.arrivals.push({ at, attempt, path });
      if (attempt >= LAST_ATTEMPT && HOSTILE_PATHS.includes(path)) entry.givenUpAt ??= at;
    } else if (line.kind === 'cut') this.cut += 1;
    else if (line.status < 300) entry.deliveredAt ??= line.at;
    else if (line.attempt >= LAST_ATTEMPT) entry.givenUpAt ??= line.at;
  }

  private entry(id: string): Entry {
    const entry = this.entries.get(id) ?? { id, arrivals: [] };
    this.entries.set(id, entry);
    return entry;
  }
}

/** How often an attempt arrived that had arrived before, and attempts after a success that was answered in full. */
export function repeatsOf({ arrivals, deliveredAt }: Entry): number {
  const repeated = arrivals.length - new Set(arrivals.map(({ attempt }) => attempt)).size;
  const unneeded = arrivals.filter(({ at }) => deliveredAt !== undefined && at > deliveredAt).length;
  return Math.max(repeated, unneeded);
}
