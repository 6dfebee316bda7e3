import { PROBLEM_MEDIA_TYPE, titleOf } from '../http/problem';
import { headersOf } from './answer-headers';
import { codeOf, type ProblemName } from './problem-codes';
import { PROBLEM } from './problem-schema';

const answers = new Map<string, object>();

/** The answer with one of these errors, all of the same status: one for all routes that have the same. */
export function problemAnswer(status: number, problems: readonly ProblemName[]): { $ref: string } {
  const codes = [...new Set(problems.map(codeOf))].sort();
  const name = [status, ...codes].join('.');
  const own = { type: 'object', properties: { status: { const: status }, code: { type: 'string', enum: codes } } };
  const examples = [...problems].sort().map((problem) => [problem, { $ref: `#/components/examples/${problem}` }]);
  answers.set(name, {
    description: `${titleOf(status)}: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    headers: headersOf(status, { isRateLimited: status === 429 }),
    content: {
      [PROBLEM_MEDIA_TYPE]: { schema: { allOf: [PROBLEM, own] }, examples: Object.fromEntries(examples) as object },
    },
  });
  return { $ref: `#/components/responses/${name}` };
}

/** Every {@link problemAnswer}, by name. */
export const problemAnswers = (): Readonly<Record<string, object>> => Object.fromEntries(answers);
