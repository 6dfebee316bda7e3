import { isTime } from '../http/validators';
import { isPlainText } from '../http/plain-text';
import { digestOf, looksLikeApiKey, prefixOf, previewOf } from '../api-keys/api-key';
import { isLabels, LABELS_RULE } from '../api-keys/labels';
import { isPermission, MAX_PERMISSIONS } from '../api-keys/permissions';
import { isWeak } from './key-strength';
import { RejectedRow, type ImportColumn, type ImportRow, type RowValues } from './key-import.types';

const MAX_TEXT = 255;
/** So short that it cannot be a key. */
const MAX_PREVIEW = 24;
const TEXT_RULE = `must be a text of 1 to ${MAX_TEXT} characters, without control characters`;
const TIME_RULE = 'must be an ISO 8601 time with its zone, such as 2026-01-31T12:00:00Z';

const HASHES = [
  { name: 'sha256-hex', encoding: 'hex', form: /^[0-9a-f]{64}$/i, says: '64 hexadecimal digits' },
  { name: 'sha256-base64', encoding: 'base64', form: /^[A-Za-z0-9+/]{43}=?$/, says: '43 characters of base64, and =' },
  {
    name: 'sha256-base64url',
    encoding: 'base64url',
    form: /^[A-Za-z0-9_-]{43}=?$/,
    says: '43 characters of base64url',
  },
] as const;

/** What is known about keys and permissions where rows are read. */
export interface RowRules {
  importedPrefixes: readonly string[];
  /** Why a permission cannot be granted; null when it can. */
  refusalOf: (permission: string) => string | null;
}

/**
 * What a row says.
 * @throws RejectedRow with the column and what is wrong with it; never with what is in it, which may be a key
 */
export function readRow(line: number, values: RowValues, rules: RowRules): ImportRow {
  const get = (column: ImportColumn): string => values[column] ?? '';
  return {
    line,
    customerId: text('customerId', get('customerId')),
    userId: get('userId') === '' ? null : text('userId', get('userId')),
    name: text('name', get('name')),
    ...readKey(get, rules.importedPrefixes),
    permissions: readPermissions(get('permissions'), rules.refusalOf),
    labels: readLabels(get('labels')),
    expiresAt: readTime('expiresAt', get('expiresAt')),
    isActive: readFlag('isActive', get('isActive')),
    createdAt: readPast('createdAt', get('createdAt')),
  };
}

function text(column: ImportColumn, value: string): string {
  if (!isPlainText(value, MAX_TEXT)) throw new RejectedRow(column, TEXT_RULE);
  return value;
}

function readKey(
  get: (column: ImportColumn) => string,
  importedPrefixes: readonly string[],
): { digest: string; preview: string | null } {
  const [key, hash] = [get('key'), get('hash')];
  if (key !== '' && hash !== '') throw new RejectedRow('hash', 'must be empty when there is a key');
  if (hash !== '') return { digest: readHash(hash, get('hashFormat')), preview: readPreview(get('preview')) };
  if (key === '') throw new RejectedRow('key', 'must be there, or a hash');
  assertKey(key, importedPrefixes);
  return { digest: digestOf(key), preview: previewOf(key, importedPrefixes) };
}

function assertKey(key: string, importedPrefixes: readonly string[]): void {
  const prefix = prefixOf(key, importedPrefixes);
  if (prefix === undefined) {
    throw new RejectedRow('key', 'begins neither as our own keys do nor with one of API_KEY_IMPORTED_PREFIXES');
  }
  if (!looksLikeApiKey(key, importedPrefixes)) {
    const rule = importedPrefixes.includes(prefix)
      ? 'must have 20 to 200 letters, digits and . _ ~ + / = - after its prefix'
      : 'has not the form of our own keys (docs/api-key-format.md)';
    throw new RejectedRow('key', rule);
  }
  if (isWeak(key.slice(prefix.length))) throw new RejectedRow('key', 'can be guessed: it is too short or too regular');
}

function readHash(hash: string, format: string): string {
  const known = HASHES.find(({ name }) => name === (format === '' ? 'sha256-hex' : format));
  if (known === undefined) {
    throw new RejectedRow('hashFormat', `must be one of ${HASHES.map(({ name }) => name).join(', ')}`);
  }
  if (!known.form.test(hash)) throw new RejectedRow('hash', `must be ${known.says}`);
  return Buffer.from(hash, known.encoding).toString('hex');
}

function readPreview(preview: string): string | null {
  if (preview === '') return null;
  if (!isPlainText(preview, MAX_PREVIEW)) {
    throw new RejectedRow('preview', `must be a text of at most ${MAX_PREVIEW} characters: never the whole key`);
  }
  return preview;
}

function readPermissions(value: string, refusalOf: RowRules['refusalOf']): string[] {
  const permissions = [...new Set(value.split(/[\s;]+/).filter(Boolean))];
  if (permissions.length > MAX_PERMISSIONS) {
    throw new RejectedRow('permissions', `must hold at most ${MAX_PERMISSIONS} permissions`);
  }
  for (const permission of permissions) {
    if (!isPermission(permission)) {
      throw new RejectedRow('permissions', 'each must be "*", "resource:*" or "resource:action" of a-z, 0-9, _ and -');
    }
    const refusal = refusalOf(permission);
    if (refusal !== null) throw new RejectedRow('permissions', refusal);
  }
  return permissions;
}

function readLabels(value: string): Record<string, string> {
  if (value === '') return {};
  let labels: unknown;
  try {
    labels = JSON.parse(value);
  } catch {
    throw new RejectedRow('labels', 'must be JSON');
  }
  if (!isLabels(labels)) throw new RejectedRow('labels', LABELS_RULE);
  return labels;
}

function readTime(column: ImportColumn, value: string): Date | null {
  if (value === '') return null;
  if (!isTime(value)) throw new RejectedRow(column, TIME_RULE);
  return new Date(value);
}

function readPast(column: ImportColumn, value: string): Date | null {
  const time = readTime(column, value);
  if (time !== null && time.getTime() > Date.now()) throw new RejectedRow(column, 'must be in the past');
  return time;
}

function readFlag(column: ImportColumn, value: string): boolean {
  if (value === '' || value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new RejectedRow(column, 'must be true or false');
}
