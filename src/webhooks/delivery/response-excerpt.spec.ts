import fc from 'fast-check';
import { ExcerptReader } from './response-excerpt';

const limits = { maxResponseBytes: 64, excerptBytes: 16 };

/** What is kept of a body that comes in these chunks. */
function excerpt(chunks: readonly Uint8Array[], excerptBytes: number, contentEncoding?: string): string {
  const reader = new ExcerptReader({ 'content-encoding': contentEncoding }, { ...limits, excerptBytes });
  chunks.every((chunk) => reader.push(Buffer.from(chunk)));
  return reader.text();
}

const read = (body: string | Uint8Array, excerptBytes = 16, contentEncoding?: string) =>
  excerpt([Buffer.from(body)], excerptBytes, contentEncoding);

describe('ExcerptReader', () => {
  it('keeps the start of the body as text', () => {
    expect(read('')).toBe('');
    expect(read('ok')).toBe('ok');
    expect(read('0123456789abcdefXYZ')).toBe('0123456789abcdef');
  });

  it('[webhook 25] replaces NUL and invalid UTF-8', () => {
    expect(read('a\0b')).toBe('a\uFFFDb');
    expect(read(Uint8Array.of(0x61, 0xff, 0xc3))).toBe('a\uFFFD\uFFFD');
    expect(read(Uint8Array.of(0xed, 0xa0, 0x80))).not.toMatch(/\p{Surrogate}/u);
  });

  it('[webhook 25] cuts between characters', () => {
    expect(read('ab😀', 5)).toBe('ab');
    expect(read('ab😀', 6)).toBe('ab😀');
  });

  it('[webhook 25] gives storable text of bounded length for any bytes in any chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 6 }), (chunks) => {
        const text = excerpt(chunks, 32);
        expect(text).not.toMatch(/\0|\p{Surrogate}/u);
        expect(text.length).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('[webhook 24] never decompresses', () => {
    expect(read('12345', 16, 'gzip')).toBe('[gzip, 5 bytes read]');
    expect(read('12345', 16, ' BR ')).toBe('[br, 5 bytes read]');
    expect(read('12345', 16, 'gzip, gzip, \u00ff')).toBe('[encoded, 5 bytes read]');
    expect(read('12345', 16, 'identity')).toBe('12345');
    expect(read('12345', 16, '')).toBe('12345');
    expect(read('', 16, 'gzip')).toBe('');
  });

  it('[webhook 23] has seen enough when the body is longer than the cap', () => {
    const reader = new ExcerptReader({}, { maxResponseBytes: 64, excerptBytes: 8 });
    const chunk = Buffer.alloc(16, 'x');
    expect([1, 2, 3, 4, 5].map(() => reader.push(chunk))).toEqual([true, true, true, true, false]);
    expect(reader.text()).toBe('xxxxxxxx');
  });

  it('[webhook 23] takes a body within the cap to its end, so that the connection stays usable', () => {
    const reader = new ExcerptReader({}, { maxResponseBytes: 64, excerptBytes: 8 });
    expect(reader.push(Buffer.alloc(64, 'x'))).toBe(true);
    expect(reader.text()).toBe('xxxxxxxx');
  });

  it('[webhook 27] gives what has arrived, whether or not more was to come', () => {
    const reader = new ExcerptReader({ 'content-length': '100' }, { maxResponseBytes: 64, excerptBytes: 64 });
    expect(reader.text()).toBe('');
    reader.push(Buffer.from('before'));
    expect(reader.text()).toBe('before');
  });
});
