import { ConfigError } from '../config/config.error';
import { DataDirInUseError } from '../database/data-dir-lock';
import { isDatabaseUnavailable } from '../database/database-errors';
import { EmbeddedPostgresError } from '../database/embedded-postgres';
import { MigrationError } from '../database/migrator';
import { DatabaseConnectionError } from '../database/wait-for-database';
import { describeFailure } from '../service/startup-error';
import { WebhooksError } from '../webhooks/webhooks.errors';
import { EXIT } from './exit-codes';

/** How a failed command ends. */
export interface Failure {
  exitCode: number;
  /** For people. */
  message: string;
  /** For programs, and stable: that of the REST API where it has one. */
  code: string;
  /** Whether a person was told already. */
  isTold?: boolean;
}

/** What to say of an error of a command that was called rightly, and with what exit code. */
export function explainFailure(error: unknown): Failure {
  if (error instanceof WebhooksError) return { exitCode: EXIT.failed, message: explain(error), code: error.code };
  if (isDatabaseUnavailable(error)) {
    const message = 'The database does not answer. Is it running? DATABASE_URL says where it is.';
    return { exitCode: EXIT.unavailable, message, code: 'database_unavailable' };
  }
  const isUnavailable = error instanceof DatabaseConnectionError || error instanceof DataDirInUseError;
  const exitCode = isUnavailable ? EXIT.unavailable : EXIT.failed;
  const code = isUnavailable ? 'database_unavailable' : codeOf(error);
  return { exitCode, message: describeFailure(error), code };
}

function codeOf(error: unknown): string {
  if (error instanceof ConfigError) return 'settings_invalid';
  const hasCode = error instanceof MigrationError || error instanceof EmbeddedPostgresError;
  return hasCode ? error.code : 'internal_error';
}

/** The error's own sentence, and the command that helps. */
function explain({ code, message }: WebhooksError): string {
  const [, thing] = code === 'not_found' ? (/^There is no (.+) with this/.exec(message) ?? []) : [];
  const list = thing === undefined ? undefined : LISTS[thing];
  if (list !== undefined) return `${message} "${list}" shows which there are.`;
  const hint = code === 'url_not_allowed' ? urlHint(message) : HINTS[code];
  return hint === undefined ? message : `${message.replace(/[^.?!]$/, '$&.')} ${hint}`;
}

/** The setting that could allow a URL; of what is no URL, none can. */
function urlHint(message: string): string | undefined {
  if (message.endsWith(' not allowed')) return 'WEBHOOK_ALLOWED_CIDRS says which addresses are, beside public ones.';
  return message.endsWith('only https URLs are allowed') ? 'WEBHOOK_ALLOW_HTTP says whether http is.' : undefined;
}

const LISTS: Readonly<Record<string, string>> = {
  customer: 'customer list',
  'API key': 'key list',
  'webhook endpoint': 'endpoint list',
  'webhook event': 'event list',
};

const HINTS: Readonly<Record<string, string>> = {
  delivery_pending: '"event show" says what it waits for.',
  too_many_api_keys: '"key delete" makes room.',
  too_many_endpoints: '"endpoint delete" makes room.',
};
