import { choice, component, list, model, text, type Schema } from '../openapi/schema';
import type { Feedback } from './github-report';

/** The body of a report; it is not checked against a DTO, because its bytes are signed. */
export const REPORT: Schema = component('LeakReport', {
  type: 'array',
  maxItems: 10_000,
  items: {
    type: 'object',
    properties: {
      token: text('What was found.', 'sk_3fJ8mQ2xV7aLwT0ZrKcN5yBdH1sG6uEiPo9CqXvRt4A'),
      type: text('What it seems to be.', 'webhooks_api_key'),
      url: text('Where it was found.', 'https://github.com/acme/app/blob/main/.env'),
      source: text('In what kind of place.', 'content'),
    },
    required: ['token', 'type'],
  },
});

export const FEEDBACK = list(
  model<Feedback>('LeakFeedback', 'Whether a finding was a key.', {
    token_hash: text(
      'SHA-256 of the token, in hexadecimal.',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ),
    token_type: text('As it was reported.', 'webhooks_api_key'),
    label: choice(['true_positive', 'false_positive'], 'Whether it was a key.'),
  }),
  'One for each finding.',
);
