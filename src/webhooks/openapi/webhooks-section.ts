import type { EventType } from '../event-types/event-types.service';
import { integer, text, time, uuid, type Schema } from './schema';

const HEADERS: Readonly<Record<string, Schema>> = {
  'webhook-id': uuid('The delivery, the same on every attempt: deduplicate by it.'),
  'webhook-timestamp': integer(
    'When the attempt was made, in seconds since 1970. Refuse what is older than 5 minutes.',
    1_769_860_800,
  ),
  'webhook-signature': text(
    'One or more signatures of `{webhook-id}.{webhook-timestamp}.{body}`, with spaces between: `v1,` and a base64 HMAC-SHA256, or `v1a,` and a base64 Ed25519 signature. One that fits is enough.',
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  ),
  'X-Webhook-Event': text('The event type.', 'message.received'),
  'X-Webhook-ID': uuid('The same as `webhook-id`.'),
  'X-Webhook-Attempt': integer('The number of the attempt: 1, 2, 3, …', 1),
  'User-Agent': text('Always the same.', 'ChatbotSaaS-Webhook/1.0'),
};

/** Where the operator wants receivers to take part in traces. */
const OPTIONAL_HEADERS: Readonly<Record<string, Schema>> = {
  traceparent: text(
    'The attempt’s position in its trace, as W3C Trace Context says. Sent where tracing is on and the operator has set `WEBHOOK_FORWARD_TRACEPARENT`.',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  ),
};

/** Parameters of every webhook: `#/components/parameters`. */
export const webhookParameters = (): Record<string, object> => ({
  ...parameters(HEADERS, true),
  ...parameters(OPTIONAL_HEADERS, false),
});

const parameters = (headers: Readonly<Record<string, Schema>>, required: boolean): Record<string, object> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, { description, ...schema }]) => [
      name,
      { name, in: 'header', required, description, schema },
    ]),
  );

/** What is sent to the endpoints of customers: one webhook for each event type. */
export const webhooksSection = (types: readonly EventType[]): Record<string, object> =>
  Object.fromEntries(types.map((type) => [type.name, { post: webhookOf(type) }]));

function webhookOf({ name, description, deprecated, replacement, schema, example }: EventType): object {
  const instead = replacement === null ? '' : ` Use \`${replacement}\` instead.`;
  const body: Schema = {
    type: 'object',
    properties: {
      event: { type: 'string', const: name },
      timestamp: time('When it was accepted.'),
      data: dataSchema(name, schema),
    },
    required: ['event', 'timestamp', 'data'],
  };
  const sample =
    example === null ? {} : { example: { event: name, timestamp: '2026-01-31T12:00:00.000Z', data: example } };
  return {
    operationId: name,
    tags: ['webhooks'],
    summary: description,
    description: `Sent to the endpoints of the customer that ask for \`${name}\`, at least once.${instead}`,
    ...(deprecated ? { deprecated } : {}),
    parameters: Object.keys(webhookParameters()).map((header) => ({ $ref: `#/components/parameters/${header}` })),
    requestBody: { required: true, content: { 'application/json': { schema: body, ...sample } } },
    responses: {
      '2XX': {
        description: 'The event was received. Anything else is tried again, as the endpoint’s retry policy says.',
      },
      '410': { description: 'The endpoint is gone: it is disabled, and nothing more is sent to it.' },
      '429': { description: 'Too many: tried again, after `Retry-After` at the earliest.' },
      '503': { description: 'Not now: tried again, after `Retry-After` at the earliest.' },
    },
    security: [],
  };
}

/** A schema that refers to itself needs a name of its own to do that within another document. */
function dataSchema(name: string, schema: object | null): Schema {
  if (schema === null) return { type: 'object', description: 'Any JSON object.' };
  const { $schema: _dialect, ...own } = schema as Record<string, unknown>;
  const refersToItself = JSON.stringify(own).includes('"$ref"') && own['$id'] === undefined;
  return refersToItself ? { $id: `urn:webhooks:event:${name}`, ...own } : own;
}
