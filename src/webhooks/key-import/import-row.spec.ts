import { createHash } from 'node:crypto';
import { digestOf, generateApiKey } from '../api-keys/api-key';
import { readRow, type RowRules } from './import-row';
import { RejectedRow, type RowValues } from './key-import.types';

const rules: RowRules = {
  importedPrefixes: ['acme_live_'],
  refusalOf: (permission) => (permission === 'mesages:send' ? 'mesages:send is not known' : null),
};
const FOREIGN = 'acme_live_x8Kq2Lm9Zr4TfW1pVb7N';
const row = { customerId: 'acme', name: 'Production', key: FOREIGN };
const read = (values: RowValues) => readRow(7, values, rules);
const refusal = (values: RowValues): RejectedRow => {
  try {
    read(values);
  } catch (error) {
    if (error instanceof RejectedRow) return error;
  }
  throw new Error('The row was taken.');
};

it('a row with what is needed', () => {
  expect(read(row)).toEqual({
    line: 7,
    customerId: 'acme',
    userId: null,
    name: 'Production',
    digest: digestOf(FOREIGN),
    preview: 'acme_live_…Vb7N',
    permissions: [],
    labels: {},
    expiresAt: null,
    isActive: true,
    createdAt: null,
  });
});

it('a row with everything', () => {
  const values = {
    ...row,
    userId: 'user',
    permissions: 'messages:send;messages:read chatbots:*  messages:send',
    labels: '{"env":"prod"}',
    expiresAt: '2030-01-01T00:00:00+02:00',
    isActive: 'false',
    createdAt: '2020-01-31',
  };
  expect(read(values)).toMatchObject({
    userId: 'user',
    permissions: ['messages:send', 'messages:read', 'chatbots:*'],
    labels: { env: 'prod' },
    expiresAt: new Date('2029-12-31T22:00:00Z'),
    isActive: false,
    createdAt: new Date('2020-01-31T00:00:00Z'),
  });
});

it.each([false, true])('our own keys (checksum: %s)', (checksum) => {
  const key = generateApiKey({ checksum });
  expect(read({ ...row, key }).digest).toBe(digestOf(key));
});

it.each(['hex', 'base64', 'base64url'] as const)('a hash in %s', (encoding) => {
  const hash = createHash('sha256').update(FOREIGN).digest(encoding);
  const values = { customerId: 'acme', name: 'n', hash, hashFormat: `sha256-${encoding}`, preview: '…Vb7N' };
  expect(read(values)).toMatchObject({ digest: digestOf(FOREIGN), preview: '…Vb7N' });
  expect(read({ ...values, preview: '', hash: hash.replace(/=$/, '') })).toMatchObject({ preview: null });
});

it('a hash is hexadecimal unless the row says otherwise, in any case', () => {
  const hash = digestOf(FOREIGN).toUpperCase();
  expect(read({ customerId: 'acme', name: 'n', hash }).digest).toBe(digestOf(FOREIGN));
});

it.each<[string, RowValues]>([
  ['customerId', { ...row, customerId: '' }],
  ['customerId', { ...row, customerId: 'x'.repeat(256) }],
  ['customerId', { ...row, customerId: 'a\u0000' }],
  ['userId', { ...row, userId: '\u0007' }],
  ['name', { ...row, name: ' ' }],
  ['key', { ...row, key: '' }],
  ['key', { customerId: 'acme', name: 'n' }],
  ['key', { ...row, key: FOREIGN.replace('live', 'test') }],
  ['key', { ...row, key: `${FOREIGN} ` }],
  ['key', { ...row, key: 'acme_live_short' }],
  ['key', { ...row, key: `acme_live_${'a'.repeat(40)}` }],
  ['key', { ...row, key: 'acme_live_12345678901234567890' }],
  ['key', { ...row, key: `sk_${'A'.repeat(43)}` }],
  ['key', { ...row, key: generateApiKey({ checksum: true }).slice(0, -6) + '000000' }],
  ['hash', { ...row, hash: digestOf('x') }],
  ['hash', { ...row, key: '', hash: 'abc' }],
  ['hash', { ...row, key: '', hash: digestOf('x'), hashFormat: 'sha256-base64' }],
  ['hashFormat', { ...row, key: '', hash: digestOf('x'), hashFormat: 'md5' }],
  ['hashFormat', { ...row, key: '', hash: digestOf('x'), hashFormat: '__proto__' }],
  ['preview', { ...row, key: '', hash: digestOf('x'), preview: FOREIGN }],
  ['permissions', { ...row, permissions: 'messages' }],
  ['permissions', { ...row, permissions: 'messages:send,messages:read' }],
  ['permissions', { ...row, permissions: 'mesages:send' }],
  ['permissions', { ...row, permissions: Array.from({ length: 101 }, (_, n) => `a:b${n}`).join(' ') }],
  ['labels', { ...row, labels: '{' }],
  ['labels', { ...row, labels: '[]' }],
  ['labels', { ...row, labels: '{"env":1}' }],
  ['labels', { ...row, labels: '{"ENV":"a"}' }],
  ['expiresAt', { ...row, expiresAt: 'tomorrow' }],
  ['expiresAt', { ...row, expiresAt: '2030-02-30' }],
  ['isActive', { ...row, isActive: 'yes' }],
  ['createdAt', { ...row, createdAt: '2999-01-01' }],
])('%s that is not right, and none of it in the reason: %j', (column, values) => {
  const { column: told, reason } = refusal(values);
  expect(told).toBe(column);
  for (const secret of [values.key, values.hash]) {
    if (secret !== undefined && secret.length > 8) expect(reason).not.toContain(secret.trim());
  }
});
