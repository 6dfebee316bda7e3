import { PROBLEM_MEDIA_TYPE, titleOf } from '../http/problem';
import { problemHeadersOf, type AnswerTraits } from './answer-headers';
import { codeOf, type ProblemName } from './problem-codes';
import { PROBLEM } from './problem-schema';

/** Refused where the body is read, or where it is asked who calls. */
const BEFORE_THE_HANDLER = [401, 413, 415, 429];

const answers = new Map<string, object>();

/** The answer with one of these errors, all of the same status: one for all routes that have the same. */
export function problemAnswer(
  status: number,
  problems: readonly ProblemName[],
  ofRoute: AnswerTraits,
): { $ref: string } {
  const codes = [...new Set(problems.map(codeOf))].sort();
  const traits = traitsOf(status, ofRoute);
  const name = [status, ...codes, ...marksOf(status, traits)].join('.');
  const own = { type: 'object', properties: { status: { const: status }, code: { type: 'string', enum: codes } } };
  const examples = [...problems].sort().map((problem) => [problem, { $ref: `#/components/examples/${problem}` }]);
  answers.set(name, {
    description: `${titleOf(status)}: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    headers: problemHeadersOf(status, traits),
    content: {
      [PROBLEM_MEDIA_TYPE]: { schema: { allOf: [PROBLEM, own] }, examples: Object.fromEntries(examples) as object },
    },
  });
  return { $ref: `#/components/responses/${name}` };
}

/** Who is not known has no limit, and a route's own headers are those of its handler. */
const traitsOf = (status: number, { isRateLimited, isSecret }: AnswerTraits): AnswerTraits => ({
  isRateLimited: isRateLimited && status !== 401,
  isSecret: isSecret && !BEFORE_THE_HANDLER.includes(status),
});

/** How answers with the same codes but other headers are told apart. */
const marksOf = (status: number, { isRateLimited, isSecret }: AnswerTraits): string[] => [
  ...(isRateLimited || status === 401 ? [] : ['unlimited']),
  ...(isSecret ? ['no-store'] : []),
];

/** Every {@link problemAnswer}, by name. */
export const problemAnswers = (): Readonly<Record<string, object>> => Object.fromEntries(answers);
