/** `webhooks-module/testing`: for tests of applications that import the module. */
export { WebhooksTestingModule } from './webhooks-testing.module';
export { WebhooksTesting } from './webhooks-testing';
export type { AnswerSql, TestingKey, WebhooksTestingOptions } from './testing.options';
export type { AsSent, CapturedEvent } from './captured-events';
export { NoDatabaseError } from './testing-events.service';
