// Types only, and only public ones: src/webhooks/index.ts passes the whole file on, so that a host application can add
// its own events to WebhookEventTypes from outside.

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

/** `data` of `endpoint.disabled`. */
export interface EndpointDisabledData {
  endpointId: string;
  url: string;
  /** `gone` (HTTP 410) or `failing`. */
  reason: string;
  disabledAt: Time;
}

/** What each event of the platform carries. */
export interface PlatformEventTypes {
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

/**
 * What each event carries. A host application adds its own by declaration merging, beside registering them
 * (`WebhooksModuleOptions.eventTypes`):
 *
 * @example
 * ```ts
 * declare module 'webhooks-module' {
 *   interface WebhookEventTypes {
 *     'invoice.paid': { invoiceId: string; amountCents: number };
 *   }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it is there to be added to
export interface WebhookEventTypes extends PlatformEventTypes {}

/** The name of an event that can be emitted. */
export type WebhookEventName = keyof WebhookEventTypes;

/** Events about the delivery itself. The system emits them; nobody else can. */
export interface OperationalEventTypes {
  /** An endpoint is disabled: nothing more is delivered to it. */
  'endpoint.disabled': EndpointDisabledData;
}
