import type { OperationalEventTypes, PlatformEventTypes } from '../events/event-types';
import type { EventTypeDefinition } from './catalogue';

const time = '2026-01-31T12:00:00.000Z';

/** Known fields are checked, none is required, and more are welcome: what has been sent before stays valid. */
const objectOf = (properties: Record<string, object>): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties,
});

const text = (description: string): object => ({ type: 'string', description });

const message = objectOf({
  conversationId: text('The conversation it belongs to.'),
  messageId: text('The message.'),
  content: text('Its text.'),
  timestamp: text('When, in ISO 8601.'),
});

const conversation = objectOf({
  conversationId: text('The conversation.'),
  chatbotId: text('The chatbot that leads it.'),
  timestamp: text('When, in ISO 8601.'),
});

const chatbot = objectOf({
  chatbotId: text('The chatbot.'),
  name: text('Its name.'),
  timestamp: text('When, in ISO 8601.'),
});

const endpointDisabled = objectOf({
  endpointId: text('The endpoint.'),
  url: text('Its URL.'),
  reason: text('`gone`: it answered HTTP 410. `failing`: every attempt failed for a long time.'),
  disabledAt: text('When, in ISO 8601.'),
});

const apiKey = {
  apiKeyId: text('The key’s id.'),
  name: text('Its name.'),
  preview: { type: ['string', 'null'], description: '`sk_…` and its last four characters.' },
};
const apiKeyExample = { apiKeyId: '019bd0c0-0000-7000-8000-000000000000', name: 'Production', preview: 'sk_…x4Zq' };

const messageExample = { conversationId: 'conv_123', messageId: 'msg_456', content: 'Hello!', timestamp: time };
const conversationExample = { conversationId: 'conv_123', chatbotId: 'bot_789', timestamp: time };
const chatbotExample = { chatbotId: 'bot_789', name: 'Support', timestamp: time };

type Content = Omit<EventTypeDefinition, 'name'>;

/** Every event of the platform; the compiler misses none. */
const PLATFORM: Record<keyof PlatformEventTypes, Content> = {
  'message.received': { description: 'A message was received.', schema: message, example: messageExample },
  'message.sent': { description: 'A message was sent.', schema: message, example: messageExample },
  'conversation.created': {
    description: 'A conversation began.',
    schema: conversation,
    example: conversationExample,
  },
  'conversation.closed': {
    description: 'A conversation was closed.',
    schema: conversation,
    example: conversationExample,
  },
  'chatbot.created': { description: 'A chatbot was created.', schema: chatbot, example: chatbotExample },
  'chatbot.updated': {
    description: 'The configuration of a chatbot was changed.',
    schema: chatbot,
    example: chatbotExample,
  },
};

const OPERATIONAL: Record<keyof OperationalEventTypes, Content> = {
  'api_key.created': {
    description: 'An API key was made.',
    schema: objectOf(apiKey),
    example: apiKeyExample,
  },
  'api_key.rotated': {
    description: 'An API key got a successor; until the grace period ends, both are accepted.',
    schema: objectOf({
      ...apiKey,
      successorId: text('The key that takes its place.'),
      graceEndsAt: text('When the old key ends, in ISO 8601.'),
    }),
    example: { ...apiKeyExample, successorId: '019bd0c0-0000-7000-8000-000000000001', graceEndsAt: time },
  },
  'api_key.revoked': {
    description: 'An API key is not accepted any more.',
    schema: objectOf({ ...apiKey, reason: text('`deactivated`, `deleted`, `leaked` or `self-revoked`.') }),
    example: { ...apiKeyExample, reason: 'deactivated' },
  },
  'api_key.leaked': {
    description: 'An API key was found where it should not be, or a decoy was used.',
    schema: objectOf({
      ...apiKey,
      source: text('Who noticed: `github`, or `canary` when a decoy was used.'),
      url: text('Where it was found.'),
      ip: text('From where a decoy was used.'),
      userAgent: text('By what program a decoy was used.'),
    }),
    example: { ...apiKeyExample, source: 'github', url: 'https://github.com/acme/app/blob/main/.env' },
  },
  'endpoint.disabled': {
    description: 'An endpoint was disabled: nothing more is delivered to it until it is active again.',
    schema: endpointDisabled,
    example: {
      endpointId: '019bd0c0-0000-7000-8000-000000000000',
      url: 'https://example.com/hook',
      reason: 'gone',
      disabledAt: time,
    },
  },
};

const named = (contents: Record<string, Content>): EventTypeDefinition[] =>
  Object.entries(contents).map(([name, content]) => ({ name, ...content }));

/** The events of the platform itself. */
export const PLATFORM_EVENT_TYPES = named(PLATFORM);

/** The events that only the system emits. */
export const OPERATIONAL_EVENT_TYPES = named(OPERATIONAL);
