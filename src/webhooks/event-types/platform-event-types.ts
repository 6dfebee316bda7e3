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
