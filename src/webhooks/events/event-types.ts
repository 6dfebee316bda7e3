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

/** What every `api_key.*` event says of the key. */
export interface ApiKeyEventData {
  apiKeyId: string;
  name: string;
  /** `sk_…` and its last four characters; null when it was imported as a digest. */
  preview: string | null;
}

/** `data` of `api_key.rotated`. */
export interface ApiKeyRotatedData extends ApiKeyEventData {
  successorId: string;
  /** Until then both keys are accepted. */
  graceEndsAt: Time;
}

/** `data` of `api_key.revoked`. */
export interface ApiKeyRevokedData extends ApiKeyEventData {
  /** `deactivated`, `deleted`, `leaked` or `self-revoked`. */
  reason: string;
}

/** `data` of `api_key.leaked`. */
export interface ApiKeyLeakedData extends ApiKeyEventData {
  /** Who noticed: `github`, or `canary` when a decoy was used. */
  source: string;
  /** Where it was found. */
  url?: string;
  /** From where a decoy was used. */
  ip?: string;
  userAgent?: string;
}

/** Events about deliveries and keys themselves. The system emits them; nobody else can. */
export interface OperationalEventTypes {
  /** An API key was made. */
  'api_key.created': ApiKeyEventData;
  /** An API key got a successor. */
  'api_key.rotated': ApiKeyRotatedData;
  /** An API key is not accepted any more. */
  'api_key.revoked': ApiKeyRevokedData;
  /** An API key is in the wrong hands. */
  'api_key.leaked': ApiKeyLeakedData;
  /** An endpoint is disabled: nothing more is delivered to it. */
  'endpoint.disabled': EndpointDisabledData;
}
