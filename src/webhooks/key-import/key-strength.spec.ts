import { randomBytes, randomUUID } from 'node:crypto';
import { isWeak } from './key-strength';

it.each([
  ['empty', ''],
  ['one character', 'a'.repeat(64)],
  ['two characters', 'ab'.repeat(32)],
  ['digits in a row', '12345678901234567890'],
  ['the alphabet', 'abcdefghijklmnopqrstuvwxyz'],
  ['the alphabet backwards', 'zyxwvutsrqponmlkjihgfedcba'],
  ['a word again and again', 'correcthorse-correcthorse-correcthorse-'],
  ['a random text again and again', 'x8Kq2Lm9Zr'.repeat(3)],
  ['a short random text', 'x8Kq2Lm9Zr4T'],
])('%s is weak', (_name, secret) => expect(isWeak(secret)).toBe(true));

it.each([
  ['our own', () => randomBytes(32).toString('base64url')],
  ['32 hexadecimal digits', () => randomBytes(16).toString('hex')],
  ['20 letters and digits', () => randomBytes(40).toString('base64').replace(/[+/=]/g, '').slice(0, 20)],
  ['a UUID', () => randomUUID()],
  ['40 hexadecimal digits', () => randomBytes(20).toString('hex')],
])('%s drawn at random is not weak', (_name, make) => {
  for (let round = 0; round < 2_000; round += 1) expect(isWeak(make())).toBe(false);
});
