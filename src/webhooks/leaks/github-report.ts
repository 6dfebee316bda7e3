import { createHash } from 'node:crypto';
import { isPlainText } from '../http/plain-text';
import { invalidField, WebhooksError } from '../webhooks.errors';

/** The most findings in one report. */
const MAX_FINDINGS = 10_000;
const MAX_URL = 2_048;

/** Something that looks like a key, and where GitHub found it. */
export interface Finding {
  token: string;
  type: string;
  url: string | undefined;
}

/** What GitHub is told of a finding, as its secret-scanning partner program has it. */
export interface Feedback {
  /** SHA-256 of the token, in hexadecimal. */
  token_hash: string;
  token_type: string;
  label: 'true_positive' | 'false_positive';
}

/**
 * Reads a report: a JSON array of `{ token, type, url, source }`.
 * @throws WebhooksError `invalid_report`, `too_many_findings`
 */
export function readReport(body: Buffer): Finding[] {
  let report: unknown;
  try {
    report = JSON.parse(body.toString('utf8'));
  } catch {
    // It is told below.
  }
  if (!Array.isArray(report)) throw new WebhooksError('invalid', 'invalid_report', 'The body must be a JSON array.');
  if (report.length > MAX_FINDINGS) {
    throw new WebhooksError('too-large', 'too_many_findings', `Send at most ${MAX_FINDINGS} findings at once.`);
  }
  return report.map((entry: unknown, index) => readFinding(entry, `[${index}]`));
}

function readFinding(entry: unknown, field: string): Finding {
  const { token, type, url } = (entry ?? {}) as Record<string, unknown>;
  if (typeof token !== 'string') throw invalidField('invalid_report', `${field}.token`, 'must be a text');
  if (typeof type !== 'string') throw invalidField('invalid_report', `${field}.type`, 'must be a text');
  // Where it was found is good to know, but a strange URL must not save a leaked key.
  return { token, type, url: isPlainText(url, MAX_URL) ? (url as string) : undefined };
}

/** What GitHub is told of a finding. */
export const feedbackOn = ({ token, type }: Finding, isKey: boolean): Feedback => ({
  token_hash: createHash('sha256').update(token).digest('hex'),
  token_type: type,
  label: isKey ? 'true_positive' : 'false_positive',
});
