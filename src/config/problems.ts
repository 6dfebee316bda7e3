import type { ConfigProblem } from './config.error';
import type { SettingNotes } from './setting';
import { settings, type SettingName } from './settings';

/** The settings that are present: no empty strings. */
export type GivenSettings = Readonly<Partial<Record<SettingName, string>>>;

const longestQuote = 60;

/** Describes one refused value, quoting it only where it is no secret. */
export function refusedValue(setting: SettingName, reason: string, value: string): ConfigProblem {
  const notes: SettingNotes = settings[setting];
  const shown = value.length > longestQuote ? `${value.slice(0, longestQuote)}…` : value;
  const quote = notes.secret ? '' : `, not ${JSON.stringify(shown)}`;
  return { setting, message: `${reason}${quote}. ${notes.remedy ?? `Example: ${setting}=${notes.example}`}` };
}

/** What is wrong with the settings taken together, however right each of them is. */
export function combinationProblems(given: GivenSettings): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (given.DATABASE_DIRECT_URL && !given.DATABASE_URL) {
    problems.push({
      setting: 'DATABASE_DIRECT_URL',
      message: 'is set and DATABASE_URL is not. Set DATABASE_URL too: it is the connection that most queries use.',
    });
  }
  if (given.AUTH_JWT_SECRET && given.AUTH_JWKS_URL) {
    problems.push({
      setting: 'AUTH_JWT_SECRET',
      message: 'and AUTH_JWKS_URL are both set. Keep the one that the platform’s tokens are signed with.',
    });
  }
  return given.NODE_ENV === 'production' ? [...problems, ...productionProblems(given)] : problems;
}

function productionProblems(given: GivenSettings): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (!given.DATABASE_URL) {
    problems.push({
      setting: 'DATABASE_URL',
      message:
        'must be set when NODE_ENV=production: the embedded database is for development.' +
        ` Example: DATABASE_URL=${settings.DATABASE_URL.example}`,
    });
  }
  if (!given.SECRETS_KEY) {
    problems.push({
      setting: 'SECRETS_KEY',
      message: 'must be set when NODE_ENV=production. Make one with: openssl rand -base64 32, and keep it safe.',
    });
  }
  if (['true', '1'].includes(given.QUEUE_BOARD ?? '') && !given.OPERATOR_TOKEN) {
    problems.push({
      setting: 'OPERATOR_TOKEN',
      message: 'must be set for QUEUE_BOARD=true: it is the board’s password. Make one with: openssl rand -base64 32',
    });
  }
  if (given.AUTH_JWKS_URL?.startsWith('http:')) {
    problems.push({
      setting: 'AUTH_JWKS_URL',
      message: 'must start with https:// when NODE_ENV=production: whoever changes its answer can sign any token.',
    });
  }
  if (given.GITHUB_SECRET_SCANNING_KEYS_URL?.startsWith('http:')) {
    problems.push({
      setting: 'GITHUB_SECRET_SCANNING_KEYS_URL',
      message: 'must start with https:// when NODE_ENV=production: whoever changes its answer can revoke any key.',
    });
  }
  return problems;
}
