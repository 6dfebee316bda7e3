import type { IncomingHttpHeaders } from 'node:http';
import { StringDecoder } from 'node:string_decoder';

/** How much of an answer is read and kept, in bytes. */
export interface ExcerptLimits {
  /** After this many the connection is closed instead of read further. */
  maxResponseBytes: number;
  /** At most this many are kept. */
  excerptBytes: number;
}

const COMPRESSIONS = new Set(['gzip', 'x-gzip', 'deflate', 'compress', 'x-compress', 'br', 'zstd']);

/**
 * Takes in a body and keeps its start for the attempt log. Nothing is decompressed: a compressed body becomes a note
 * like `[gzip, 1234 bytes read]`. Whatever arrived, whole or not, is the excerpt.
 */
export class ExcerptReader {
  readonly #kept: Buffer[] = [];
  #bytesRead = 0;

  constructor(
    private readonly headers: IncomingHttpHeaders,
    private readonly limits: ExcerptLimits,
  ) {}

  /** @returns false when it has seen enough: the connection is to be closed then, rather than read to the end */
  push(chunk: Buffer): boolean {
    const room = this.limits.excerptBytes - this.#bytesRead;
    if (room > 0) this.#kept.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    this.#bytesRead += chunk.length;
    return this.#bytesRead <= this.limits.maxResponseBytes;
  }

  /** What arrived, as text that PostgreSQL stores as it is (no NUL, no lone surrogate), at most `excerptBytes` long. */
  text(): string {
    const encoding = this.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    if (this.#bytesRead > 0 && encoding !== 'identity' && encoding !== '') {
      return `[${COMPRESSIONS.has(encoding) ? encoding : 'encoded'}, ${this.#bytesRead} bytes read]`;
    }
    return toStorableText(this.#kept, this.#bytesRead <= this.limits.excerptBytes);
  }
}

/** Invalid UTF-8 and NUL become U+FFFD. A character that the limit cuts in two is left out. */
function toStorableText(chunks: readonly Buffer[], isWhole: boolean): string {
  const decoder = new StringDecoder('utf8');
  const text = chunks.map((chunk) => decoder.write(chunk)).join('');
  return (isWhole ? text + decoder.end() : text).replaceAll('\0', '\uFFFD');
}
