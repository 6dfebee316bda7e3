/** A typed client for the Webhooks Module's REST API: generated types, with sign-in, errors and pages by hand. */
export { createWebhooksClient, type ClientOptions, type Credential, type WebhooksClient } from './client';
export { unwrap, WebhooksProblem, type FieldError } from './problem';
export { pages, type Page } from './pages';
export type { components, operations, paths, webhooks } from './schema';
