import type { Problem } from '../http/problem';
import type { FieldError } from '../webhooks.errors';
import { integer, list, maybe, model, shape, text } from './schema';

/** An error body: RFC 9457. */
export const PROBLEM = model<Problem>('Problem', 'An error, as RFC 9457 describes it.', {
  type: { type: 'string', const: 'about:blank' },
  title: text('The standard title of the status.', 'Bad Request'),
  status: integer('The HTTP status.', 400),
  code: text('What went wrong, for programs. It does not change.', 'invalid_request'),
  detail: text('What went wrong and what to do, for people.', 'name: must be a text of 1 to 255 characters'),
  errors: maybe(
    list(
      shape<FieldError>({
        field: text('Its path, parts joined by dots.', 'name'),
        message: text('What is expected; completes a sentence that begins with the field.', 'must be a text'),
      }),
      'The fields that are wrong.',
    ),
  ),
});
