import { WebhooksError } from '../webhooks.errors';

/** A time, in process: a `Date` is sent as its ISO 8601 string. */
type Time = Date | string;

/** `data` of `message.received` and `message.sent`. */
export interface MessageData {
  conversationId: string;
  messageId: string;
  content: string;
  timestamp: Time;
}

/** `data` of `conversation.created` and `conversation.closed`. */
export interface ConversationData {
  conversationId: string;
  chatbotId?: string;
  timestamp: Time;
}

/** `data` of `chatbot.created` and `chatbot.updated`. */
export interface ChatbotData {
  chatbotId: string;
  name?: string;
  timestamp: Time;
}

/** What each event carries. */
export interface WebhookEventTypes {
  /** New message received. */
  'message.received': MessageData;
  /** Message sent successfully. */
  'message.sent': MessageData;
  /** New conversation created. */
  'conversation.created': ConversationData;
  /** Conversation closed. */
  'conversation.closed': ConversationData;
  /** New chatbot created. */
  'chatbot.created': ChatbotData;
  /** Chatbot configuration updated. */
  'chatbot.updated': ChatbotData;
}

/** The name of an event. */
export type WebhookEventName = keyof WebhookEventTypes;

const NAMES: Record<WebhookEventName, true> = {
  'message.received': true,
  'message.sent': true,
  'conversation.created': true,
  'conversation.closed': true,
  'chatbot.created': true,
  'chatbot.updated': true,
};

/** Every event name. */
export const WEBHOOK_EVENT_NAMES = Object.keys(NAMES) as readonly WebhookEventName[];

/** @throws WebhooksError `unknown_event_type`, which lists the known ones */
export function assertEventName(name: unknown, field = 'event'): asserts name is WebhookEventName {
  if (typeof name === 'string' && Object.hasOwn(NAMES, name)) return;
  const message = `is not a known event type; known are ${WEBHOOK_EVENT_NAMES.join(', ')}`;
  throw new WebhooksError('unprocessable', 'unknown_event_type', `${field}: ${message}`, [{ field, message }]);
}
