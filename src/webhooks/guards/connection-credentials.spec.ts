import { inspect } from 'node:util';
import { digestOf } from '../api-keys/api-key';
import type { PresentedToken } from '../verification/presented-token';
import type { NodeRequest } from './client-address';
import { ConnectionCredentials } from './connection-credentials';

const KEY = `sk_${'a'.repeat(43)}`;
const ALMOST = `sk_${'a'.repeat(42)}b`;

describe('ConnectionCredentials', () => {
  const reader = new ConnectionCredentials();
  const socket = {};

  const request = (headers: Record<string, string>, connection = socket): NodeRequest =>
    ({ headers, rawHeaders: Object.entries(headers).flat(), socket: connection }) as never;
  const read = (headers: Record<string, string>, connection = socket): PresentedToken => {
    const credentials = reader.read(request(headers, connection));
    if (credentials.kind !== 'token') throw new Error(credentials.kind);
    return credentials.token;
  };

  it('knows the key that a connection presented last, and its digest', () => {
    const first = read({ 'x-api-key': KEY });
    expect(first.digest).toBe(digestOf(KEY));
    expect(read({ 'x-api-key': KEY })).toBe(first);
  });

  it.each([
    ['another key', { 'x-api-key': ALMOST }, ALMOST],
    ['a bearer token', { authorization: `Bearer ${ALMOST}` }, ALMOST],
    ['the same key in both headers', { 'x-api-key': KEY, authorization: `Bearer ${KEY}` }, KEY],
  ])('takes %s for what it is', (_, headers, text) => {
    read({ 'x-api-key': KEY });
    expect(read(headers)).toMatchObject({ text, digest: digestOf(text) });
    expect(read({ 'x-api-key': KEY }).text).toBe(KEY);
  });

  it('lets no request pass with what an earlier one presented', () => {
    read({ 'x-api-key': KEY });
    expect(reader.read(request({}))).toEqual({ kind: 'none' });
    read({ 'x-api-key': KEY });
    expect(reader.read(request({ authorization: 'Bearer' }))).toMatchObject({ kind: 'unusable' });
    const twice = { ...request({ 'x-api-key': `${KEY}, ${KEY}` }), rawHeaders: ['X-API-Key', KEY, 'X-API-Key', KEY] };
    expect(reader.read(twice)).toMatchObject({ kind: 'unusable' });
    const contradiction = { 'x-api-key': KEY, authorization: `Bearer ${ALMOST}` };
    expect(reader.read(request(contradiction))).toMatchObject({ kind: 'unusable' });
  });

  it('knows nothing of what another connection presented', () => {
    expect(read({ 'x-api-key': KEY }, {})).not.toBe(read({ 'x-api-key': KEY }));
  });

  it('[key 1] shows the key and its digest in no log and no JSON', () => {
    const token = read({ 'x-api-key': KEY });
    expect(token.digest).toBe(digestOf(KEY));
    for (const shown of [inspect(token, { showHidden: true, depth: null }), JSON.stringify(token)]) {
      expect(shown).not.toContain(KEY.slice(3));
      expect(shown).not.toContain(digestOf(KEY));
    }
  });
});
