import { ConfigError } from '../config/config.error';
import { MigrationError } from '../database/migrator';
import { DatabaseConnectionError } from '../database/wait-for-database';
import { checkUrl, compileUrlPolicy } from '../webhooks/endpoints/url-policy';
import { invalidField, WebhooksError } from '../webhooks/webhooks.errors';
import { explainFailure } from './explain-failure';

/** What is said of a URL that is refused, in the words of the policy itself. */
function explainUrl(url: string, allowHttp = false): string {
  const checked = checkUrl(compileUrlPolicy({ allowHttp, allowedCidrs: [] }), url);
  if (checked.ok) throw new Error(`${url} is allowed`);
  return explainFailure(invalidField('url_not_allowed', 'url', checked.reason)).message;
}

it.each([
  ['https://10.0.0.1/hook', /^url: address 10\.0\.0\.1 is not allowed\. WEBHOOK_ALLOWED_CIDRS says which /],
  [
    'https://printer.local/',
    /^url: "printer\.local" is a name of .+, which is not allowed\. WEBHOOK_ALLOWED_CIDRS says/,
  ],
  ['http://example.com/', /^url: only https URLs are allowed\. WEBHOOK_ALLOW_HTTP says whether http is\.$/],
])('of the URL %s, it says which setting could allow it', (url, message) => {
  expect(explainUrl(url)).toMatch(message);
});

it.each(['notaurl', 'https://user:password@example.com/', 'https://example.com/#part', 'https://example.com:0/'])(
  'of %s, no setting is named',
  (url) => expect(explainUrl(url)).not.toContain('WEBHOOK_'),
);

it('names no setting where what it would allow is allowed', () => {
  expect(explainUrl('ftp://example.com/', true)).toBe('url: only https and http URLs are allowed');
});

it('a sentence that ends is not ended again', () => {
  const { message } = explainFailure(new WebhooksError('conflict', 'delivery_pending', 'It waits already.'));
  expect(message).toBe('It waits already. "event show" says what it waits for.');
});

it.each([
  ['a wrong setting', new ConfigError([{ setting: 'PORT', message: 'must be a number' }]), 1, 'settings_invalid'],
  ['a failed migration', new MigrationError('x'), 1, 'migration_failed'],
  ['a database that is away', new DatabaseConnectionError('connection-refused', 'x'), 4, 'database_unavailable'],
  ['what nobody expected', new Error('unexpected'), 1, 'internal_error'],
  ['a thrown text', 'text', 1, 'internal_error'],
])('%s has its exit code and its code', (_what, error, exitCode, code) => {
  expect(explainFailure(error)).toMatchObject({ exitCode, code, message: expect.stringMatching(/\S/) as string });
});
