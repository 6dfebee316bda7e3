import type { IncomingMessage } from 'node:http';
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
 * Reads the start of a body for the attempt log. Never rejects: whatever arrived before an error, the limit or the
 * destruction of the stream is the excerpt. A body within the limit is read to its end, so that its connection can be
 * used again. Nothing is decompressed: a compressed body becomes a note like `[gzip, 1234 bytes read]`.
 *
 * @returns text that PostgreSQL stores as it is (no NUL, no lone surrogate), at most `excerptBytes` characters long
 */
export function readExcerpt(response: IncomingMessage, limits: ExcerptLimits): Promise<string> {
  return new Promise((resolve) => {
    const kept: Buffer[] = [];
    let bytesRead = 0;
    let isFinished = false;
    const finish = () => {
      if (isFinished) return;
      isFinished = true;
      resolve(describe(response, kept, bytesRead, limits.excerptBytes));
    };
    response.on('data', (chunk: Buffer) => {
      const room = limits.excerptBytes - bytesRead;
      if (room > 0) kept.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
      bytesRead += chunk.length;
      if (bytesRead > limits.maxResponseBytes) response.destroy();
    });
    response.on('end', finish);
    response.on('error', finish);
    response.on('close', finish);
    // Destroyed before anybody listened: no event will come.
    if (response.destroyed) finish();
  });
}

function describe(response: IncomingMessage, kept: readonly Buffer[], bytesRead: number, limit: number): string {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (bytesRead > 0 && encoding !== 'identity' && encoding !== '') {
    return `[${COMPRESSIONS.has(encoding) ? encoding : 'encoded'}, ${bytesRead} bytes read]`;
  }
  return toStorableText(kept, bytesRead <= limit);
}

/** Invalid UTF-8 and NUL become U+FFFD. A character that the limit cuts in two is left out. */
function toStorableText(chunks: readonly Buffer[], isWhole: boolean): string {
  const decoder = new StringDecoder('utf8');
  const text = chunks.map((chunk) => decoder.write(chunk)).join('');
  return (isWhole ? text + decoder.end() : text).replaceAll('\0', '\uFFFD');
}
