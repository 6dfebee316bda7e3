import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { readExcerpt } from './response-excerpt';

/** A stream with the one property of an answer that is read. */
function answer(chunks: readonly Uint8Array[], contentEncoding?: string): IncomingMessage {
  const stream = Object.assign(new PassThrough(), { headers: { 'content-encoding': contentEncoding } });
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  return stream as unknown as IncomingMessage;
}

const read = (body: string | Uint8Array, excerptBytes = 16, contentEncoding?: string) =>
  readExcerpt(answer([Buffer.from(body)], contentEncoding), { maxResponseBytes: 64, excerptBytes });

describe('readExcerpt', () => {
  it('keeps the start of the body as text', async () => {
    expect(await read('')).toBe('');
    expect(await read('ok')).toBe('ok');
    expect(await read('0123456789abcdefXYZ')).toBe('0123456789abcdef');
  });

  it('[webhook 25] replaces NUL and invalid UTF-8', async () => {
    expect(await read('a\0b')).toBe('a\uFFFDb');
    expect(await read(Uint8Array.of(0x61, 0xff, 0xc3))).toBe('a\uFFFD\uFFFD');
    expect(await read(Uint8Array.of(0xed, 0xa0, 0x80))).not.toMatch(/\p{Surrogate}/u);
  });

  it('[webhook 25] cuts between characters', async () => {
    expect(await read('ab😀', 5)).toBe('ab');
    expect(await read('ab😀', 6)).toBe('ab😀');
  });

  it('[webhook 25] gives storable text of bounded length for any bytes in any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 6 }), async (chunks) => {
        const text = await readExcerpt(answer(chunks), { maxResponseBytes: 64, excerptBytes: 32 });
        expect(text).not.toMatch(/\0|\p{Surrogate}/u);
        expect(text.length).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('[webhook 24] never decompresses', async () => {
    expect(await read('12345', 16, 'gzip')).toBe('[gzip, 5 bytes read]');
    expect(await read('12345', 16, ' BR ')).toBe('[br, 5 bytes read]');
    expect(await read('12345', 16, 'gzip, gzip, \u00ff')).toBe('[encoded, 5 bytes read]');
    expect(await read('12345', 16, 'identity')).toBe('12345');
    expect(await read('12345', 16, '')).toBe('12345');
    expect(await read('', 16, 'gzip')).toBe('');
  });

  it('[webhook 23] destroys what is longer than the cap', async () => {
    const endless = Object.assign(new PassThrough(), { headers: {} });
    const text = readExcerpt(endless as unknown as IncomingMessage, { maxResponseBytes: 64, excerptBytes: 8 });
    for (let written = 0; written < 5; written += 1) endless.write(Buffer.alloc(16, 'x'));
    expect(await text).toBe('xxxxxxxx');
    expect(endless.destroyed).toBe(true);
  });

  it('[webhook 23] reads a body within the cap to its end, so that the connection stays usable', async () => {
    const short = answer([Buffer.alloc(64, 'x')]);
    expect(await readExcerpt(short, { maxResponseBytes: 64, excerptBytes: 8 })).toBe('xxxxxxxx');
    expect(short.readableEnded).toBe(true);
  });

  it('[webhook 27] gives what arrived before an error', async () => {
    const stream = Object.assign(new PassThrough(), { headers: {} });
    const text = readExcerpt(stream as unknown as IncomingMessage, { maxResponseBytes: 64, excerptBytes: 64 });
    stream.write('before');
    setImmediate(() => stream.destroy(new Error('reset')));
    expect(await text).toBe('before');
    expect(await readExcerpt(stream as unknown as IncomingMessage, { maxResponseBytes: 64, excerptBytes: 64 })).toBe(
      '',
    );
  });
});
